#include "ask/parser.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "ask/lexer.hpp"

namespace ablate::ask {
namespace {

constexpr const char* condition_expected = "a condition, as in test.accuracy > 0.8";

struct Operator {
  std::string_view symbol;
  Comparison comparison;
};
constexpr std::array operators = {
    Operator{"=", Comparison::equal},      Operator{"==", Comparison::equal},
    Operator{"!=", Comparison::different}, Operator{"<>", Comparison::different},
    Operator{"<", Comparison::less},       Operator{"<=", Comparison::at_most},
    Operator{">", Comparison::greater},    Operator{">=", Comparison::at_least}};

/// A word, a value or the beginning of a list.
Operand operand_of(Operand::Kind kind, const std::string& text, std::size_t at) {
  Operand operand;
  operand.kind = kind;
  operand.text = text;
  operand.at = at;
  return operand;
}

class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text), tokens_(tokens_of(text)) {}

  Condition whole_condition() {
    Condition condition = any();
    expect_end("and, or, or the end");
    return condition;
  }

  Operand whole_list() {
    if (!token().is_symbol("[")) refuse("a list, as in [64, 32]");
    Operand found = list();
    expect_end("the end");
    return found;
  }

  std::vector<Operand> columns() {
    std::vector<Operand> found;
    do found.push_back(name_or_call());
    while (take_symbol(","));
    expect_end("a comma or the end");
    return found;
  }

  std::vector<SortKey> sort_keys() {
    std::vector<SortKey> keys;
    do {
      SortKey key;
      if (take_symbol("-")) key.direction = SortKey::Direction::falling;
      key.operand = name_or_call();
      if (take_keyword("desc")) {
        key.direction = SortKey::Direction::falling;
      } else if (take_keyword("asc")) {
        key.direction = SortKey::Direction::rising;
      }
      keys.push_back(std::move(key));
    } while (take_symbol(","));
    expect_end("asc, desc, a comma or the end");
    return keys;
  }

 private:
  using Kind = Condition::Kind;

