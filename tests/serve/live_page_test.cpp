#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/small_study.hpp"
#include "report/answer_words.hpp"
#include "report/collect.hpp"
#include "report/sections/list.hpp"
#include "serve/served_page.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Json = nlohmann::json;

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) { return read_file(file, std::size_t{1} << 26); }

/// A copy of the trained study's file that a test may spoil.
struct Copy {
  TemporaryFolder folder;
  fs::path database = folder / "copy.db";
  Copy() { fs::copy_file(trained().database, database); }
};

}  // namespace

TEST_CASE(
    "the first screen of a study is what its report says: question, headline, bullets, plot and table") {
  const ServedPage served(trained().database);
  const Json studies = served.json("/api/studies");
  REQUIRE(studies["studies"].size() == 1);
  CHECK(studies["studies"][0]["name"] == "small");
  CHECK(studies["studies"][0]["done"] == 4);
  const Json study = served.json("/api/study?id=" + studies["studies"][0]["id"].dump());
  const Comparison comparison = collect(Reader(trained().database), "small", {});
  CHECK(study["question"] == "Does the skip matter?");
  CHECK(study["headline"] == headline(comparison));
  CHECK(study["bullets"].size() == answer_bullets(comparison).size());
  const std::string table = study["table"], plot = study["plot"]["wide"];
  CHECK(table.find("projection") != std::string::npos);
  CHECK(study["table_notes"] == comparison_section(comparison).notes);
  CHECK(plot.find("<svg") == 0);
}

TEST_CASE("nothing new is told in a word, and a change of the file makes it news") {
  const Copy copy;
  const ServedPage served(copy.database);
  const Json first = served.json("/api/changes?since=&study=1");
  CHECK(first["study"]["counts"] == Json{{"done", 4}});
  CHECK(first["running"] == false);
  const std::string again = "/api/changes?study=1&since=" + first["cursor"].get<std::string>();
  CHECK(served.get(again).status == 304);
  CHECK(served.get(again).body.empty());
  ablate_says({"note", "small", "seen", "--db", copy.database.string()});
  CHECK(served.get(again).status == 200);
  CHECK(served.json(again)["cursor"] != first["cursor"]);
}

TEST_CASE("points that are known of a run are not told again, but all of them once it began anew") {
  const Folder folder;
  const fs::path database = folder / "a.db";
  Store store(database);
  const std::int64_t id = store.plan(study_named("s"), {variant_named("v")}, std::vector<std::int64_t>{1});
  const auto train = [&](int epochs) {
    const RunRecord run = claim(store, id).value();
    for (int epoch = 1; epoch <= epochs; ++epoch) store.add_epoch(run.id, epoch_of(epoch, 0.1 * epoch), 60.0);
    return run.id;
  };
  const ServedPage served(database);
  const auto told = [&](const std::string& known) {
    return served.json("/api/changes?since=&study=1&known=" + known)["study"]["running"][0];
  };
  store.finish(train(3), {.status = RunStatus::failed, .error = "lost"});
  store.allow_retry(store.failed_runs(id));
  train(2);
  const std::string attempt = told("")["attempt"];
  CHECK(told(attempt + ":1")["points"].size() == 1);
  const std::string first = attempt.substr(0, attempt.rfind('.')) + ".1";
  CHECK(first != attempt);
  CHECK(told(first + ":3")["points"].size() == 2);
}

TEST_CASE("a results file that goes away and comes back is told, and the page goes on") {
  const Copy copy;
  const ServedPage served(copy.database);
  CHECK(served.json("/api/changes?since=").contains("running"));
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(copy.database.string() + end);
  const Json gone = served.json("/api/changes?since=");
  CHECK(gone["fault"].get<std::string>().find("copy.db") != std::string::npos);
  CHECK(served.get("/api/study?id=1").status == 400);
  fs::copy_file(trained().database, copy.database);
  CHECK(served.json("/api/changes?since=" + gone["cursor"].get<std::string>()).contains("running"));
  write_file(copy.database, std::string(8192, 'x'));
  CHECK(served.json("/api/changes?since=").contains("fault"));
  CHECK(served.get("/").status == 200);
}

