#pragma once
/// What a variant changes: settings by their dotted keys, and the values they get.

#include <string>
#include <vector>

#include "config/catalogue.hpp"
#include "config/node.hpp"
#include "config/refusal.hpp"

namespace ablate {

/// A setting or block and the value it gets.
struct Change {
  const Setting* setting = nullptr;
  Location where;  ///< of the key
  Node value;
};

constexpr const char* changes_expected = "a mapping of keys and values, as in {model.skip: none}";

/// The setting that a dotted key names; `what` holds the key, for messages. Throws RequestError with the
/// nearest that accepts `value` for a key that is none, and for settings of the report, which is one for all
/// variants.
const Setting& variable_setting(const std::string& key, const Node& value, const Location& where,
                                const std::string& what, const ReadContext& context);

/// The changes of a mapping "dotted key: value", in its order, values as they are there. Throws RequestError
/// as above.
std::vector<Change> read_changes(const Node& mapping, const std::string& what, const ReadContext& context);

/// A change with its value written in full.
Change in_full(Change change);

/// The changes of a variant: as above, each value written in full.
std::vector<Change> read_values(const Node& mapping, const std::string& what, const ReadContext& context);

/// `tree` with the changes made, a block before the settings inside it, and without what belongs to an old
/// choice.
Node with_changes(const Node& tree, const std::vector<Change>& changes, int layer);

}  // namespace ablate
