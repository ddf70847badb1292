#include <algorithm>
#include <cmath>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.hpp"
#include "big_database.hpp"
#include "cli/command.hpp"
#include "store/named_queries.hpp"
#include "store/query.hpp"
#include "store/store.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"
#include "support/terminal.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

struct Said {
  int code;
  std::string out, err;
};

/// A thousand made-up runs of one study, for all tests here.
const std::string& database() {
  static const TemporaryFolder folder;
  static const std::string file = [] {
    const std::string path = (folder / "a.db").string();
    make_big_database(path, {1, 6, 4, true});
    return path;
  }();
  return file;
}

Said query(std::vector<std::string> words, const std::string& input = {}) {
  words.insert(words.begin(), "query");
  words.insert(words.end(), {"--db", database()});
  std::ostringstream out, err;
  std::istringstream in(input);
  Console console{out, err, in};
  const int code = run_program(words, console);
  return {code, out.str(), err.str()};
}

std::string csv(std::vector<std::string> words) {
  words.insert(words.end(), {"--format", "csv"});
  const Said said = query(std::move(words));
  CAPTURE(said.err);
  CHECK(said.code == exit_done);
  return said.out;
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
struct NullBuffer : std::streambuf {
  int overflow(int c) override { return c; }
  std::streamsize xsputn(const char*, std::streamsize count) override { return count; }
};

/// Peak memory of a process that asks for so many rows, in MB.
double peak_megabytes(const std::string& format, int rows) {
  const std::string sql = fmt::format(
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT {}) SELECT x, 0.1 * x, 'text' "
      "FROM t",
      rows);
  database();
  const pid_t child = ::fork();
  if (child == 0) {
    NullBuffer buffer;
    std::ostream out(&buffer);
    std::istringstream in;
    Console console{out, out, in};
    ::_exit(run_program({"query", sql, "--format", format, "--db", database()}, console));
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == exit_done);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}
#endif

}  // namespace

TEST_CASE("every named query answers on a study of a thousand runs, and its page tells how to ask it") {
  CHECK(named_queries().size() >= 8);
  for (const NamedQuery& named : named_queries()) {
    INFO(named.name);
    std::vector<std::string> words = {named.name};
    for (const NamedQueryParameter& parameter : named.parameters) {
      CHECK_FALSE(parameter.meaning.empty());
      if (!parameter.has_default) words.insert(words.end(), {"--param", parameter.name + "=sweep_000"});
    }
    const std::string out = csv(words);
    CHECK(std::count(out.begin(), out.end(), '\n') >= 2);
    CHECK_THAT(query({"--list", "--format", "csv"}).out, Contains(named.name) && Contains(named.answers));
  }
}

// The seeds' accuracies are asked for one by one, and put together here.
TEST_CASE("seed_spread and leaderboard tell the mean and the spread that the runs have") {
  const std::string variant = "skip=projection,hidden=1024,dropout=0.2,initial=0.03";
  std::istringstream lines(
      csv({"SELECT test_accuracy FROM results WHERE variant = :variant AND status = 'done'", "--param",
           "variant=" + variant}));
  std::string line;
  std::getline(lines, line);
  std::vector<double> values;
  while (std::getline(lines, line)) values.push_back(std::stod(line));
  REQUIRE(values.size() == 5);
  double mean = 0.0, squares = 0.0;
  for (const double value : values) mean += value / 5.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double sd = std::sqrt(squares / 4.0);
  const auto numbers_after = [&](const std::string& page, const std::string& before) {
    const std::size_t at = page.find(fmt::format("\"{}\",{}", variant, before));
    REQUIRE(at != std::string::npos);
    std::istringstream fields(page.substr(at + variant.size() + 3 + before.size()));
    double first = 0.0, second = 0.0;
    char comma = 0;
    fields >> first >> comma >> second;
    return std::pair(first, second);
  };
  const auto spread = numbers_after(csv({"seed_spread"}), "5,");
  CHECK(spread.first == Approx(mean).epsilon(1e-12));
  CHECK(spread.second == Approx(sd).epsilon(1e-9));
  const auto board = numbers_after(csv({"leaderboard", "--param", "top=200"}), "5,");
  CHECK(board.first == Approx(mean).epsilon(1e-12));
  CHECK(board.second == Approx(sd).epsilon(1e-9));
}

TEST_CASE("failures, unfinished and best_per_study find what was put into the file") {
  CHECK_THAT(csv({"failures"}),
             Contains("sweep_000,diverged,the loss is not a number after epoch 25,2,") &&
                 Contains("sweep_000,failed,out of memory: the worker was killed by signal 9,2,"));
  CHECK(csv({"unfinished"}) ==
        "study,done,planned,running,interrupted,waiting,failed,runs\n"
        "sweep_000,992,2,0,2,0,4,1000\n");
  const std::string best = csv({"SELECT max(validation_accuracy) FROM results WHERE status = 'done'"});
  CHECK_THAT(csv({"best_per_study"}), Contains(fmt::format(",{},", best.substr(25, best.size() - 26))));
}