TEST_CASE(
    "a long curve keeps its lowest and highest value and where it has no number, and says what it leaves out") {
  const Copy copy;
  const ServedPage served(copy.database);
  CHECK(served.json("/api/run?id=1")["every"] == 1);
  execute(
      copy.database,
      "WITH RECURSIVE all_of(epoch) AS (SELECT 1 UNION ALL SELECT epoch + 1 FROM all_of WHERE epoch < 30000) "
      "INSERT OR REPLACE INTO epoch_metric(run_id, split, epoch, accuracy) SELECT 1, 'validation', epoch, "
      "CASE epoch WHEN 12345 THEN 0.01 WHEN 15001 THEN 0.99 WHEN 20001 THEN NULL ELSE 0.5 END FROM all_of");
  const Json run = served.json("/api/run?id=1"), points = run["curves"]["validation"];
  CHECK(run["every"] == 46);  // 666 parts of 30,000 epochs, of three points each
  CHECK(points.size() <= 2000);
  for (const Json& point : {Json{12345, 0.01}, Json{15001, 0.99}, Json{20001, nullptr}})
    CHECK(std::count(points.begin(), points.end(), point) == 1);
  CHECK(points.back() == Json{30000, 0.5});
}

TEST_CASE("a run's page has its curves, what differs from the baseline and its log's place") {
  const ServedPage served(trained().database);
  const Json run = served.json("/api/run?id=3");
  CHECK(run["variant"] == "skip=projection");
  CHECK(run["curves"]["test"].size() == 2);
  CHECK(run["tables"][0]["title"] == "What differs from the baseline");
  CHECK(run["tables"][0]["html"].get<std::string>().find("model.skip") != std::string::npos);
  CHECK(served.get("/api/run?id=99").status == 400);
}

TEST_CASE("a run's page has the fingerprint that a study of this run alone would have") {
  const Small small;
  std::string study = small_study;
  study.erase(study.find("variants:"), study.find("seeds:") - study.find("variants:"));
  write_file(small.file, study);
  REQUIRE(ablate_says({"run", small.file, "--set", "seeds=1", "-q", "-j", "1", "--db", small.database,
                       "--out", small.report})
              .code == 0);
  const std::string all = ablate_says({"doctor", "--db", small.database, "--fingerprint", "small"}).out;
  const Json run = ServedPage(small.database).json("/api/run?id=1");
  CHECK(run["tables"].dump().find(all.substr(0, 16)) != std::string::npos);
}

TEST_CASE("a condition finds runs in the language of `ablate runs`, and its faults are told as there") {
  const ServedPage served(trained().database);
  const Json found = served.json("/api/runs?where=" + encoded("skip = none"));
  CHECK(found["runs"]["rows"].size() == 2);
  CHECK(found["studies"]["rows"][0]["runs"] == 2);
  const RawReply wrong = served.get("/api/runs?where=" + encoded("skip = nne"));
  CHECK(wrong.status == 400);
  CHECK(wrong.body.find("did you mean 'none'?") != std::string::npos);
  const Json offers = served.json("/api/offers?typed=" + encoded("skip = "))["offers"];
  CHECK(offers[0]["word"] == "skip = none");
}

TEST_CASE("two variants and two runs are compared as `ablate compare` does") {
  const ServedPage served(trained().database);
  CHECK(served.json("/api/compare?a=1&b=2")["rows"]["Compared"][0]["B"].get<std::string>().find(
            "projection") != std::string::npos);
  CHECK(served.json("/api/compare?a=1&b=3&runs=1")["studies"] == Json{1, 1});
  CHECK(served.get("/api/compare?a=1&b=99").status == 400);
}

