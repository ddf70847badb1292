#pragma once
/// Random conditions, each as text and as a plain function: what the SQL of the text must agree with.

#include <functional>
#include <optional>
#include <string>

#include "ask/world.hpp"

namespace ablate::test {

/// True, false or unknown.
using Truth = std::optional<bool>;

struct Phrase {
  std::string text;
  std::function<Truth(const WorldRun&)> holds;
};

/// Of at most `depth` levels of and, or, not. Values are often ones that a run has.
Phrase random_condition(const std::vector<WorldRun>& runs, int depth, Stream& chance);

/// A name or a call of a number, and its value.
struct NumberPhrase {
  std::string text;
  std::function<Value(const WorldRun&)> value;
};
NumberPhrase random_number(Stream& chance);

}  // namespace ablate::test