TEST_CASE("a named query's defaults give way to what is asked, and a wrong name gets the nearest") {
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  CHECK(lines(csv({"leaderboard"})) == 21);
  CHECK(lines(csv({"leaderboard", "--param", "top=3"})) == 4);
  CHECK(lines(csv({"leaderboard", "--param", ":top=3"})) == 4);
  const auto refused = [](const std::vector<std::string>& words, const std::string& hint) {
    const Said said = query(words);
    CHECK(said.code == exit_wrong_request);
    CHECK(said.out.empty());
    CHECK_THAT(said.err, Contains(hint));
  };
  refused({"leaderbord"}, "did you mean 'leaderboard'?");
  refused({"leaderboard", "--param", "top"}, "--param 'top' is no NAME=VALUE");
  refused({"leaderboard", "--param", "tpo=3"}, "did you mean 'top'?");
  refused({"leaderboard", "--param", "top=3", "--param", "top=4"}, "given twice");
  refused({"leaderboard", "--param", "study=swep_000"}, "did you mean 'sweep_000'?");
  refused({"curves_crossing"}, "needs a value for :study");
  refused({}, "ablate query --list");
  refused({"SELECT 1", "--file", "x.sql"}, "both SQL and --file");
  refused({"--file", "/nowhere.sql"}, "/nowhere.sql");
}

TEST_CASE("SQL comes from an argument, a file or standard input, with its parameters, and can be printed") {
  const TemporaryFolder folder;
  write_file(folder / "q.sql", "SELECT :a AS a, typeof(:a) AS type\n");
  const std::string expected = "a,type\n0.5,real\n";
  CHECK(csv({"--file", (folder / "q.sql").string(), "--param", "a=0.5"}) == expected);
  CHECK(query({"-", "--param", "a=0.5", "--format", "csv"}, "SELECT :a AS a, typeof(:a) AS type").out ==
        expected);
  CHECK(query({"--file", "-", "--param", "a=0.5", "--format", "csv"}, "SELECT :a AS a, typeof(:a) AS type")
            .out == expected);
  CHECK(csv({"SELECT :a AS a, typeof(:a) AS type", "--param", "a='0.5'"}) == "a,type\n0.5,text\n");
  CHECK(query({"leaderboard", "--sql"}).out == named_queries()[4].sql);
}

TEST_CASE("what was given before a query is stopped is out, and the exit code tells that it was stopped") {
  const Said said =
      query({"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x FROM t WHERE x < 9",
             "--timeout", "0.05", "--format", "csv"});
  CHECK(said.code == exit_wrong_request);
  CHECK_THAT(said.err, Contains("stopped after 0.05 s"));
  CHECK(said.out == "x\n1\n2\n3\n4\n5\n6\n7\n8\n");
}

TEST_CASE("a single function of SQL that takes too long is stopped, with what was given before it") {
  const TemporaryFolder folder;
  { const Store empty(folder / "a.db"); }
  const std::string sql =
      "SELECT 1 UNION ALL SELECT instr(printf('%.*c', 60000000, 'x'), printf('%.*c', 30000000, 'x') || 'y')";
  const Screen screen = on_terminal(
      {built_program().string(), "query", sql, "--timeout", "0.1", "--db", (folder / "a.db").string()}, 80);
  CHECK(screen.code == exit_wrong_request);
  CHECK_THAT(screen.text, Contains("stopped after 0.1 s, within one function of SQL"));
}

TEST_CASE("the temporary files of a query are bounded, and standard input is read to a bound") {
  const TemporaryFolder folder;
  { const Store empty(folder / "a.db"); }
  const std::string sql =
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 200000) "
      "SELECT hex(zeroblob(100)) || x AS v FROM t ORDER BY v DESC";
  std::string why;
  try {
    run_query(folder / "a.db", sql, {.temporary_bytes = 1 << 20}, {});
  } catch (const RequestError& error) {
    why = error.what();
  }
  CHECK_THAT(why, Contains("more than 1 MiB of temporary files"));
  const Said said = query({"-"}, "SELECT 1 --" + std::string(2 << 20, '-'));
  CHECK(said.code == exit_wrong_request);
  CHECK_THAT(said.err, Contains("standard input holds more than"));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("two hundred thousand rows take no more memory than two thousand, whatever the format") {
  for (const std::string format : {"table", "csv", "json", "markdown", "latex"}) {
    INFO(format);
    CHECK(peak_megabytes(format, 200'000) < peak_megabytes(format, 2'000) + 4.0);
  }
}
#endif
