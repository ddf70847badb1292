#pragma once
/// What a question says, as a tree. Names are not looked up yet.

#include <cstddef>
#include <string>
#include <vector>

#include "base/value.hpp"

namespace ablate::ask {

struct Condition;

/// A name, a value or a call.
struct Operand {
  enum class Kind {
    word,  ///< a name, or a text of one word
    name,  ///< a name in backticks
    number,
    quoted,  ///< a text in quotes
    list,    ///< [64, 32]
    call     ///< best(test.accuracy)
  };
  Kind kind = Kind::word;
  std::string
      text;  ///< word and number as written; what is in the quotes; a list in canonical form; a function
  Value number = {};                    ///< of a number; of a list of one number
  std::size_t at = 0;                   ///< where it begins in the text, in bytes
  std::size_t end = 0;                  ///< of a word, name or call: where it ends
  std::vector<Operand> arguments = {};  ///< of a call
  std::vector<Condition> condition;     ///< of first_epoch: its one argument

  bool may_be_name() const { return kind == Kind::word || kind == Kind::name; }
};

enum class Comparison { equal, different, less, at_most, greater, at_least };

/// Something true, false or unknown.
struct Condition {
  enum class Kind {
    all,         ///< parts joined by `and`
    any,         ///< parts joined by `or`
    negation,    ///< one part
    comparison,  ///< two operands or more, with a comparison between each and the next: 0.1 <= x < 0.3
    membership,  ///< the first operand is one of the others
    pattern,     ///< the first operand is like the second
    missing,     ///< the operand is null
    truth        ///< the operand alone
  };
  Kind kind = Kind::truth;
  std::size_t at = 0;
  bool negated = false;  ///< not in, not like, is not null
  std::vector<Condition> parts = {};
  std::vector<Operand> operands = {};
  std::vector<Comparison> comparisons = {};
};

/// A key to sort by.
struct SortKey {
  enum class Direction { best_first, rising, falling };
  Operand operand;
  Direction direction = Direction::best_first;
};

}  // namespace ablate::ask