TEST_CASE("SQL reads and nothing else, and one that runs away is ended while others are answered") {
  const Copy copy;
  const std::string before = bytes_of(copy.database);
  const ServedPage served(copy.database);
  CHECK(served.json("/api/ask?sql=" + encoded("SELECT count(*) AS n FROM run"))["rows"][0]["n"] == 4);
  CHECK(served.json("/api/ask?name=leaderboard")["rows"].size() == 2);
  for (const char* sql :
       {"DELETE FROM run", "ATTACH '/tmp/x.db' AS x", "PRAGMA user_version = 3", "SELECT load_extension('x')",
        "SELECT 1; SELECT 2", "--db=/etc/passwd", "leaderboard"}) {
    CAPTURE(sql);
    CHECK(served.get("/api/ask?sql=" + encoded(sql)).status == 400);
  }
  CHECK(served.get("/api/ask?name=--help").status == 400);
  const ServedPage impatient(copy.database, false, 1.0);
  const RawConnection runaway(impatient.port), second(impatient.port);
  const std::string sql =
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t";
  for (const RawConnection* one : {&runaway, &second})
    one->send("GET /api/ask?sql=" + encoded(sql) +
              " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  CHECK(impatient.get("/api/changes?since=").status == 200);
  CHECK(impatient.get("/api/studies").status == 200);
  CHECK(impatient.get("/api/run?id=1").status == 200);
  const RawReply ended = parse_reply(runaway.read_all(60.0));
  CHECK(ended.status == 400);
  CHECK(bytes_of(copy.database) == before);
}

TEST_CASE("a page that asks again has no runaway of its own to wait for") {
  const ServedPage served(trained().database, false, 60.0);
  const RawConnection first(served.port), second(served.port);
  const std::string sql =
      "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t";
  for (const RawConnection* one : {&first, &second})
    one->send("GET /api/ask?page=0.5&sql=" + encoded(sql) +
              " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  const auto gave_way = [](const RawConnection& one) {
    const RawReply ended = parse_reply(one.read_all(60.0));
    return ended.status == 400 &&
           ended.body.find("the next question of this page took its place") != std::string::npos;
  };
  CHECK(gave_way(first));
  CHECK(served.json("/api/ask?page=0.5&sql=" + encoded("SELECT 7 AS n"))["rows"][0]["n"] == 7);
  CHECK(gave_way(second));
}

TEST_CASE("a request of more than 16 KB is refused by its status, and the page goes on") {
  const ServedPage served(trained().database);
  for (const std::size_t length : {std::size_t{15'000}, std::size_t{17'000}, std::size_t{1'000'000}}) {
    CAPTURE(length);
    const RawReply reply = served.get("/api/ask?sql=" + std::string(length, 'x'));
    CHECK((reply.status == 400 || reply.status == 413 || reply.status == 414 || reply.status == 431));
  }
  CHECK(served.get("/api/studies").status == 200);
}

TEST_CASE("what a hostile client asks leaves the results file as it was, byte for byte") {
  const Copy copy;
  const std::string before = bytes_of(copy.database);
  const ServedPage served(copy.database);
  for (const char* target :
       {"/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/live.js", "/page/live.js", "/live.js/",
        "//live.js", "/index.html.mustache", "/api/", "/api/../live.js", "/copy.db"}) {
    CAPTURE(target);
    CHECK(served.get(target).status == 404);
  }
  for (const char* target : {"/api/study?id=1%20OR%201=1", "/api/study?id=-1", "/api/study",
                             "/api/run?id=1e3", "/api/run?id=../1", "/api/run?id=99999999999999999999",
                             "/api/runs?study=x", "/api/compare?a=1", "/api/runs?sort=--db%3Dx"}) {
    CAPTURE(target);
    CHECK(served.get(target).status == 400);
  }
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
    CHECK(ask_raw(served.port, "/api/studies", {"Content-Length: 4"}, method).status == 405);
  }
  CHECK(ask_raw(served.port, "/api/studies", {"Host: evil.example"}).status == 403);
  CHECK(ask_raw(served.port, "/api/studies", {"Origin: http://evil.example"}).status == 403);
  CHECK(ask_raw(served.port, "/api/studies", {"Sec-Fetch-Site: cross-site"}).status == 403);
  CHECK(ask_raw(served.port, "/api/ask?name=leaderboard", {"Host: a", "Host: 127.0.0.1"}).status == 403);
  served.get("/api/study?id=1");
  CHECK(bytes_of(copy.database) == before);
}

