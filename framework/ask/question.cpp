#include "ask/question.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ask/condition_sql.hpp"
#include "ask/lexer.hpp"
#include "ask/parser.hpp"

namespace ablate::ask {
namespace {

constexpr std::size_t most_columns = 100;
constexpr std::size_t most_keys = 20;

constexpr const char* archived_sql =
    "(run.archived OR run.study_id IN (SELECT study.id FROM study WHERE study.archived))";

/// Runs under way before those that have ended, and these before those that are still to come.
constexpr const char* stage_sql =
    "CASE run.status WHEN 'running' THEN 0 WHEN 'planned' THEN 3 WHEN 'waiting' THEN 2 WHEN 'interrupted' "
    "THEN 2 ELSE 1 END";
/// The same, one stage after the other. The first is found along an index, as few runs are in it.
constexpr std::array stages_sql = {"run.study_id IN (SELECT id FROM study) AND run.status = 'running'",
                                   "run.status NOT IN ('running', 'planned', 'waiting', 'interrupted')",
                                   "run.status IN ('waiting', 'interrupted')", "run.status = 'planned'"};

bool mentions_archived(const Condition& condition) {
  const auto named = [](const Operand& operand) {
    return operand.may_be_name() && operand.text == "archived";
  };
  return std::any_of(condition.operands.begin(), condition.operands.end(), named) ||
         std::any_of(condition.parts.begin(), condition.parts.end(), mentions_archived);
}

bool hides_archived(const Question& question) {
  return !question.all && (question.where.empty() || !mentions_archived(parse_condition(question.where)));
}

/// What the question itself says, without a word on what is archived.
std::vector<std::string> conditions(const Question& question, Parameters& parameters, Tables& tables) {
  std::vector<std::string> parts;
  if (question.study_id) parts.push_back("run.study_id = " + parameters.add(*question.study_id));
  if (!question.where.empty()) {
    parts.push_back(SqlWriter(question.where, question.vocabulary, parameters, tables)
                        .filter(parse_condition(question.where)));
  }
  return parts;
}

/// " WHERE ...", or nothing.
std::string where_sql(const Question& question, Parameters& parameters, Tables& tables) {
  std::vector<std::string> parts = conditions(question, parameters, tables);
  if (hides_archived(question)) parts.push_back(fmt::format("NOT {}", archived_sql));
  return parts.empty() ? "" : fmt::format(" WHERE {}", fmt::join(parts, " AND "));
}

void check_count(const std::string& text, const std::vector<Operand>& operands, std::size_t most) {
  if (operands.size() > most) refuse_at(text, operands[most].at, fmt::format("more than {} columns", most));
}

std::vector<Expression> expressions_of(const std::string& text, const Vocabulary& vocabulary,
                                       Parameters& parameters, Tables& tables) {
  const std::vector<Operand> operands = parse_columns(text);
  check_count(text, operands, most_columns);
  std::vector<Expression> found;
  for (const Operand& operand : operands)
    found.push_back(SqlWriter(text, vocabulary, parameters, tables).expression(operand));
  return found;
}

AskedColumn column_of(const Expression& expression) {
  return {expression.title, expression.kind, expression.decimals, expression.own};
}

/// " DESC" or " ASC": the best first, unless it is said outright; NULL comes last in either.
std::string order_of(const Expression& expression, SortKey::Direction direction) {
  using Direction = SortKey::Direction;
  const bool falls =
      direction == Direction::falling || (direction == Direction::best_first && expression.falls_first);
  return falls ? " DESC" : " ASC NULLS LAST";
}

std::vector<SortKey> sort_keys(const std::string& text) {
  if (text.empty()) return {};
  std::vector<SortKey> keys = parse_sort(text);
  if (keys.size() > most_keys)
    refuse_at(text, keys[most_keys].operand.at, fmt::format("more than {} keys", most_keys));
  return keys;
}

std::int64_t limit_of(const Question& question) { return question.limit > 0 ? question.limit : -1; }

Statement count_of(const Question& question) {
  Parameters parameters;
  Tables tables;
  const std::string where = where_sql(question, parameters, tables);
  return {fmt::format("SELECT count(*) FROM {}{}", tables.from_run(), where), parameters.values()};
}

/// Which runs are picked first, and in which order they are shown.
struct RunOrder {
  std::string keys;   ///< columns of the picked
  std::string inner;  ///< by which they are picked
  std::string outer;  ///< by which they are shown, before their ids
};

RunOrder run_order(const Question& question, Parameters& parameters, Tables& tables) {
  RunOrder all;
  int number = 0;
  for (const SortKey& key : sort_keys(question.sort)) {
    const Expression expression =
        SqlWriter(question.sort, question.vocabulary, parameters, tables).expression(key.operand);
    const std::string order = order_of(expression, key.direction);
    all.keys += fmt::format(", {} AS k{}", expression.sql, ++number);
    all.inner += fmt::format("k{}{}, ", number, order);
    all.outer += fmt::format("picked.k{}{}, ", number, order);
  }
  if (number > 0) {
    all.inner += "run.id";
  } else if (question.newest_first) {
    all.keys = fmt::format(", {} AS k1, coalesce(run.ended_at, '') AS k2", stage_sql);
    all.inner = "k1, k2 DESC, run.id", all.outer = "picked.k1, picked.k2 DESC, ";
  } else {
    all.inner = fmt::format("{}, run.id DESC", stage_sql);
  }
  return all;
}

/// The latest of all runs, stage by stage: each is read from the newest run back, and no further than it takes.
std::string latest_runs(const std::string& where, const std::string& limit) {
  std::vector<std::string> stages;
  for (const char* stage : stages_sql) {
    stages.push_back(
        fmt::format("SELECT * FROM (SELECT run.id AS id FROM run{} {} ORDER BY run.id DESC LIMIT {})",
                    where.empty() ? " WHERE" : where + " AND", stage, limit));
  }
  return fmt::format("{} LIMIT {}", fmt::join(stages, " UNION ALL "), limit);
}

}  // namespace

/// Which runs is settled within, with no more than it needs; their columns are read without, of those alone.
Asked ask_runs(const Question& question) {
  Parameters parameters;
  Tables inner, outer;
  const std::string where = where_sql(question, parameters, inner);
  const RunOrder order = run_order(question, parameters, inner);
  Asked asked;
  std::string columns;
  for (const Expression& expression :
       expressions_of(question.columns, question.vocabulary, parameters, outer)) {
    columns += (columns.empty() ? "" : ", ") + expression.sql;
    asked.columns.push_back(column_of(expression));
  }
  const std::string limit = parameters.add(limit_of(question));
  const bool is_of_all = question.where.empty() && question.sort.empty() && !question.newest_first;
  const std::string picked = is_of_all && question.limit > 0
                                 ? latest_runs(where, limit)
                                 : fmt::format("SELECT run.id AS id{} FROM {}{} ORDER BY {} LIMIT {}",
                                               order.keys, inner.from_run(), where, order.inner, limit);
  asked.rows.sql =
      fmt::format("SELECT {} FROM ({}) AS picked CROSS JOIN run ON run.id = picked.id{} ORDER BY {}picked.id",
                  columns, picked, outer.joins(), order.outer);
  asked.rows.values = parameters.values();
  asked.count = count_of(question);
  return asked;
}

Statement count_archived(const Question& question) {
  if (!hides_archived(question)) return {"SELECT 0", {}};
  Parameters parameters;
  Tables tables;
  std::vector<std::string> parts = conditions(question, parameters, tables);
  parts.emplace_back(archived_sql);
  return {fmt::format("SELECT count(*) FROM {} WHERE {}", tables.from_run(), fmt::join(parts, " AND ")),
          parameters.values()};
}

namespace {

/// A question about groups on its way to SQL.
class Groups {
 public:
  Groups(const Question& question, const std::string& by)
      : question_(question), by_(by), where_(where_sql(question, parameters_, tables_)) {
    read_keys();
    count_ = {fmt::format("SELECT count(*) FROM (SELECT DISTINCT {} FROM {}{})", group_sql(),
                          tables_.from_run(), where_),
              parameters_.values()};
    read_values();
  }

