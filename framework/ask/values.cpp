#include "ask/values.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ask/lexer.hpp"
#include "ask/parser.hpp"
#include "base/suggest.hpp"

namespace ablate::ask {
namespace {

class Reading {
 public:
  Reading(const Operand& operand, const Name& name, const std::string& text)
      : operand_(operand), name_(name), text_(text) {}

  Value run() const {
    if (operand_.kind == Operand::Kind::call) refuse("expected a value, found a function");
    if (operand_.kind == Operand::Kind::name)
      refuse("expected a value, found a name", "a text in quotes: 'it'");
    switch (name_.kind) {
      case ValueKind::number:
        return number();
      case ValueKind::truth:
        return truth();
      case ValueKind::text:
        return plain_text();
      case ValueKind::any:
        return anything();
    }
    return {};
  }

 private:
  bool is_word(std::string_view word) const {
    return operand_.kind == Operand::Kind::word && operand_.text == word;
  }
  [[noreturn]] void refuse(const std::string& what, const std::string& hint = {}) const {
    refuse_at(text_, operand_.at, what, hint);
  }

  Value number() const {
    if (operand_.kind == Operand::Kind::number) return operand_.number;
    refuse(fmt::format("{} is a number, '{}' is none", name_.full, operand_.text));
  }

  Value truth() const {
    if (is_word("true") || is_word("yes")) return std::int64_t{1};
    if (is_word("false") || is_word("no")) return std::int64_t{0};
    refuse(fmt::format("{} is true or false, not '{}'", name_.full, operand_.text));
  }

  Value plain_text() const {
    if (operand_.kind == Operand::Kind::list) refuse(fmt::format("{} is a text, not a list", name_.full));
    const auto& choices = name_.choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), operand_.text) == choices.end()) {
      refuse(fmt::format("{} is never '{}'", name_.full, operand_.text), suggestion(operand_.text, choices));
    }
    return operand_.text;
  }

  Value anything() const {
    if (operand_.kind == Operand::Kind::number) return operand_.number;
    const bool quoted_list = operand_.kind == Operand::Kind::quoted && operand_.text.starts_with('[');
    const Operand list = quoted_list ? parse_list(operand_.text) : operand_;
    const bool one_number =
        list.kind == Operand::Kind::list && !std::holds_alternative<std::monostate>(list.number);
    return one_number ? list.number : Value(list.text);
  }

  const Operand& operand_;
  const Name& name_;
  const std::string& text_;
};

}  // namespace

Value value_beside(const Operand& operand, const Name& name, const std::string& text) {
  return Reading(operand, name, text).run();
}

}  // namespace ablate::ask
