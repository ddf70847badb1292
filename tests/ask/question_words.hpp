#pragma once
/// What random conditions are made of: names, values as the language writes them, three-valued logic.

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ask/random_question.hpp"

namespace ablate::test {

template <class T>
const T& one_of(const std::vector<T>& choices, Stream& chance) {
  return choices[chance.below(choices.size())];
}
bool perhaps(double share, Stream& chance);

/// As it may be written, and in full.
using Spelling = std::pair<std::string, std::string>;
extern const std::vector<Spelling> numbers, texts, choices, truths, mixed;

bool is_null(const Value& value);
bool is_text(const Value& value);

/// Whole numbers in a double without loss: the worlds hold none above 2^53.
double real(const Value& value);

struct Order {
  std::string symbol;
  bool less, equal, greater;  ///< when it holds
  bool is_order() const { return less != greater; }
};
extern const std::vector<Order> orders;

/// Three-valued, as the language promises: NULL is unknown, and so is the order of a number and a text.
Truth compare(const Value& a, const Order& order, const Value& b);
Truth both(Truth a, Truth b);
Truth opposite(Truth a);
Truth either(Truth a, Truth b);

std::string quoted(const std::string& text, Stream& chance);

/// The value as the language writes it beside such a name.
std::string written(const Value& value, bool bare_allowed, Stream& chance);

/// The keyword, now and then in capitals.
std::string cased(const std::string& keyword, Stream& chance);

/// A value that a run has, where one has; not NULL and not infinite, which the language cannot write.
Value known_value(const std::vector<WorldRun>& runs, const std::function<Value(const WorldRun&)>& value,
                  const Value& otherwise, Stream& chance);

}  // namespace ablate::test