  AskedGroups run() {
    const std::string order = order_sql();
    AskedGroups asked{.rows = {}, .count = count_, .keys = {}, .values = {}};
    for (const Expression& key : keys_) asked.keys.push_back(column_of(key));
    for (std::size_t i = 0; i < shown_; ++i) asked.values.push_back(column_of(values_[i]));
    std::string columns, means;
    for (std::size_t i = 1; i <= keys_.size(); ++i) columns += fmt::format("g{}, ", i);
    columns += "count(*)";
    for (std::size_t i = 1; i <= values_.size(); ++i) {
      means += fmt::format(", avg(v{0}) OVER same AS m{0}", i);
      if (i <= shown_)
        columns += fmt::format(", count(v{0}), avg(v{0}), sum((v{0} - m{0}) * (v{0} - m{0}))", i);
    }
    asked.rows.sql = fmt::format(
        "WITH picked AS (SELECT run.id AS id, run.variant_id AS variant, {} AS stage, {}, "
        "run.status <> 'done' OR run.obsolete AS unfinished{} FROM {}{}), "
        "centred AS (SELECT *{} FROM picked WINDOW same AS (PARTITION BY {})) "
        "SELECT {}, sum(unfinished), count(DISTINCT variant), min(id) AS first FROM centred GROUP BY {} ORDER BY {} LIMIT {}",
        stage_sql, group_sql(), value_sql(), tables_.from_run(), where_, means, key_names(), columns,
        key_names(), order, parameters_.add(limit_of(question_)));
    if (question_.sort.empty())
      asked.rows.sql = fmt::format("SELECT * FROM ({}) ORDER BY first", asked.rows.sql);
    asked.rows.values = parameters_.values();
    return asked;
  }

