#pragma once
/// From words to a tree. The grammar is in framework/ask/README.md.

#include <string>
#include <vector>

#include "ask/syntax.hpp"

namespace ablate::ask {

/// How deep parentheses and `not` may nest.
inline constexpr int deepest_question = 50;

/// Of --where. Takes time in proportion to the text. Throws RequestError with the place.
Condition parse_condition(const std::string& text);

/// Of --columns and --by: names and calls between commas. Throws as above.
std::vector<Operand> parse_columns(const std::string& text);

/// Of --sort: "-test.accuracy, best(validation.f1) asc". Throws as above.
std::vector<SortKey> parse_sort(const std::string& text);

/// "[64,32]" as a list. Throws as above.
Operand parse_list(const std::string& text);

}  // namespace ablate::ask
