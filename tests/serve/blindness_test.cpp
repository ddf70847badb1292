#include "serve/blindness.hpp"

#include <catch2/catch.hpp>

#include "cli/small_study.hpp"
#include "report/answer_words.hpp"
#include "report/synthetic.hpp"
#include "serve/answer_data.hpp"
#include "serve/served_page.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Json = nlohmann::json;

namespace {

/// The small study, which asks to be blind in its file; one of its runs is still to come.
struct BlindStudy {
  Small small;
  std::string database = small.database;

  BlindStudy() {
    small.run();
    // Everything is trained: the file is read again and kept with the study.
    ablate_says(
        {"run", small.file, "--set", "report.blind=true", "-q", "--db", database, "--out", small.report});
    leave_one();
  }
  void leave_one() const { execute(database, "UPDATE run SET status = 'planned' WHERE id = 4"); }
  void end_it() const { execute(database, "UPDATE run SET status = 'done' WHERE id = 4"); }
};

std::size_t looks(const std::string& database) { return Reader(database).looks(1).size(); }

}  // namespace

TEST_CASE("a blind page hides an unfinished study's differences, and shows those of a finished one") {
  StudyRecords records = synthetic::records();
  CHECK_FALSE(is_hidden(compare(records, {}), Blind::by_page));
  synthetic::end(records, records.runs.back().id, RunStatus::planned);
  const Comparison unfinished = compare(records, {});
  CHECK_FALSE(is_hidden(unfinished, Blind::no));
  for (const Blind blind : {Blind::by_page, Blind::by_study}) {
    REQUIRE(is_hidden(unfinished, blind));
    const auto hidden = answer_data(unfinished, blind);
    CHECK(hidden["hidden"] == true);
    CHECK(hidden["headline"] == "Hidden until every run has ended");
    for (const char* told : {"plot", "table", "chips", "notes"}) CHECK_FALSE(hidden.contains(told));
  }
  CHECK_THAT(answer_data(unfinished, Blind::by_page).dump(), Contains("--blind"));
  CHECK_THAT(answer_data(unfinished, Blind::by_study).dump(), Contains("report.blind: true"));
  const auto shown = answer_data(unfinished, Blind::no);
  CHECK(shown["headline"] == headline(unfinished));
  CHECK(shown["plot"]["wide"].get<std::string>().find("<svg") == 0);
  CHECK_THAT(shown["notes"].dump(), Contains("blind: true"));  // how not to look
  CHECK_THAT(answer_data(compare(synthetic::records(), {}), Blind::no)["notes"].dump(),
             !Contains("blind: true"));
}

TEST_CASE(
    "a blind study with planned looks is shown at each of them, and says between two which comes next") {
  synthetic::Shape shape;
  shape.seeds = 10;
  StudyRecords records = synthetic::records(shape);
  ReportOptions options;
  options.until_settled = SeedsUntilSettled{8, 4, 12};
  const auto leave_from = [&](std::int64_t seed) {
    for (const RunRecord& run : std::vector<RunRecord>(records.runs)) {
      if (run.seed >= seed) synthetic::end(records, run.id, RunStatus::planned);
    }
    return compare(records, options);
  };
  synthetic::end(records, records.runs.back().id, RunStatus::planned);
  const Comparison between = compare(records, options);
  REQUIRE(is_hidden(between, Blind::by_study));
  CHECK(hidden_headline(between, Blind::by_study) == "Hidden until the planned look after 12 seeds");
  CHECK_FALSE(is_hidden(leave_from(9), Blind::by_study));
  const Comparison before = leave_from(8);
  REQUIRE(is_hidden(before, Blind::by_study));
  CHECK(hidden_headline(before, Blind::by_study) == "Hidden until the planned look after 8 seeds");
}

TEST_CASE("a study whose file asks to be blind keeps that in the database, from where the page reads it") {
  const BlindStudy blind;
  CHECK_THAT(Reader(blind.database).study("small").config, Contains("blind: true"));
  const std::size_t before = looks(blind.database);
  const ServedPage served(blind.database);
  const Json hidden = served.json("/api/study?id=1");
  CHECK(hidden["hidden"] == true);
  CHECK_FALSE(hidden.contains("plot"));
  CHECK_FALSE(hidden.contains("table"));
  CHECK_THAT(hidden["bullets"][0].get<std::string>(), Contains("report.blind: true"));
  CHECK(looks(blind.database) == before);  // nothing was seen
  blind.end_it();
  CHECK(ServedPage(blind.database).json("/api/study?id=1")["hidden"] == false);
}

