#include "ask/condition_sql.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ask/lexer.hpp"
#include "ask/values.hpp"

namespace ablate::ask {
namespace {

/// Of SQLite's bound on the parts of a compound SELECT (500, and 100 in a query of a stranger's).
constexpr std::size_t most_intersected = 50;

constexpr std::string_view symbol_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::equal:
      return "=";
    case Comparison::different:
      return "<>";
    case Comparison::less:
      return "<";
    case Comparison::at_most:
      return "<=";
    case Comparison::greater:
      return ">";
    case Comparison::at_least:
      return ">=";
  }
  return "";
}

/// 3 < x as x > 3.
Comparison mirrored(Comparison comparison) {
  switch (comparison) {
    case Comparison::less:
      return Comparison::greater;
    case Comparison::at_most:
      return Comparison::at_least;
    case Comparison::greater:
      return Comparison::less;
    case Comparison::at_least:
      return Comparison::at_most;
    default:
      return comparison;
  }
}

bool is_order(Comparison comparison) {
  return comparison != Comparison::equal && comparison != Comparison::different;
}

/// "(a AND b) AND (c AND d)": as deep as the logarithm of their number, since SQLite bounds the depth.
std::string balanced(std::span<const std::string> parts, std::string_view word) {
  if (parts.size() == 1) return parts.front();
  const std::size_t half = parts.size() / 2;
  return fmt::format("({} {} {})", balanced(parts.first(half), word), word,
                     balanced(parts.subspan(half), word));
}

/// Parts of nested `and`s as one list.
void flatten(const Condition& condition, std::vector<const Condition*>& parts) {
  if (condition.kind != Condition::Kind::all) return parts.push_back(&condition);
  for (const Condition& part : condition.parts) flatten(part, parts);
}

/// Sets a value for as long as it lives.
template <class T>
class Within {
 public:
  Within(T& variable, T value) : variable_(variable), before_(std::exchange(variable, std::move(value))) {}
  ~Within() { variable_ = std::move(before_); }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;

 private:
  T& variable_;
  T before_;
};

/// Whether a run has several values of that name, any of which may fit.
bool is_many(const Name& name) { return name.fact && !name.fact->each.empty(); }

std::string any_of(const Name& name, bool negated, const std::string& test) {
  return fmt::format("{}EXISTS ({} {})", negated ? "NOT " : "", name.fact->each, test);
}

}  // namespace

std::string Parameters::add(Value value) {
  values_.push_back(std::move(value));
  return fmt::format("?{}", values_.size());
}

std::string Tables::joins() const {
  std::string text;
  if (variant) text += " JOIN variant ON variant.id = run.variant_id";
  if (study) text += " JOIN study ON study.id = run.study_id";
  for (const auto& [used, split] :
       {std::pair(train, "train"), std::pair(validation, "validation"), std::pair(test, "test")}) {
    if (used)
      text += fmt::format(" LEFT JOIN run_metric AS {0} ON {0}.run_id = run.id AND {0}.split = '{0}'", split);
  }
  return text;
}

std::string Tables::from_run() const { return "run" + joins(); }

std::string SqlWriter::filter(const Condition& condition) {
  std::vector<const Condition*> parts;
  flatten(condition, parts);
  std::vector<std::string> written, variants;
  for (const Condition* part : parts) {
    std::string sql = filter_part(*part);
    (sql.starts_with("SELECT") ? variants : written).push_back(std::move(sql));
  }
  for (std::size_t i = 0; i < variants.size(); i += most_intersected) {
    const std::span some = std::span(variants).subspan(i, std::min(most_intersected, variants.size() - i));
    written.push_back(fmt::format("run.variant_id IN ({})", fmt::join(some, " INTERSECT ")));
  }
  return balanced(written, "AND");
}

Reach SqlWriter::reach(const Condition& condition) const {
  Reach widest = Reach::study;
  for (const Condition& part : condition.parts) widest = std::max(widest, reach(part));
  for (const Operand& operand : condition.operands) {
    if (is_named(operand)) widest = std::max(widest, meaning(operand).reach);
  }
  return widest;
}

std::string SqlWriter::filter_part(const Condition& condition) {
  const Reach asked = reach(condition);
  if (asked == Reach::run) return this->condition(condition);
  if (asked == Reach::study) {
    const Within scope(scope_, Scope::study);
    return fmt::format("run.study_id IN (SELECT study.id FROM study WHERE {})", this->condition(condition));
  }
  const auto& operands = condition.operands;
  const auto named = [this](const Operand& operand) { return is_named(operand); };
  const auto only = std::find_if(operands.begin(), operands.end(), named);
  const bool one = only != operands.end() && std::none_of(only + 1, operands.end(), named);
  if (one && condition.kind != Condition::Kind::missing && meaning(*only).what == Name::What::setting) {
    const Name name = meaning(*only);
    const Within value(setting_value_, std::string("setting.value"));
    return fmt::format("SELECT setting.variant_id FROM setting WHERE setting.key{} AND {}", key_test(name),
                       this->condition(condition));
  }
  const Within scope(scope_, Scope::variant);
  return fmt::format("SELECT variant.id FROM variant WHERE {}", this->condition(condition));
}

