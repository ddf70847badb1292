#pragma once
/// The values that an option or a word may have, for completion.

#include <string>
#include <vector>

#include "cli/command_shape.hpp"
#include "cli/complete.hpp"

namespace ablate {

/// What the words before the cursor say.
struct OfferContext {
  std::string database;            ///< of --db; empty: the usual one
  std::string study;               ///< named by an earlier word; empty: none
  std::vector<std::string> words;  ///< those without a dash
};

/// All that is known of the kind, or what `typed` narrows it to; paths are the shell's to offer.
std::vector<Offer> value_offers(const ValueShape& value, const OfferContext& context,
                                const std::string& typed);

}  // namespace ablate
