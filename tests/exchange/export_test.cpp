#include "exchange/export.hpp"

#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/base64.hpp"
#include "base/file.hpp"
#include "exchange/import.hpp"
#include "store/store_support.hpp"
#include "store/study_rows.hpp"
#include "store/trained.hpp"
#include "support/file_size_limit.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

using Path = std::filesystem::path;
using Json = nlohmann::json;
const std::atomic<bool> go_on = false;

/// A study with everything that a format may stumble over: another study beside it, a hostile name, text that
/// is no UTF-8, a zero byte, a whole number that stands for a real one, extremes.
void train_hostile(const Path& file) {
  train(file, {.seeds = {7}, .study = "other"});
  train(file, {.study = "s"});
  execute(file,
          "UPDATE study SET name = '../x\",<b>' || char(10) || 'y', question = cast(x'ff41' AS TEXT) WHERE "
          "name = 's';"
          "UPDATE run_output SET text = 'a' || char(0) || 'b' || char(13, 10) || '\"'; "
          "UPDATE factor SET value = '1' WHERE key = 'data.x'; "
          "INSERT INTO factor SELECT id, 'empty', '', 8 FROM variant; "
          "INSERT INTO factor SELECT id, 'null', NULL, 9 FROM variant; "
          "INSERT INTO factor SELECT id, 'real', 1.0, 10 FROM variant; "
          "INSERT INTO factor SELECT id, 'whole', 9223372036854775807, 11 FROM variant; "
          "UPDATE epoch SET gradient_norm = -9e999, train_seconds = 5e-324, evaluate_seconds = 0.1 WHERE "
          "epoch = 2; "
          "INSERT INTO tag SELECT id, 'best' FROM run; "
          "INSERT INTO note SELECT NULL, hex(randomblob(16)), NULL, id, 'of a run', 't' FROM run; "
          "INSERT INTO note SELECT NULL, hex(randomblob(16)), id, NULL, 'of a study', 't' FROM study");
}

std::string hostile_name(const Path& file) {
  return row(file, "SELECT name FROM study WHERE name <> 'other'");
}

std::string as_json(const Path& file) {
  std::ostringstream out;
  REQUIRE(export_json(file, hostile_name(file), out, {}, go_on));
  return out.str();
}

std::string import_refusal(const Path& source, const Path& into) {
  return refusal([&] { merge_any({source}, into, {}, go_on); });
}

/// What an import of this text is refused with; it must make nothing.
std::string json_refusal(const std::string& text) {
  const Folder folder;
  write_file(folder / "a.json", text);
  const std::string said = import_refusal(folder / "a.json", folder / "c.db");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  return said;
}

}  // namespace

TEST_CASE("a study that was exported and imported is the same to the last bit, in each format", "[export]") {
  const Folder folder;
  const auto file = folder / "a.db", into = folder / "c.db";
  train_hostile(file);
  const std::string study = hostile_name(file), expected = as_json(file);
  Path made;
  SECTION("JSON") {
    made = folder / "s.json";
    REQUIRE(export_json(file, study, made, {}, go_on));
    CHECK(read_file(made, 1 << 24) == expected);
  }
  SECTION("CSV") {
    made = folder / "csv";
    REQUIRE(export_csv(file, study, made, {}, go_on));
  }
  SECTION("SQLite") {
    made = folder / "s.db";
    REQUIRE_FALSE(export_database(file, study, made, true, go_on).interrupted);
    CHECK(row(made, "SELECT count(*) FROM study") == "1");
    CHECK_FALSE(std::filesystem::exists(folder / "s.db-wal"));
  }
  merge_any({made}, into, {}, go_on);
  CHECK(fingerprint(into, study) == fingerprint(file, study));
  // Ids are given anew; once they are, the text of what was imported is the text of its import.
  const std::string once = as_json(into);
  export_json(into, study, folder / "again.json", {}, go_on);
  merge_any({folder / "again.json"}, folder / "d.db", {}, go_on);
  CHECK(as_json(folder / "d.db") == once);
  CHECK((contents(folder / "d.db") == contents(into)));
  for (const char* sql :
       {"SELECT hex(question), hex(name) FROM study WHERE name <> 'other'",
        "SELECT key, typeof(value), quote(value) FROM factor JOIN variant ON variant.id = variant_id JOIN "
        "study ON "
        "study.id = study_id WHERE study.name <> 'other' ORDER BY variant.name, key",
        "SELECT hex(text) FROM run_output JOIN run ON run.id = run_id WHERE seed <> 7",
        "SELECT quote(gradient_norm), quote(train_seconds), quote(evaluate_seconds) FROM epoch JOIN run ON "
        "run.id = "
        "run_id WHERE seed <> 7 ORDER BY run_id, epoch",
        "SELECT quote(weights) FROM model JOIN run ON run.id = run_id WHERE seed <> 7",
        "SELECT uuid, text FROM note WHERE run_id IN (SELECT id FROM run WHERE seed <> 7) ORDER BY uuid"}) {
    INFO(sql);
    CHECK(rows(into, sql) == rows(file, sql));
    CHECK_FALSE(rows(into, sql).empty());
  }
}