std::string SqlWriter::condition(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::all:
      return joined(condition.parts, "AND");
    case Condition::Kind::any:
      return joined(condition.parts, "OR");
    case Condition::Kind::negation:
      return fmt::format("NOT ({})", this->condition(condition.parts.front()));
    case Condition::Kind::comparison:
      return comparison(condition);
    case Condition::Kind::membership:
      return membership(condition);
    case Condition::Kind::pattern:
      return pattern(condition);
    case Condition::Kind::missing:
      return fmt::format("{} IS {}NULL", sql_of(condition.operands.front()), condition.negated ? "NOT " : "");
    case Condition::Kind::truth:
      return truth(condition);
  }
  return {};
}

std::string SqlWriter::joined(const std::vector<Condition>& parts, std::string_view word) {
  std::vector<std::string> written;
  for (const Condition& part : parts) written.push_back(condition(part));
  return balanced(written, word);
}

std::string SqlWriter::comparison(const Condition& condition) {
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i < condition.comparisons.size(); ++i) {
    pairs.push_back(pair(condition.operands[i], condition.comparisons[i], condition.operands[i + 1]));
  }
  return balanced(pairs, "AND");
}

std::string SqlWriter::name_hint(const Operand& left, const Operand& right) const {
  for (const Operand& operand : {left, right}) {
    if (operand.kind == Operand::Kind::quoted && is_name(operand.text, vocabulary_))
      return "a name is written so: " + written_name(operand.text);
  }
  return "a name on one side, as in test.accuracy > 0.8";
}

std::string SqlWriter::pair(const Operand& left, Comparison comparison, const Operand& right) {
  if (!is_named(left) && is_named(right)) return beside(right, mirrored(comparison), left);
  if (!is_named(left) && left.kind != Operand::Kind::word && right.kind != Operand::Kind::word) {
    refuse_at(text_, left.at, "a comparison without a name", name_hint(left, right));
  }
  if (!is_named(left) && left.kind != Operand::Kind::word) meaning(right);  // refuses an unknown name
  const Name name = meaning(left);
  const bool other_name = right.kind == Operand::Kind::call || right.kind == Operand::Kind::name ||
                          (right.kind == Operand::Kind::word && name.kind == ValueKind::number);
  if (!other_name) return beside(left, comparison, right);
  const Name other = meaning(right);
  if (name.kind != ValueKind::number || other.kind != ValueKind::number) {
    refuse_at(text_, right.at, fmt::format("{} and {} are not both numbers", name.full, other.full));
  }
  const std::string first = sql_of(left);
  return fmt::format("{} {} {}", first, symbol_of(comparison), sql_of(right));
}

std::string SqlWriter::beside(const Operand& named, Comparison comparison, const Operand& value) {
  const Name name = meaning(named);
  const Value bound = value_beside(value, name, text_);
  if (name.kind == ValueKind::truth && is_order(comparison)) {
    refuse_at(text_, named.at, fmt::format("{} is true or false: it has no order", name.full));
  }
  if (is_many(name) && !is_order(comparison))
    return any_of(name, comparison == Comparison::different, "= " + parameters_.add(bound));
  const std::string sql = sql_of(named);
  const std::string test = fmt::format("{} {} {}", sql, symbol_of(comparison), parameters_.add(bound));
  if (name.kind != ValueKind::any || !is_order(comparison)) return test;
  const bool text = std::holds_alternative<std::string>(bound);
  return fmt::format("CASE WHEN typeof({}) {} 'text' THEN {} END", sql, text ? "=" : "<>", test);
}

std::string SqlWriter::membership(const Condition& condition) {
  const Name name = meaning(condition.operands.front());
  std::string values;
  for (std::size_t i = 1; i < condition.operands.size(); ++i) {
    values += (i == 1 ? "" : ", ") + parameters_.add(value_beside(condition.operands[i], name, text_));
  }
  if (is_many(name)) return any_of(name, condition.negated, fmt::format("IN ({})", values));
  return fmt::format("{} {}IN ({})", sql_of(condition.operands.front()), condition.negated ? "NOT " : "",
                     values);
}