  /// One level of nesting for as long as it lives.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest_question)
        refuse_at(parser_.text_, parser_.token().at,
                  fmt::format("nested more than {} deep", deepest_question));
    }
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  const Token& token() const { return tokens_[next_]; }
  const Token& take() { return tokens_[next_++]; }
  bool take_symbol(std::string_view symbol) {
    const bool is = token().is_symbol(symbol);
    if (is) ++next_;
    return is;
  }
  bool take_keyword(std::string_view keyword) {
    const bool is = token().is_keyword(keyword);
    if (is) ++next_;
    return is;
  }
  bool at_name() const {
    return token().kind == Token::Kind::name || (token().kind == Token::Kind::word && !at_keyword());
  }
  bool at_keyword() const {
    return std::any_of(keywords.begin(), keywords.end(),
                       [&](auto keyword) { return token().is_keyword(keyword); });
  }

  [[noreturn]] void refuse(std::string_view expected, const std::string& hint = {}) const {
    const Token& found = token();
    const std::string what = found.kind == Token::Kind::end ? "the end" : fmt::format("'{}'", found.text);
    refuse_at(text_, found.at, fmt::format("expected {}, found {}", expected, what), hint);
  }
  void expect_symbol(std::string_view symbol) {
    if (!take_symbol(symbol)) refuse(fmt::format("'{}'", symbol));
  }
  void expect_end(std::string_view otherwise) const {
    if (token().kind != Token::Kind::end) refuse(otherwise);
  }

  /// The parts between `keyword`s as one condition; a single part stays as it is.
  template <class Part>
  Condition joined(Kind kind, std::string_view keyword, Part&& part) {
    Condition first = part();
    if (!token().is_keyword(keyword)) return first;
    Condition all{.kind = kind, .at = first.at};
    all.parts.push_back(std::move(first));
    while (take_keyword(keyword)) all.parts.push_back(part());
    return all;
  }

  Condition any() {
    return joined(Kind::any, "or",
                  [this] { return joined(Kind::all, "and", [this] { return negation(); }); });
  }

  Condition negation() {
    const std::size_t at = token().at;
    const bool negated = take_keyword("not");
    if (!negated && !token().is_symbol("(")) return predicate();
    const Level level(*this);
    if (negated) {
      Condition inner = negation();
      return negation_of(std::move(inner), at);
    }
    take();
    Condition inner = any();
    expect_symbol(")");
    return inner;
  }

  static Condition negation_of(Condition inner, std::size_t at) {
    Condition condition{.kind = Kind::negation, .at = at};
    condition.parts.push_back(std::move(inner));
    return condition;
  }

  Condition predicate() {
    if (token().kind == Token::Kind::end || at_keyword() || token().kind == Token::Kind::symbol) {
      if (!token().is_symbol("[")) refuse(condition_expected);
    }
    Condition condition{.kind = Kind::truth, .at = token().at};
    condition.operands.push_back(operand());
    if (comparison()) return chain(std::move(condition));
    if (take_keyword("is")) return missing(std::move(condition));
    condition.negated = take_keyword("not");
    if (take_keyword("in")) return membership(std::move(condition));
    if (take_keyword("like")) return pattern(std::move(condition));
    if (take_keyword("between")) return between(std::move(condition));
    if (condition.negated) refuse("in, like or between");
    return condition;
  }

  std::optional<Comparison> comparison() const {
    for (const Operator& known : operators) {
      if (token().is_symbol(known.symbol)) return known.comparison;
    }
    return std::nullopt;
  }

  Condition chain(Condition condition) {
    condition.kind = Kind::comparison;
    while (const auto found = comparison()) {
      take();
      condition.comparisons.push_back(*found);
      condition.operands.push_back(operand());
    }
    return condition;
  }

  Condition missing(Condition condition) {
    condition.kind = Kind::missing;
    condition.negated = take_keyword("not");
    if (!take_keyword("null")) refuse(condition.negated ? "null" : "null or not null");
    return condition;
  }

  Condition membership(Condition condition) {
    condition.kind = Kind::membership;
    expect_symbol("(");
    do condition.operands.push_back(operand());
    while (take_symbol(","));
    expect_symbol(")");
    return condition;
  }

  Condition pattern(Condition condition) {
    condition.kind = Kind::pattern;
    condition.operands.push_back(operand());
    return condition;
  }

  /// x between a and b is a <= x <= b.
  Condition between(Condition condition) {
    condition.kind = Kind::comparison;
    condition.operands.insert(condition.operands.begin(), operand());
    if (!take_keyword("and")) refuse("and");
    condition.operands.push_back(operand());
    condition.comparisons = {Comparison::at_most, Comparison::at_most};
    if (!std::exchange(condition.negated, false)) return condition;
    const std::size_t at = condition.at;
    return negation_of(std::move(condition), at);
  }

  Operand operand() {
    const Token& first = token();
    if (first.is_keyword("null"))
      refuse_at(text_, first.at, "nothing compares with null", "is null, or is not null");
    if (first.is_symbol("[")) return list();
    if (at_name()) return name_or_call();
    if (first.kind != Token::Kind::number && first.kind != Token::Kind::quoted) refuse("a name or a value");
    take();
    const bool is_number = first.kind == Token::Kind::number;
    Operand found =
        operand_of(is_number ? Operand::Kind::number : Operand::Kind::quoted, first.text, first.at);
    found.number = first.number;
    return found;
  }

  /// "[64, 32]": numbers, words and quoted texts.
  Operand list() {
    Operand all = operand_of(Operand::Kind::list, "[", take().at);
    const bool empty = token().is_symbol("]");
    for (bool first = true; !empty && (first || take_symbol(",")); first = false) {
      const Operand item = list_item();
      all.text +=
          (first ? "" : ", ") + (item.kind == Operand::Kind::quoted ? '"' + item.text + '"' : item.text);
      all.number = first ? item.number : Value();
    }
    expect_symbol("]");
    all.text += ']';
    return all;
  }

  Operand list_item() {
    if (token().is_symbol("[")) refuse("a value");
    Operand item = operand();
    if (item.kind == Operand::Kind::call) refuse_at(text_, item.at, "expected a value, found a function");
    if (item.kind == Operand::Kind::number) item.text = to_string(item.number);
    return item;
  }

  Operand name_or_call() {
    if (token().kind == Token::Kind::quoted)
      refuse("a name", fmt::format("a name is written so: {}", written_name(token().text)));
    if (!at_name()) refuse("a name");
    const Token& name = take();
    Operand found = operand_of(name.kind == Token::Kind::name ? Operand::Kind::name : Operand::Kind::word,
                               name.text, name.at);
    found.end = name.end;
    if (name.kind == Token::Kind::name || !take_symbol("(")) return found;
    found.kind = Operand::Kind::call;
    const Level level(*this);
    if (found.text == "first_epoch") {
      found.condition.push_back(any());
    } else if (!token().is_symbol(")")) {
      do found.arguments.push_back(operand());
      while (take_symbol(","));
    }
    found.end = token().at + 1;
    expect_symbol(")");
    return found;
  }

  const std::string& text_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
};

}  // namespace

Condition parse_condition(const std::string& text) { return Parser(text).whole_condition(); }
std::vector<Operand> parse_columns(const std::string& text) { return Parser(text).columns(); }
Operand parse_list(const std::string& text) { return Parser(text).whole_list(); }
std::vector<SortKey> parse_sort(const std::string& text) { return Parser(text).sort_keys(); }

}  // namespace ablate::ask
