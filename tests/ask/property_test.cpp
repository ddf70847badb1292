#include <algorithm>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "ask/question.hpp"
#include "ask/random_question.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

std::vector<std::int64_t> ids(const Reader& reader, const ask::Statement& statement) {
  std::vector<std::int64_t> found;
  reader.select(statement.sql, statement.values,
                [&](const std::vector<Value>& row) { found.push_back(std::get<std::int64_t>(row.front())); });
  return found;
}

/// Best first as the metric counts it, NULL last, then by id.
struct ByValue {
  bool falls;
  bool operator()(const std::pair<Value, std::int64_t>& a, const std::pair<Value, std::int64_t>& b) const {
    const auto real = [](const Value& value) {
      const auto* whole = std::get_if<std::int64_t>(&value);
      return whole ? static_cast<double>(*whole) : std::get<double>(value);
    };
    const bool none_a = a.first == Value(), none_b = b.first == Value();
    if (none_a || none_b) return none_a == none_b ? a.second < b.second : none_b;
    const double x = real(a.first), y = real(b.first);
    if (x != y) return falls ? x > y : x < y;
    return a.second < b.second;
  }
};

}  // namespace

TEST_CASE("ten thousand random conditions choose the runs that a plain evaluation chooses", "[ask]") {
  constexpr int worlds = 20, conditions = 500;
  Stream chance(6, "ask/property");
  int cases = 0, some = 0;
  for (int world = 0; world < worlds; ++world) {
    const Folder folder;
    const std::vector<WorldRun> runs = make_world(folder / "a.db", chance);
    const Reader reader(folder / "a.db");
    for (int i = 0; i < conditions; ++i, ++cases) {
      const Phrase phrase = random_condition(runs, static_cast<int>(chance.below(4)), chance);
      CAPTURE(world, phrase.text);
      std::vector<std::int64_t> expected;
      for (const WorldRun& run : runs) {
        if (phrase.holds(run) == Truth(true)) expected.push_back(run.id);
      }
      const ask::Asked asked =
          ask::ask_runs({.study_id = {}, .where = phrase.text, .columns = "id", .sort = "", .all = true});
      REQUIRE(ids(reader, asked.rows) == expected);
      REQUIRE(ids(reader, asked.count).front() == static_cast<std::int64_t>(expected.size()));
      some += !expected.empty() && expected.size() < runs.size();
    }
  }
  CHECK(cases == 10'000);
  CHECK(some > cases / 2);  // else the conditions would hold for all or none, and prove little
}

TEST_CASE("a thousand random sort keys with limits order runs as a plain sort does", "[ask]") {
  Stream chance(6, "ask/sort");
  const Folder folder;
  const std::vector<WorldRun> runs = make_world(folder / "a.db", chance);
  const Reader reader(folder / "a.db");
  for (int i = 0; i < 1000; ++i) {
    const NumberPhrase key = random_number(chance);
    const bool descending = chance.below(2) == 0;
    const std::int64_t limit = static_cast<std::int64_t>(chance.below(6));
    CAPTURE(key.text, descending, limit);
    std::vector<std::pair<Value, std::int64_t>> sorted;
    for (const WorldRun& run : runs) sorted.emplace_back(key.value(run), run.id);
    std::sort(sorted.begin(), sorted.end(), ByValue{descending});
    std::vector<std::int64_t> expected;
    for (const auto& [value, id] : sorted) expected.push_back(id);
    if (limit > 0) expected.resize(static_cast<std::size_t>(limit));
    const ask::Asked asked = ask::ask_runs({.study_id = {},
                                            .where = "",
                                            .columns = "id",
                                            .sort = key.text + (descending ? " desc" : " asc"),
                                            .all = true,
                                            .limit = limit});
    REQUIRE(ids(reader, asked.rows) == expected);
  }
}