std::string SqlWriter::pattern(const Condition& condition) {
  constexpr std::size_t longest_pattern = 1000;
  const Operand& pattern = condition.operands[1];
  const Name name = meaning(condition.operands.front());
  if (name.kind != ValueKind::text && name.kind != ValueKind::any) {
    refuse_at(text_, condition.at, fmt::format("{} is not a text", name.full),
              "like compares texts, with % and _");
  }
  if (pattern.kind == Operand::Kind::call || pattern.kind == Operand::Kind::list) {
    refuse_at(text_, pattern.at, "expected a text", "'%part%'");
  }
  if (pattern.text.size() > longest_pattern) {
    refuse_at(text_, pattern.at, fmt::format("a pattern of more than {} bytes", longest_pattern));
  }
  if (is_many(name)) return any_of(name, condition.negated, "LIKE " + parameters_.add(pattern.text));
  return fmt::format("{} {}LIKE {}", sql_of(condition.operands.front()), condition.negated ? "NOT " : "",
                     parameters_.add(pattern.text));
}

std::string SqlWriter::truth(const Condition& condition) {
  const Operand& operand = condition.operands.front();
  if (!operand.may_be_name() && operand.kind != Operand::Kind::call) {
    refuse_at(text_, operand.at, "a value alone is not a condition", "compare a name with it");
  }
  const Name name = meaning(operand);
  if (name.kind == ValueKind::truth) return sql_of(operand);
  refuse_at(text_, operand.end, fmt::format("{} alone is not a condition", name.full),
            "compare it: =, <, in (...), like, is null, between");
}

std::string SqlWriter::key_test(const Name& name) {
  if (name.also.empty()) return fmt::format(" = '{}'", name.full);
  return fmt::format(" IN ('{}', '{}')", name.full, name.also);
}

std::string SqlWriter::own_test(const std::string& table, const OwnMetric& metric) {
  const std::string split = parameters_.add(metric.split);
  return fmt::format("{0}.split = {1} AND {0}.metric = {2}", table, split, parameters_.add(metric.metric));
}

bool SqlWriter::is_named(const Operand& operand) const {
  return operand.kind == Operand::Kind::call || operand.kind == Operand::Kind::name ||
         (operand.kind == Operand::Kind::word && is_name(operand.text, vocabulary_));
}

Name SqlWriter::meaning(const Operand& operand) const {
  if (operand.may_be_name()) return find_name(operand.text, text_, operand.at, vocabulary_);
  if (operand.kind == Operand::Kind::call)
    return {.full = text_.substr(operand.at, operand.end - operand.at)};
  refuse_at(text_, operand.at, "expected a name",
            operand.kind == Operand::Kind::quoted && is_name(operand.text, vocabulary_)
                ? "a name is written so: " + written_name(operand.text)
                : "as in test.accuracy, status, model.hidden");
}

std::string SqlWriter::sql_of(const Operand& operand) {
  if (operand.kind == Operand::Kind::call) return call(operand);
  return sql_of(meaning(operand), operand.at);
}

std::string SqlWriter::sql_of(const Name& name, std::size_t at) {
  if (scope_ == Scope::epoch) {
    if (epoch_is_own_ && name.full == epoch_own_) return "e.value";
    if (!epoch_is_own_ && name.what == Name::What::metric && name.split == epoch_split_)
      return fmt::format("e.{}", name.metric->name);
    refuse_at(text_, at, fmt::format("first_epoch looks at metrics of one split, not at {}", name.full));
  }
  if (name.what == Name::What::own_metric) {
    if (!name.own.is_selected)
      refuse_at(text_, at, fmt::format("{} stands in epochs, but in no run's selected one", name.full),
                over_epochs(name));
    return fmt::format("(SELECT own.value FROM run_value AS own WHERE own.run_id = run.id AND {})",
                       own_test("own", name.own));
  }
  if (name.what == Name::What::metric) {
    bool& joined = name.split == SplitName::test         ? tables_.test
                   : name.split == SplitName::validation ? tables_.validation
                                                         : tables_.train;
    joined = true;
    return name.full;
  }
  if (name.what == Name::What::fact) {
    if (scope_ == Scope::variant && name.reach == Reach::study)
      return fmt::format("(SELECT {} FROM study WHERE study.id = variant.study_id)", name.fact->sql);
    if (scope_ == Scope::run && name.reach == Reach::study) tables_.study = true;
    if (scope_ == Scope::run && name.reach == Reach::variant) tables_.variant = true;
    return std::string(name.fact->sql);
  }
  const bool truth = name.kind == ValueKind::truth;
  if (!setting_value_.empty()) return truth ? fmt::format("({} = 'true')", setting_value_) : setting_value_;
  return fmt::format("(SELECT setting.value{} FROM setting WHERE setting.variant_id = {} AND setting.key{})",
                     truth ? " = 'true'" : "", scope_ == Scope::variant ? "variant.id" : "run.variant_id",
                     key_test(name));
}

}  // namespace ablate::ask