TEST_CASE("an export holds every table of the schema but the record of its steps and requests to stop",
          "[export]") {
  const Folder folder;
  const auto file = folder / "a.db";
  train(file, {});
  std::ostringstream out;
  export_json(file, "s", out, {}, go_on);
  const Json json = Json::parse(out.str());
  for (
      const std::string& table : rows(
          file,
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('migration', 'stop_request')")) {
    INFO(table);
    REQUIRE(json["tables"].contains(table));
    const auto count = row(file, fmt::format("SELECT count(*) FROM {}", table));
    CHECK(std::to_string(json["tables"][table]["rows"].size()) == count);
  }
  CHECK_FALSE(json["tables"].contains("stop_request"));
}

TEST_CASE("a request to stop goes nowhere with its study, not even out of an export that holds it",
          "[export]") {
  const Folder folder;
  const auto file = folder / "a.db";
  train(file, {.done = false});
  execute(file, "INSERT INTO stop_request SELECT id, 't' FROM run");
  REQUIRE(export_json(file, "s", folder / "s.json", {}, go_on));
  merge_any({folder / "s.json"}, folder / "b.db", {}, go_on);
  merge_any({file}, folder / "c.db", {}, go_on);
  auto older = nlohmann::ordered_json::parse(read_file(folder / "s.json", 1 << 24));
  older["tables"]["stop_request"] = {{"columns", {"run_id", "asked_at"}}, {"rows", {{1, "t"}}}};
  write_file(folder / "older.json", older.dump());
  merge_any({folder / "older.json"}, folder / "d.db", {}, go_on);
  for (const char* name : {"b.db", "c.db", "d.db"}) {
    INFO(name);
    CHECK(row(folder / name, "SELECT count(*) FROM run") == "4");
    CHECK(row(folder / name, "SELECT count(*) FROM stop_request") == "0");
  }
}

TEST_CASE("an export is the same bytes again", "[export]") {
  const Folder folder;
  train_hostile(folder / "a.db");
  CHECK(as_json(folder / "a.db") == as_json(folder / "a.db"));
}

TEST_CASE("an export with a byte order mark is read, a gzipped one and a pipe are told so", "[export]") {
  const Folder folder;
  train(folder / "a.db", {});
  std::ostringstream out;
  REQUIRE(export_json(folder / "a.db", "s", out, {}, go_on));
  write_file(folder / "mark.json", "\xEF\xBB\xBF" + out.str());
  CHECK(import_refusal(folder / "mark.json", folder / "b.db").empty());
  write_file(folder / "a.json.gz", "\x1F\x8B\x08...");
  CHECK_THAT(import_refusal(folder / "a.json.gz", folder / "c.db"),
             Catch::Contains("a.json.gz is gzipped") && Catch::Contains("gunzip -k"));
  CHECK_THAT(import_refusal("/dev/null", folder / "c.db"),
             Catch::Contains("/dev/null is not a file") && Catch::Contains("write it to a file first"));
  CHECK_THAT(import_refusal("-", folder / "c.db"),
             Catch::Contains("not standard input") && Catch::Contains("write it to a file first"));
  CHECK_THAT(import_refusal(folder / "none.json", folder / "c.db"),
             Catch::Contains("there is no " + (folder / "none.json").string()) && !Catch::Contains("--db"));
}

TEST_CASE("an export that was cut short anywhere is refused and nothing is made", "[export]") {
  const Folder folder;
  train_hostile(folder / "a.db");
  const std::string whole = as_json(folder / "a.db");
  for (std::size_t length = 1; length + 3 < whole.size(); length += whole.size() / 40) {
    INFO(length);
    CHECK_THAT(json_refusal(whole.substr(0, length)), Contains("no JSON from byte"));
  }
}

TEST_CASE("JSON that is not a whole export is refused by what is wrong with it", "[export]") {
  const auto [text, said] = GENERATE(table<std::string, std::string>({
      {R"({})", "is not an export of ablate"},
      {R"({"format": "other", "version": 1, "schema": 6, "tables": {}})", "is not an export of ablate"},
      {R"({"songs": [{"a": {"b": [[[[]]]]}}]})", "is not an export of ablate"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {}})", "no table 'study'"},
      {R"({"format": "ablate study", "version": 2, "schema": 6, "tables": {}})", "newer ablate"},
      {R"({"format": "ablate study", "version": 1, "schema": 600, "tables": {}})", "newer ablate"},
      {R"({"format": "ablate study", "version": 1, "schema": -6, "tables": {}})", "which version"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {"x": {"columns": ["id"], "rows": []}}})",
       "a table 'x'"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {"migration": {"columns": ["version"],
       "rows": []}}})",
       "a table 'migration'"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {"study": {"columns": ["id) --"],
       "rows": []}}})",
       "a column 'id) --' of study"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {"tag": {"columns": ["run_id", "name"],
       "rows": [[1]]}}})",
       "row 1 of tag has 1 values for 2 columns"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {"tag": {"columns": ["run_id", "name"],
       "rows": [[1, true]]}}})",
       "a truth value in the table 'tag'"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {"tag": {"columns": ["run_id", "name"],
       "rows": [[1, {"evil": "x"}]]}}})",
       "a value 'evil'"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {"tag": {"columns": ["run_id", "name"],
       "rows": [["x", "y"]]}}})",
       "row 1 of tag breaks the schema"},
      {R"({"format": "ablate study", "version": 1, "schema": 6, "tables": {"study": {"columns": ["id", "name",
       "question", "config", "config_sha256", "plan_sha256", "created_at"], "rows": [[1, "s", "", "", "", "", ""]]},
       "tag": {"columns": ["run_id", "name"], "rows": [[1, "y"]]}}})",
       "a row of tag points to a run that is not there"},
  }));
  INFO(text);
  CHECK_THAT(json_refusal(text), Contains(said));
}

