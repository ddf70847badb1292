#pragma once
/// Small zip archives, honest and hostile.

#include <filesystem>
#include <string>
#include <vector>

namespace ablate::test {

struct ZipMember {
  std::string path;
  std::string content;
  bool symlink = false;  ///< then `content` is what it points to
};

/// The bytes of a zip archive with these members, in this order.
std::string make_zip(const std::vector<ZipMember>& members);

/// The five files of EMNIST's split `name` in the folder "gzip/": two training images and a test image of 2 x
/// 2 pixels.
std::vector<ZipMember> emnist_split(const std::string& name);

}  // namespace ablate::test