 private:
  void read_keys() {
    const std::vector<Operand> operands = parse_columns(by_);
    check_count(by_, operands, most_keys);
    for (const Operand& operand : operands) {
      Expression key = SqlWriter(by_, question_.vocabulary, parameters_, tables_).expression(operand);
      if (key.full == "variant") {
        tables_.study = true;
        keys_.push_back({.sql = "study.name", .title = "study", .full = "study", .kind = ValueKind::text});
      }
      keys_.push_back(std::move(key));
    }
  }

  bool is_key(const Expression& expression) const { return key_number(expression) > 0; }
  std::size_t key_number(const Expression& expression) const {
    const auto same = [&](const Expression& key) { return key.full == expression.full; };
    const auto found = std::find_if(keys_.begin(), keys_.end(), same);
    return found == keys_.end() ? 0 : static_cast<std::size_t>(found - keys_.begin()) + 1;
  }

  void check_number(const Expression& expression, const std::string& text, std::size_t at) const {
    if (expression.kind == ValueKind::number) return;
    refuse_at(text, at, fmt::format("{} has no mean", expression.full),
              fmt::format("--by {}", expression.full));
  }

  void read_values() {
    const std::vector<Operand> operands = parse_columns(question_.columns);
    check_count(question_.columns, operands, most_columns);
    for (const Operand& operand : operands) {
      Expression value =
          SqlWriter(question_.columns, question_.vocabulary, parameters_, tables_).expression(operand);
      if (is_key(value)) continue;
      check_number(value, question_.columns, operand.at);
      values_.push_back(std::move(value));
    }
    shown_ = values_.size();
  }

  /// The groups that come first, also under a limit: by the keys, else those with results and planned last.
  std::string order_sql() {
    std::string order;
    for (const SortKey& key : sort_keys(question_.sort)) {
      if (key.operand.kind == Operand::Kind::word && key.operand.text == "runs") {
        order += "count(*)" + order_of({.falls_first = true}, key.direction) + ", ";
        continue;
      }
      Expression expression =
          SqlWriter(question_.sort, question_.vocabulary, parameters_, tables_).expression(key.operand);
      const std::string direction = order_of(expression, key.direction);
      if (const std::size_t number = key_number(expression)) {
        order += fmt::format("g{}{}, ", number, direction);
        continue;
      }
      check_number(expression, question_.sort, key.operand.at);
      values_.push_back(std::move(expression));
      order += fmt::format("avg(v{}){}, ", values_.size(), direction);
    }
    return order + (order.empty() ? "min(stage), first DESC" : "first");
  }

  std::string group_sql() const {
    std::vector<std::string> parts;
    for (const Expression& key : keys_) parts.push_back(fmt::format("{} AS g{}", key.sql, parts.size() + 1));
    return fmt::format("{}", fmt::join(parts, ", "));
  }
  std::string key_names() const {
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= keys_.size(); ++i) names.push_back(fmt::format("g{}", i));
    return fmt::format("{}", fmt::join(names, ", "));
  }
  std::string value_sql() const {
    std::string text;
    for (std::size_t i = 0; i < values_.size(); ++i)
      text += fmt::format(", {} AS v{}", values_[i].sql, i + 1);
    return text;
  }

  const Question& question_;
  const std::string& by_;
  Parameters parameters_;
  Tables tables_;
  std::string where_;
  Statement count_;
  std::vector<Expression> keys_, values_;
  std::size_t shown_ = 0;  ///< of the values; the others are only sorted by
};

}  // namespace

AskedGroups ask_groups(const Question& question, const std::string& by) { return Groups(question, by).run(); }

}  // namespace ablate::ask