TEST_CASE("CSV that was changed, cut or lacks a file is refused and nothing is made", "[export]") {
  const Folder folder;
  train(folder / "a.db", {});
  REQUIRE(export_csv(folder / "a.db", "s", folder / "csv", {}, go_on));
  const auto csv = folder / "csv/epoch_metric.csv", manifest = folder / "csv/manifest.json";
  const std::string text = read_file(csv, 1 << 20), json = read_file(manifest, 1 << 20);
  std::string said = "epoch_metric.csv is not as it was exported";
  SECTION("a row less") { write_file(csv, text.substr(0, text.rfind('\n', text.size() - 2) + 1)); }
  SECTION("a digit") {
    std::string changed = text;
    changed[changed.rfind('1')] = '2';
    write_file(csv, changed);
  }
  SECTION("no file") {
    std::filesystem::remove(csv);
    said = "epoch_metric.csv is not there";
  }
  SECTION("text without quotes") {
    write_file(csv, text + "1,train,nonsense,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n");
    said = "'train' is neither a number nor in quotes";
  }
  SECTION("half a manifest") {
    write_file(manifest, json.substr(0, json.size() / 2));
    said = "is not the manifest of an ablate export";
  }
  SECTION("a path for a table") {
    std::string changed = json;
    changed.replace(changed.find("\"epoch_metric\""), 14, "\"../../secret\"");
    write_file(manifest, changed);
    said = "a table '../../secret'";
  }
  CHECK_THAT(import_refusal(folder / "csv", folder / "c.db"), Contains(said));
  CHECK_FALSE(std::filesystem::exists(folder / "c.db"));
}

