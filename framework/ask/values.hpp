#pragma once
/// What a written value means beside a name.

#include <string>

#include "ask/names.hpp"
#include "ask/syntax.hpp"

namespace ablate::ask {

/// The value of an operand that is beside a name of that kind: beside a text a bare word and a number are
/// texts, beside a truth `true`, `yes`, `false` and `no` are 1 and 0, a list is its canonical text and a list
/// of one number that number. `choices` are all that can be; empty: not known. Throws RequestError with the
/// place in `text` for what no such name can be.
Value value_beside(const Operand& operand, const Name& name, const std::string& text);

}  // namespace ablate::ask