TEST_CASE(
    "nothing that a page can be asked tells the variants of a hidden study apart, and all of it is told at the end") {
  const BlindStudy blind;
  const ServedPage served(blind.database);
  const Json run = served.json("/api/run?id=1");
  CHECK(run["hidden"] == true);
  CHECK(run["curves"].empty());
  std::vector<std::string> titles;
  for (const Json& table : run["tables"]) titles.push_back(table["title"]);
  CHECK(titles == std::vector<std::string>{"Run", "Leak audit"});

  const Json own = served.json("/api/runs?study=1");
  CHECK(own["runs"]["rows"].size() == 4);
  CHECK_FALSE(own["runs"]["rows"][0].contains("test.accuracy"));
  CHECK_THAT(own["hidden"].get<std::string>(), Contains("hidden until every run has ended"));
  for (const char* more : {"&sort=test.accuracy", "&columns=test.accuracy", "&where=test.accuracy%3E0.1"}) {
    CAPTURE(more);
    CHECK(served.get(std::string("/api/runs?study=1") + more).status == 400);
  }
  const Json all = served.json("/api/runs?where=" + encoded("test.accuracy > 0 or seed = 1"));
  CHECK(all["runs"]["rows"].empty());
  CHECK(all["studies"]["rows"].empty());
  CHECK_THAT(all["hidden"].get<std::string>(), Contains("small"));
  CHECK_THAT(served.get("/api/runs?where=" + encoded("(skip = nne")).body, Contains(R"(\n  (skip = nne\n)"));

  for (const char* target : {"/api/compare?a=1&b=2", "/api/compare?a=1&b=3&runs=1",
                             "/api/ask?name=leaderboard", "/api/ask?sql=SELECT%201"}) {
    CAPTURE(target);
    CHECK(served.get(target).status == 400);
    CHECK_THAT(served.get(target).body, Contains("hidden until every run has ended"));
  }
  blind.end_it();
  CHECK(served.json("/api/run?id=1")["curves"].size() == 3);
  CHECK(served.json("/api/runs?where=" + encoded("seed = 1"))["runs"]["rows"].size() == 2);
  CHECK(served.get("/api/compare?a=1&b=2").status == 200);
  CHECK(served.json("/api/ask?name=leaderboard")["rows"].size() == 2);
}

TEST_CASE(
    "a condition on a hidden study's metric is answered alike, with its notes, whether it holds or not") {
  const BlindStudy blind;
  const ServedPage served(blind.database);
  execute(blind.database,
          "UPDATE run SET status = 'running', worker = 'elsewhere:1', lease_until = 4e9 WHERE id = 4");
  const auto asked = [&](const std::string& where) {
    return served.json("/api/runs?where=" + encoded(where + " and status = running")).dump();
  };
  CHECK(asked("last(test.accuracy) > -1") == asked("last(test.accuracy) > 2"));
}

TEST_CASE("a hidden run's page has neither its selected epoch, nor what its epochs took and repeated") {
  const BlindStudy blind;
  execute(
      blind.database,
      "INSERT INTO repeated_epoch(run_id, epoch, attempt, metric, first, again) VALUES (1, 1, 2, 'test.accuracy', 0.5, 0.6)");
  const ServedPage served(blind.database);
  for (const bool hidden : {true, false}) {
    if (!hidden) blind.end_it();
    const std::string run = served.get("/api/run?id=1").body;
    for (const char* fact : {"selected epoch", "time of the epochs", "epochs reported twice"}) {
      CAPTURE(hidden, fact);
      CHECK((run.find(fact) == std::string::npos) == hidden);
    }
  }
}

TEST_CASE("the list of runs has numbers on test of runs that are done alone") {
  Small small;
  small.run();
  execute(small.database,
          "UPDATE run SET status = 'running', worker = 'elsewhere:1', lease_until = 4e9 WHERE id = 4");
  const ServedPage served(small.database);
  for (const std::string columns : {"", "seed,accuracy,last(test.f1),validation.f1"}) {
    const auto list = served.json("/api/runs?columns=" + encoded(columns));
    CAPTURE(columns, list.dump());
    CHECK_THAT(list["hidden"].get<std::string>(), Contains("numbers on test come with the end of a run"));
    for (const auto& row : list["runs"]["rows"]) {
      const bool is_done = row["status"] == "done";
      for (const char* name : {"test.accuracy", "accuracy", "last(test.f1)"}) {
        if (row.contains(name)) CHECK(row[name].is_null() != is_done);
      }
      for (const char* name : {"validation.accuracy", "validation.f1"}) {
        if (row.contains(name)) CHECK_FALSE(row[name].is_null());
      }
    }
  }
}

TEST_CASE("the tuning of a blind study is hidden until that study has ended") {
  const BlindStudy blind;
  execute(blind.database, "UPDATE study SET name = 'it (tuning)'");
  blind.end_it();
  const ServedPage served(blind.database);
  CHECK(served.json("/api/study?id=1")["headline"] == "Hidden until the study that it tunes for has ended");
  CHECK(served.get("/api/compare?a=1&b=2").status == 400);
  CHECK_THAT(served.json("/api/runs").dump(), Contains("it (tuning), hidden until"));
  execute(
      blind.database,
      "INSERT INTO study(name, question, config, config_sha256, plan_sha256, created_at) SELECT 'it', question, config, "
      "config_sha256, plan_sha256, created_at FROM study");
  const ServedPage again(blind.database);
  CHECK(again.json("/api/study?id=1")["hidden"] == false);
}

TEST_CASE("curves of a blind study's runs stay hidden while they are trained") {
  const BlindStudy blind;
  execute(blind.database,
          "UPDATE run SET status = 'running', worker = 'elsewhere:1', lease_until = 4e9 WHERE id = 4");
  const Json told = ServedPage(blind.database).json("/api/changes?since=&study=1")["study"]["running"];
  REQUIRE(told.size() == 1);
  CHECK(told[0]["epoch"] == 2);
  CHECK_FALSE(told[0].contains("points"));
}