TEST_CASE("an export goes to no place that is taken, and leaves nothing half-written", "[export]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Trained much;
  for (std::int64_t seed = 3; seed <= 40; ++seed) much.seeds.push_back(seed);
  train(file, much);
  write_file(folder / "taken", std::string("mine"));
  CHECK_THAT(refusal([&] { export_json(file, "s", folder / "taken", {}, go_on); }),
             Contains("is there already"));
  CHECK_THAT(refusal([&] { export_csv(file, "s", folder / "taken", {}, go_on); }),
             Contains("is there already"));
  CHECK_THAT(refusal([&] { export_database(file, "s", folder / "taken", true, go_on); }),
             Contains("is there already"));
  CHECK(read_file(folder / "taken", 10) == "mine");
  CHECK_THAT(refusal([&] { export_json(file, "t", folder / "x", {}, go_on); }), Contains("has no study 't'"));
  const std::atomic<bool> stop = true;
  CHECK_FALSE(export_json(file, "s", folder / "x", {}, stop));
  CHECK_FALSE(export_csv(file, "s", folder / "x", {}, stop));
  CHECK(export_database(file, "s", folder / "x", true, stop).interrupted);
  {
    const FileSizeLimit full(50'000);
    CHECK_THAT(refusal([&] { export_json(file, "s", folder / "x", {}, go_on); }), Contains("cannot write"));
    CHECK_THAT(refusal([&] { export_csv(file, "s", folder / "x", {}, go_on); }), Contains("cannot write"));
    CHECK_THAT(refusal([&] { export_database(file, "s", folder / "x", true, go_on); }), Contains("/x"));
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    const std::string name = entry.path().filename().string();
    CHECK((name == "taken" || name.starts_with("a.db")));
  }
}

TEST_CASE("base64 is that of RFC 4648") {
  const auto encoded = [](std::string_view text) {
    return base64({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  };
  // The test vectors of section 10.
  CHECK(encoded("").empty());
  CHECK(encoded("f") == "Zg==");
  CHECK(encoded("fo") == "Zm8=");
  CHECK(encoded("foobar") == "Zm9vYmFy");
  CHECK(bytes_of_base64("Zm8=") == std::vector<std::uint8_t>{'f', 'o'});
  CHECK_FALSE(bytes_of_base64("Zm8").has_value());
  CHECK_FALSE(bytes_of_base64("Z*8=").has_value());
}

TEST_CASE("an export without weights has everything else, in each format", "[export]") {
  const Folder folder;
  const auto file = folder / "a.db", into = folder / "c.db";
  train(file, {});
  REQUIRE(row(file, "SELECT count(*) > 0 FROM model") == "1");
  SECTION("JSON") { export_json(file, "s", folder / "s.json", {.weights = false}, go_on); }
  SECTION("CSV") { export_csv(file, "s", folder / "s", {.weights = false}, go_on); }
  SECTION("SQLite") { export_database(file, "s", folder / "s.db", false, go_on); }
  for (const char* name : {"s.json", "s", "s.db"}) {
    if (std::filesystem::exists(folder / name)) merge_any({folder / name}, into, {}, go_on);
  }
  CHECK(row(into, "SELECT count(*) FROM model") == "0");
  CHECK(fingerprint(into) == fingerprint(file));
  merge_any({file}, into, {}, go_on);  // the weights come along later
  CHECK((contents(into) == contents(file)));
}
