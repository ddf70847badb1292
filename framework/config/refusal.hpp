#pragma once
/// How a wrong study file is answered: with the place, what was found, what was expected and the variant
/// concerned.

#include <span>
#include <string>

#include "config/node.hpp"

namespace ablate {

struct TrainerBase;

/// For whom a tree is read.
struct ReadContext {
  std::span<const std::string> metrics;  ///< names that a monitor may have
  std::string label;  ///< of the variant, for messages: "variant 'wide'"; empty: the file itself
  /// Whether a key that does not belong to the chosen source, optimizer or schedule is an error.
  bool strict = true;
  /// Of a study whose runs another program trains: a tree then holds that program's settings. Else nullptr.
  const TrainerBase* trainer = nullptr;

  /// The same for a variant, or another part of the file.
  ReadContext labelled(std::string other, bool is_strict) const {
    return {metrics, std::move(other), is_strict, trainer};
  }
};

/// Throws RequestError: "<what>, in <label>".
[[noreturn]] void refuse(const Location& where, const ReadContext& context, const std::string& what,
                         const std::string& hint = {});

/// Throws RequestError: "<path>: found <node>, expected <expected>, in <label>".
[[noreturn]] void refuse_value(const Node& node, const std::string& path, const ReadContext& context,
                               const std::string& expected, const std::string& hint = {});

/// Throws RequestError for an entry whose key is not among `known`, with the nearest; `block` is its path, ""
/// the file.
void refuse_unknown_keys(const Node& mapping, const std::string& block, std::span<const std::string> known,
                         const ReadContext& context);

}  // namespace ablate
