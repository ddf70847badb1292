#pragma once
/// A study file as one tree, with whatever it extends.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "config/node.hpp"

namespace ablate {

struct Document {
  Node root;                               ///< every value knows its own file
  std::string text;                        ///< of the file itself, not of those it extends
  int layer = 0;                           ///< the highest in `root`: 0 for a file that extends none
  std::vector<std::string> warnings = {};  ///< of what may be meant otherwise, each with its place
};

/// How many files may extend one another.
constexpr std::size_t most_files = 8;

/// Reads a file and lays it over the one that its key `extends` names, relative to its own folder, which may
/// extend another in turn. Mappings meet key by key, lists and scalars replace, `variants` replaces as a
/// whole; a block that is left empty says nothing; short forms are written in full first. `study` and `question` are not inherited. Throws
/// RequestError with the place, for a circle of files with all of them.
Document read_document(const std::filesystem::path& path);

}  // namespace ablate
