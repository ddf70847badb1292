#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ask/condition_sql.hpp"
#include "ask/lexer.hpp"
#include "base/suggest.hpp"

namespace ablate::ask {
namespace {

const std::vector<std::string> functions = {"best", "last", "at", "max", "min", "mean", "first_epoch"};

bool is_any_metric(const Name& name) {
  return name.what == Name::What::metric || name.what == Name::What::own_metric;
}

/// Which way is better. What no study declares has no best.
bool rises(const Name& name) {
  return name.metric ? name.metric->better == Better::up : name.own.up.value_or(true);
}

bool names_metric(const std::string& word, const Vocabulary& vocabulary) {
  if (is_name(word, vocabulary)) return is_any_metric(find_name(word, word, 0, vocabulary));
  return vocabulary.is_in_epochs && vocabulary.is_in_epochs(word);
}

/// The first metric that the condition names, wherever it stands; nothing: none.
const Operand* first_metric(const Condition& condition, const Vocabulary& vocabulary) {
  for (const Operand& operand : condition.operands) {
    if (operand.may_be_name() && names_metric(operand.text, vocabulary)) return &operand;
  }
  for (const Condition& part : condition.parts) {
    if (const Operand* found = first_metric(part, vocabulary)) return found;
  }
  return nullptr;
}

/// One value of a run's epochs in a split, which are read by the key of epoch_metric; where none of them has the metric,
/// as where a program writes its predictions once, at its end, of the epoch that was selected.
std::string of_epochs(const Name& name, const std::string& what, const std::string& which) {
  const auto of = [&](const char* table) {
    return fmt::format("(SELECT {} FROM {} AS e WHERE e.run_id = run.id AND e.split = '{}'{})", what, table,
                       to_string(name.split), which);
  };
  return fmt::format(
      "iif(EXISTS (SELECT 1 FROM epoch_metric AS any_epoch WHERE any_epoch.run_id = run.id AND "
      "any_epoch.split = '{}' AND any_epoch.{} IS NOT NULL), {}, {})",
      to_string(name.split), name.metric->name, of("epoch_metric"), of("run_metric"));
}

}  // namespace

const std::vector<std::string>& function_names() { return functions; }

Name SqlWriter::epoch_metric_of(const Operand& operand) const {
  if (std::find(functions.begin(), functions.end(), operand.text) == functions.end()) {
    refuse_at(text_, operand.at, fmt::format("there is no function '{}'", operand.text),
              suggestion(operand.text, functions));
  }
  const std::size_t count = operand.text == "at" ? 2 : 1;
  const bool has_all = operand.arguments.size() == count;
  if (!has_all || !operand.arguments.front().may_be_name()) {
    const bool in_quotes = has_all && operand.arguments.front().kind == Operand::Kind::quoted;
    refuse_at(text_, operand.at,
              fmt::format("{} takes a metric{}", operand.text, count == 2 ? " and an epoch" : ""),
              fmt::format("{}({}{})", operand.text,
                          in_quotes ? written_name(operand.arguments.front().text) : "test.accuracy",
                          count == 2 ? ", 10" : ""));
  }
  const Name name = meaning(operand.arguments.front());
  if (is_any_metric(name)) return name;
  refuse_at(text_, operand.arguments.front().at,
            fmt::format("{} is not a metric: it has one value per run", name.full),
            fmt::format("{}(test.accuracy)", operand.text));
}

std::string SqlWriter::epoch_value(const Name& name, const std::string& what, const std::string& which) {
  if (name.what == Name::What::metric) return of_epochs(name, what, which);
  return fmt::format("(SELECT {} FROM epoch_value AS e WHERE e.run_id = run.id AND {}{})", what,
                     own_test("e", name.own), which);
}

std::string SqlWriter::call(const Operand& operand) {
  if (scope_ == Scope::epoch) refuse_at(text_, operand.at, "a function within first_epoch");
  if (operand.text == "first_epoch") return first_epoch(operand);
  const Name name = epoch_metric_of(operand);
  const std::string value = name.metric ? fmt::format("e.{}", name.metric->name) : std::string("e.value");
  if (operand.text == "best" && !name.metric && !name.own.up) {
    refuse_at(text_, operand.at,
              fmt::format("studies declare {} in no direction, or in both: it has no best", name.full),
              fmt::format("max({0}) or min({0})", written_name(name.full)));
  }
  if (operand.text == "last") return epoch_value(name, value, " ORDER BY e.epoch DESC LIMIT 1");
  if (operand.text == "at") {
    const Operand& epoch = operand.arguments[1];
    if (!std::holds_alternative<std::int64_t>(epoch.number) || epoch.kind != Operand::Kind::number)
      refuse_at(text_, epoch.at, "an epoch is a whole number");
    return epoch_value(name, value, fmt::format(" AND e.epoch = {}", parameters_.add(epoch.number)));
  }
  const std::string function = operand.text == "best"   ? (rises(name) ? "max" : "min")
                               : operand.text == "mean" ? "avg"
                                                        : operand.text;
  return epoch_value(name, fmt::format("{}({})", function, value), "");
}

std::string SqlWriter::first_epoch(const Operand& operand) {
  const Condition& asked = operand.condition.front();
  const Operand* metric = first_metric(asked, vocabulary_);
  if (!metric) {
    refuse_at(text_, asked.at, "first_epoch takes a condition on a metric",
              "first_epoch(test.accuracy > 0.8)");
  }
  const Scope before = std::exchange(scope_, Scope::epoch);
  const Name name = meaning(*metric);
  epoch_split_ = name.split;
  epoch_is_own_ = name.what == Name::What::own_metric;
  epoch_own_ = name.full;
  const std::string which = fmt::format(" AND {} ORDER BY e.epoch LIMIT 1", condition(asked));
  scope_ = before;
  return epoch_value(name, "e.epoch", which);
}

Expression SqlWriter::expression(const Operand& operand) {
  const Name name = meaning(operand);
  Expression expression{.sql = sql_of(operand),
                        .title = operand.kind == Operand::Kind::name
                                     ? operand.text
                                     : text_.substr(operand.at, operand.end - operand.at),
                        .full = name.full,
                        .kind = name.kind};
  constexpr int metric_decimals = 4;
  if (name.what == Name::What::own_metric) expression.own = name;
  Name metric = name;
  if (operand.kind == Operand::Kind::call && operand.text != "first_epoch") metric = epoch_metric_of(operand);
  if (is_any_metric(metric)) {
    expression.decimals = metric_decimals;
    expression.falls_first = rises(metric);
  } else if (name.fact) {
    expression.decimals = name.fact->decimals;
  }
  return expression;
}

}  // namespace ablate::ask