TEST_CASE("every file of the page is served under its name, with the headers that protect it") {
  const ServedPage served(trained().database);
  for (const char* file : {"/", "/page.js", "/chart.js", "/live.js", "/study.js", "/words.js", "/start.js",
                           "/report.css", "/live.css"}) {
    const RawReply reply = served.get(file);
    CAPTURE(file);
    CHECK(reply.status == 200);
    CHECK(reply.body.size() > 100);
    CHECK(reply.head.find("Content-Security-Policy: default-src 'none'") != std::string::npos);
    CHECK(reply.head.find("X-Content-Type-Options: nosniff") != std::string::npos);
  }
  const std::string page = served.get("/").body;
  CHECK(page.find("<script>") == std::string::npos);
  CHECK(page.find("style=") == std::string::npos);
  CHECK(page.find("onclick") == std::string::npos);
}

TEST_CASE("a look that is on record is not written down again") {
  const Copy copy;
  const auto looks = [&] { return Reader(copy.database).looks(1).size(); };
  const std::size_t before = looks();
  CHECK(ServedPage(copy.database).json("/api/study?id=1")["off_record"] == "");
  CHECK(looks() == before);  // the sweep's own report was that look
  CHECK(ServedPage(copy.database, true).json("/api/study?id=1")["hidden"] == false);  // it is done
  CHECK(looks() == before);
}

TEST_CASE("a look that the file refused is tried again at every request, until it is on record") {
  const Copy copy;
  execute(copy.database, "DELETE FROM look");
  const ServedPage served(copy.database);
  const auto off_record = [&] { return served.json("/api/study?id=1")["off_record"].get<std::string>(); };
  SQLite::Database other(copy.database.string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  CHECK(off_record() != "");
  other.exec("COMMIT");
  CHECK(Reader(copy.database).looks(1).empty());
  CHECK(off_record() == "");
  CHECK(Reader(copy.database).looks(1).size() == 1);
}

TEST_CASE("the head of an answer is no look, and an answer that is read after it is one") {
  const Copy copy;
  execute(copy.database, "DELETE FROM look");
  const ServedPage served(copy.database);
  for (const char* target : {"/api/study?id=1", "/api/compare?a=1&b=2"})
    CHECK(ask_raw(served.port, target, {}, "HEAD").status == 200);
  CHECK(Reader(copy.database).looks(1).empty());
  served.get("/api/study?id=1");
  CHECK(Reader(copy.database).looks(1).size() == 1);
}

TEST_CASE("what is told is of the file that is there now, though one that it replaced said the same") {
  const Copy copy;
  const std::string other = copy.database.string() + ".other";
  fs::copy_file(copy.database, other);
  execute(other, "UPDATE study SET question = 'Another?'");
  const ServedPage served(copy.database);
  execute(other, "UPDATE run SET obsolete = 1 WHERE id = 4");
  CHECK(served.json("/api/study?id=1")["question"] == "Does the skip matter?");
  const auto done = [&] { return served.json("/api/changes?since=&study=1")["study"]["counts"]["done"]; };
  CHECK(done() == 4);
  fs::rename(other, copy.database);
  CHECK(done() == 3);
  CHECK(served.json("/api/study?id=1")["question"] == "Another?");
}

TEST_CASE("a half-typed key is completed wherever its parts begin, the nearest first") {
  const Copy copy;
  execute(copy.database, "INSERT INTO run_value VALUES (1, '', 'val/acc@1', 1, 0.5)");
  const ServedPage served(copy.database);
  const auto offered = [&](const std::string& typed) {
    std::vector<std::string> words;
    const Json told = served.json("/api/offers?typed=" + encoded(typed));
    for (const Json& one : told["offers"]) words.push_back(one["word"]);
    return words;
  };
  using Words = std::vector<std::string>;
  CHECK(offered("hidd") == Words{"model.hidden"});
  CHECK(offered("seed = 1 and acc") == Words{"seed = 1 and test.accuracy", "seed = 1 and validation.accuracy",
                                             "seed = 1 and train.accuracy"});
  CHECK(offered("skip = pro") == Words{"skip = projection"});
  CHECK(offered("seed = 1 and val/a") == Words{"seed = 1 and `val/acc@1`"});
  CHECK(offered("`val/a") == Words{"`val/acc@1`"});
  const Words begun = offered("st");
  REQUIRE(begun.size() > 2);
  CHECK(begun[0].starts_with("st"));
  CHECK(offered("").size() == 30);
  CHECK(offered("nothing_is_called_so").empty());
}
