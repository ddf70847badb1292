#include "config/refusal.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "config/short_forms.hpp"

namespace ablate {

void refuse(const Location& where, const ReadContext& context, const std::string& what,
            const std::string& hint) {
  throw RequestError(where, context.label.empty() ? what : fmt::format("{}, in {}", what, context.label),
                     hint);
}

void refuse_value(const Node& node, const std::string& path, const ReadContext& context,
                  const std::string& expected, const std::string& hint) {
  refuse(node.where, context, fmt::format("{}: found {}, expected {}", path, describe_found(node), expected),
         hint);
}

namespace {

/// One edit away from a key of this very place, which is then meant rather than the same word elsewhere.
bool is_slip(const std::string& key, std::span<const std::string> known) {
  return std::any_of(known.begin(), known.end(),
                     [&](const std::string& choice) { return edit_distance(key, choice) <= 1; });
}

}  // namespace

void refuse_unknown_keys(const Node& mapping, const std::string& block, std::span<const std::string> known,
                         const ReadContext& context) {
  for (const Entry& entry : mapping.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    std::string hint = suggestion(entry.key, known);
    const auto elsewhere = meant_setting(entry.key, entry.value);
    if (elsewhere && !is_slip(entry.key, known)) hint = fmt::format("did you mean {}?", *elsewhere);
    refuse(entry.where, context,
           fmt::format("unknown key '{}' in {}", entry.key, block.empty() ? "the study" : block), hint);
  }
}

}  // namespace ablate
