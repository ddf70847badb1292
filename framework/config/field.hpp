#pragma once
/// What is said of a setting beside its type and default: the words in which settings.hpp describes its
/// structs.
///
/// A visitor of `describe(visit, settings)` has two members, called in the order of the reference page:
///   visit(value, field)        a setting;
///   visit.block(value, field)  a struct (or an optional one) that is described in turn.

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

/// Numbers that a setting may be; in a list, each of its items. An open end is not itself allowed.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool open_low = false;
  bool open_high = false;

  constexpr bool contains(double x) const {
    return (open_low ? x > low : x >= low) && (open_high ? x < high : x <= high);
  }
};

constexpr Range from_to(double low, double high) { return {low, high, false, false}; }
constexpr Range above_to(double low, double high) { return {low, high, true, false}; }
constexpr Range from_below(double low, double high) { return {low, high, false, true}; }
constexpr Range between(double low, double high) { return {low, high, true, true}; }

/// How many items a list may have.
struct Length {
  std::size_t least = 0;
  std::size_t most = 1000;
};

/// A key that belongs to some values of its block's tag only: `factor` to the schedules step, milestones and
/// plateau.
struct When {
  bool applies = true;              ///< to the tag's value in the struct at hand
  std::string_view tag;             ///< key of the tag; empty: the key always belongs
  std::vector<std::string> values;  ///< of the tag
};

template <class Enum>
When when(std::string_view tag, Enum now, std::initializer_list<Enum> values) {
  When result{std::find(values.begin(), values.end(), now) != values.end(), tag, {}};
  for (const Enum value : values) result.values.push_back(to_string(value));
  return result;
}

/// Of a key that the rows of a table name, those that do; `name_of` gives a row's name.
template <class Row, class Names>
When when_named(std::string_view tag, const Row& now, std::string_view key, const Names& rows) {
  When result{heeds(now, key), tag, {}};
  for (const Row& row : rows) {
    if (heeds(row, key)) result.values.emplace_back(row.name);
  }
  return result;
}

/// A bare number in place of a block: the choice that it stands for, and the key that it is the value of.
struct BareNumber {
  std::string_view choice;
  std::string_view key;  ///< empty: a number does not stand for the block
};

struct Field {
  std::string_view key;
  std::string_view help;       ///< what it is and when to change it: one or two sentences of Markdown
  std::string_view unit = "";  ///< of a number, or of the items of a list
  Range range = {};
  Length length = {};
  When when = {};
  bool place = false;    ///< names a place on this machine: the same study elsewhere may differ in it
  bool storage = false;  ///< says what is kept of a run, and nothing of how it is trained
  BareNumber bare = {};
};

}  // namespace ablate
