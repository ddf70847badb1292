#pragma once
/// YAML text to a tree.

#include <cstddef>
#include <string>
#include <vector>

#include "config/node.hpp"

namespace ablate {

/// What a file may be: study files are written by people, so anything beyond is a mistake or an attack.
struct YamlLimits {
  static constexpr std::size_t bytes = 1 << 20;
  static constexpr std::size_t nodes = 100'000;        ///< with every alias written out
  static constexpr std::size_t text_bytes = 4u << 20;  ///< likewise
  static constexpr int depth = 32;
};

/// The one document in `text`; `file` is before line and column in messages. Aliases and merge keys are
/// resolved: a key of the mapping itself wins over merged ones, an earlier merged mapping over a later one.
/// Throws RequestError for text that is not UTF-8 or has control characters, is no YAML, has a quote that is
/// not closed, a key twice, a key that is not a scalar, a tag that is not known, no document or several, or
/// passes a limit. Into `warnings` goes a sentence with its place for each text that goes on over lines that
/// look like keys.
Node parse_yaml(const std::string& text, const std::string& file,
                std::vector<std::string>* warnings = nullptr);

/// A single value from the command line: as above, but an empty text is null, and messages and nodes have no
/// line.
Node parse_yaml_value(const std::string& text, const std::string& origin);

}  // namespace ablate
