#include <cmath>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "ask/question.hpp"
#include "ask/random_question.hpp"
#include "stats/summary.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Every line of the plan that SQLite makes for the statement.
std::string plan_of(const Reader& reader, const ask::Statement& statement) {
  std::string plan;
  reader.select("EXPLAIN QUERY PLAN " + statement.sql, statement.values,
                [&](const std::vector<Value>& row) { plan += to_string(row.back()) + '\n'; });
  return plan;
}

/// Rows of epochs are only ever looked up by their key: the table, or its name in our SQL, is never scanned.
void check_epochs_are_searched(const std::string& plan) {
  CHECK_THAT(plan, !Contains("SCAN epoch_metric") && !Contains("SCAN e\n") && !Contains("SCAN e "));
}

ask::Question question(const std::string& where, const std::string& columns = "id",
                       const std::string& sort = "") {
  return {.study_id = {}, .where = where, .columns = columns, .sort = sort, .all = true, .limit = 10};
}

std::vector<std::vector<Value>> rows_of(const Reader& reader, const ask::Statement& statement) {
  std::vector<std::vector<Value>> rows;
  reader.select(statement.sql, statement.values, [&](const std::vector<Value>& row) { rows.push_back(row); });
  return rows;
}

}  // namespace

TEST_CASE("no plan of a question scans the epochs of all runs", "[ask]") {
  Stream chance(7, "ask/plans");
  const Folder folder;
  const std::vector<WorldRun> runs = make_world(folder / "a.db", chance);
  const Reader reader(folder / "a.db");
  const std::string seen = plan_of(reader, ask::ask_runs(question("best(test.f1) > 0.1")).rows);
  CHECK_THAT(seen, Contains("SEARCH e USING PRIMARY KEY (run_id=? AND split=?)"));
  std::vector<std::string> wheres = {"first_epoch(test.f1 > 0.5 or test.f1 is null) < 3",
                                     "not (best(test.f1) > 0.1) or last(validation.log_loss) is null",
                                     "skip = none and at(train.accuracy, 3) > mean(test.accuracy)"};
  for (int i = 0; i < 500; ++i) wheres.push_back(random_condition(runs, 3, chance).text);
  const std::string calls =
      "max(test.f1),min(test.f1),mean(test.f1),best(test.f1),last(test.f1),at(test.f1,2)";
  for (const std::string& where : wheres) {
    CAPTURE(where);
    const ask::Asked asked = ask::ask_runs(question(where, calls, "-best(test.f1), last(test.f1)"));
    check_epochs_are_searched(plan_of(reader, asked.rows));
    check_epochs_are_searched(plan_of(reader, asked.count));
    const ask::AskedGroups groups =
        ask::ask_groups(question(where, calls, "best(validation.f1)"), "variant,skip");
    check_epochs_are_searched(plan_of(reader, groups.rows));
    check_epochs_are_searched(plan_of(reader, groups.count));
  }
}

TEST_CASE("a setting is looked for by its index, and what depends on the variant is asked once a variant",
          "[ask]") {
  const Folder folder;
  Stream chance(7, "ask/index");
  make_world(folder / "a.db", chance);
  const Reader reader(folder / "a.db");
  const auto plan = [&](const std::string& where) {
    return plan_of(reader, ask::ask_runs(question(where)).count);
  };
  CHECK_THAT(plan("skip = none"),
             Contains("SEARCH setting USING COVERING INDEX setting_by_value (key=? AND value=?)"));
  CHECK_THAT(plan("skip = none"), Contains("SEARCH run USING") && Contains("variant_id=?"));
  CHECK_THAT(plan("0.1 <= dropout < 0.3"), Contains("setting_by_value (key=? AND value>? AND value<?)"));
  CHECK_THAT(plan("skip = none or dropout > 0.1"), Contains("SCAN variant") && !Contains("SCAN run"));
}

