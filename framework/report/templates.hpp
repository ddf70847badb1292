#pragma once
/// The texts that pages are made of: those of reports/templates, built into the program, and those of a
/// folder that replace some of them.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/embedded_file.hpp"

namespace ablate {

/// The files of reports/templates, by name.
std::span<const EmbeddedFile> built_in_templates();

/// Chart.js 3.9 (MIT license), minified.
std::string_view chart_script();

/// A text for each name of built_in_templates().
class Templates {
 public:
  /// The built-in ones.
  Templates();

  /// A file of `folder` stands for the built-in one of its name. Throws RequestError for a folder that is
  /// missing or has no template, a file of another name (README.md and hidden files apart), a file over 1 MB,
  /// one that is no UTF-8 text, one that is not a well-formed template, and a script or style that would end its
  /// own element.
  explicit Templates(const std::filesystem::path& folder);

  const std::string& text(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace ablate