TEST_CASE("a group's n, mean and deviation are those of a plain summary of its runs", "[ask]") {
  Stream chance(8, "ask/groups");
  const Folder folder;
  const std::vector<WorldRun> runs = make_world(folder / "a.db", chance);
  const Reader reader(folder / "a.db");
  for (const std::string by : {"skip", "hidden", "seed", "baseline", "machine"}) {
    const std::string full = by == "skip" || by == "hidden" ? "model." + by : by;
    std::map<std::string, std::vector<double>> values;
    std::map<std::string, std::int64_t> counts;
    for (const WorldRun& run : runs) {
      const std::string key = to_string(run.values.at(full));
      ++counts[key];
      const auto* accuracy = std::get_if<double>(&run.values.at("test.accuracy"));
      if (accuracy && std::isfinite(*accuracy)) values[key].push_back(*accuracy);
    }
    const ask::AskedGroups asked = ask::ask_groups(question("", "test.accuracy", by), by);
    for (const auto& row : rows_of(reader, asked.rows)) {
      const std::string key = to_string(row[0]);
      CAPTURE(by, key);
      CHECK(row[1] == Value(counts[key]));
      if (std::isinf(std::get_if<double>(&row[3]) ? std::get<double>(row[3]) : 0.0)) continue;
      const Summary expected = summarize(values[key]);
      CHECK(row[2] == Value(static_cast<std::int64_t>(expected.n)));
      if (expected.n == 0) continue;
      CHECK(std::get<double>(row[3]) == Approx(expected.mean));
      if (expected.n < 2) continue;
      const double squares =
          expected.standard_deviation * expected.standard_deviation * static_cast<double>(expected.n - 1);
      CHECK(std::get<double>(row[4]) == Approx(squares).margin(1e-12));
    }
    CHECK(rows_of(reader, asked.rows).size() == counts.size());
    CHECK(rows_of(reader, asked.count).front().front() == Value(static_cast<std::int64_t>(counts.size())));
  }
}

TEST_CASE("without a key, a limit takes what was planned last and keeps the order", "[ask]") {
  Stream chance(9, "ask/last");
  const Folder folder;
  make_world(folder / "a.db", chance);
  const Reader reader(folder / "a.db");
  ask::Question last = question("");
  last.limit = 3;
  std::vector<std::string> ids;
  for (const auto& row : rows_of(reader, ask::ask_runs(last).rows)) ids.push_back(to_string(row.front()));
  CHECK(ids == std::vector<std::string>{"22", "23", "24"});
  last.columns = "test.accuracy";
  std::vector<std::string> names;
  for (const auto& row : rows_of(reader, ask::ask_groups(last, "variant").rows)) {
    names.push_back(to_string(row[0]) + '/' + to_string(row[1]));
  }
  CHECK(names == std::vector<std::string>{"it's second/two words", "it's second/none", "it's second/64"});
}

TEST_CASE("the latest runs of all are those that a condition that all fulfil gives", "[ask]") {
  Stream chance(10, "ask/latest");
  const Folder folder;
  make_world(folder / "a.db", chance);
  const std::vector<std::string> states = {"running", "planned", "waiting", "interrupted", "done", "failed"};
  for (int id = 1; id <= 24; ++id) {
    execute(folder / "a.db",
            fmt::format("UPDATE run SET status = '{}', archived = {} WHERE id = {}",
                        states[chance.below(states.size())], chance.below(5) == 0 ? 1 : 0, id));
  }
  const Reader reader(folder / "a.db");
  for (const bool all : {true, false}) {
    for (std::int64_t limit = 1; limit <= 25; ++limit) {
      CAPTURE(all, limit);
      ask::Question fast = question(""), plain = question("id > 0");
      fast.limit = plain.limit = limit;
      fast.all = plain.all = all;
      CHECK(rows_of(reader, ask::ask_runs(fast).rows) == rows_of(reader, ask::ask_runs(plain).rows));
      fast.study_id = plain.study_id = 1;
      CHECK(rows_of(reader, ask::ask_runs(fast).rows) == rows_of(reader, ask::ask_runs(plain).rows));
    }
  }
}

TEST_CASE("runs are counted without reading their rows, though archived ones are left out", "[ask]") {
  Stream chance(7, "ask/plans");
  const Folder folder;
  make_world(folder / "a.db", chance);
  const Reader reader(folder / "a.db");
  CHECK_THAT(plan_of(reader, ask::ask_runs(question("")).count),
             Contains("SCAN run USING COVERING INDEX run_by_archived"));
}
