#include "train/epoch_line.hpp"

#include <cmath>
#include <fstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "support/temporary_folder.hpp"
#include "train/metrics_file.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

std::string refusal(const std::string& line) {
  try {
    parse_epoch_line(line);
  } catch (const RequestError& error) {
    return error.what();
  }
  return {};
}

TEST_CASE("a line is one epoch with numbers under any name, NaN and infinities as not a number") {
  const EpochLine line = parse_epoch_line(
      R"( {"epoch": 3, "train.loss": 0.41, "validation.accuracy": NaN, "learning_rate": 1e-3, "seconds": 2,)"
      R"( "gr\u00f6\u00dfe": -Infinity, "test.bleu": null, "x": -1.5e2, "samples": 10} )");
  CHECK(line.epoch == 3);
  REQUIRE(line.values.size() == 5);
  CHECK(line.values[0].name == "train.loss");
  CHECK(line.values[0].value == 0.41);
  CHECK(std::isnan(line.values[1].value));
  CHECK(line.values[2].name == "gr\u00f6\u00dfe");
  CHECK(std::isnan(line.values[2].value));
  CHECK(std::isnan(line.values[3].value));
  CHECK(line.values[4].value == -150.0);
  CHECK(line.learning_rate == 1e-3);
  CHECK(line.seconds == 2.0);
  CHECK(line.samples == 10.0);
  for (const char* word : {"nan", "-nan", "inf", "-inf", "Inf", "-Inf", "NA", "NaN", "Infinity"})
    CHECK(std::isnan(parse_epoch_line(fmt::format(R"({{"epoch": 1, "a": {}}})", word)).values.at(0).value));
  for (const char* value : {R"("test.log_loss": 1e40)", R"("test.mse": -1e308)"})
    CHECK(std::isnan(parse_epoch_line(fmt::format(R"({{"epoch": 1, {}}})", value)).values.at(0).value));
  CHECK(parse_epoch_line(R"({"epoch":0})").values.empty());
  CHECK(parse_epoch_line(R"({"epoch":3.0})").epoch == 3);
}

TEST_CASE("a line that is not an epoch's is refused with what is wrong with it") {
  using Catch::Contains;
  CHECK_THAT(refusal(R"({"epoch": 1, "a": {"b": 2}})"), Contains("'a' is a nested value"));
  CHECK_THAT(refusal(R"({"epoch": 1, "a": [2]})"), Contains("'a' is a nested value"));
  CHECK_THAT(refusal(R"({"epoch": 1, "a": 2, "a": 2})"), Contains("'a' appears in it twice"));
  for (const char* name : {"seconds", "samples", "learning_rate"})
    CHECK_THAT(refusal(fmt::format(R"({{"epoch": 1, "{}": -4}})", name)),
               Contains(fmt::format("\"{}\" is below 0", name)));
  CHECK_THAT(refusal(R"({"a": 2})"), Contains("it has no \"epoch\""));
  CHECK_THAT(refusal(R"({"epoch": 1.5})"), Contains("no whole number"));
  CHECK_THAT(refusal(R"({"epoch": -1})"), Contains("no whole number"));
  CHECK_THAT(refusal(R"({"epoch": NaN})"), Contains("no whole number"));
  CHECK_THAT(refusal(R"({"epoch": 1, "a": "0.5"})"), Contains("'a' is no number"));
  CHECK_THAT(refusal(R"({"epoch": 1, "a": .8})"), Contains("'a' begins with a point"));
  CHECK_THAT(refusal(R"({"epoch": 1, "a": true})"), Contains("'a' is no number"));
  CHECK_THAT(refusal("{\"epoch\": 1, \"a\xff\": 2}"), Contains("it is not UTF-8 at byte 16"));
  CHECK_THAT(
      refusal(R"({"epoch": 1, "test.accuracy": 91.2})"),
      Contains("test.accuracy is 91.2, which is not from 0 to 1") && Contains("test.accuracy_percent"));
  CHECK_THAT(refusal(R"({"epoch": 1, "validation.log_loss": -1})"), Contains("validation.log_loss is -1"));
  CHECK_THAT(refusal("epoch 1: acc 0.5"), Contains("it is no JSON object"));
  CHECK_THAT(refusal(R"({"epoch": 1} {"epoch": 2})"), Contains("after the closing brace"));
  CHECK_THAT(refusal(R"({"epoch": 1, "a": 0.5)"), Contains("it is no JSON object"));
  CHECK_THAT(refusal("{\"epoch\": 1, \"" + std::string(300, 'n') + "\": 2}"),
             Contains("longer than 200 bytes"));
  CHECK_THAT(refusal(R"({"epoch": 1, "train.mcc": -1.1})"),
             Contains("train.mcc is -1.1, which is not from -1 to 1"));
  std::string many = R"({"epoch": 1)";
  for (int i = 0; i < 10'001; ++i) many += ", \"m" + std::to_string(i) + "\": 1";
  CHECK_THAT(refusal(many + "}"), Contains("more than 10000 names"));
}

void append(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::app) << text;
}

TEST_CASE("a torn last line waits for its end, and is cut off where nobody will write it") {
  TemporaryFolder folder;
  const auto path = folder / "metrics.jsonl";
  MetricsFile file(path, 0);
  EpochLine line;
  CHECK_FALSE(file.next(line));
  append(path, "{\"epoch\": 1}\n{\"epo");
  REQUIRE(file.next(line));
  CHECK(line.epoch == 1);
  CHECK_FALSE(file.next(line));
  append(path, "ch\": 2}\n\n  \n{\"epoch\": 3");
  REQUIRE(file.next(line));
  CHECK(line.epoch == 2);
  CHECK_FALSE(file.next(line));
  CHECK_THROWS_WITH(file.last(line), Catch::Contains("metrics.jsonl:5: it is no JSON object"));
  file.drop_torn_line();
  append(path, "{\"epoch\": 4}");
  CHECK_FALSE(file.next(line));
  REQUIRE(file.last(line));
  CHECK(line.epoch == 4);
  CHECK(file.offset() == std::filesystem::file_size(path));
  MetricsFile again(path, file.offset());
  CHECK_FALSE(again.next(line));
}

TEST_CASE("a file that is written anew, cut or replaced is refused before lines are lost") {
  TemporaryFolder folder;
  const auto path = folder / "metrics.jsonl";
  const std::string first = R"({"epoch": 1, "a": 0.5})";
  EpochLine line;
  const auto read_on_after = [&](const auto& change) {
    folder.write("metrics.jsonl", first + "\n");
    MetricsFile file(path, 0);
    REQUIRE(file.next(line));
    REQUIRE_FALSE(file.next(line));
    change();
    return file.next(line);
  };
  const auto rewrite = [&] {
    folder.write("metrics.jsonl", R"({"epoch": 2, "a": 0.5})"
                                  "\n");
  };
  CHECK_THROWS_WITH(read_on_after(rewrite), Catch::Contains("metrics.jsonl was rewritten over lines"));
  CHECK_THROWS_WITH(read_on_after([&] { std::filesystem::resize_file(path, 5); }),
                    Catch::Contains("was rewritten"));
  CHECK_THROWS_WITH(read_on_after([&] { std::filesystem::remove(path); }),
                    Catch::Contains("was removed or replaced by another file"));
  CHECK_FALSE(read_on_after([] {}));
  CHECK(read_on_after([&] { append(path, "{\"epoch\": 2}\n"); }));
  folder.write("metrics.jsonl", first + "\n" + first + "\n");
  MetricsFile resumed(path, first.size() + 1);
  REQUIRE(resumed.next(line));
  CHECK_FALSE(resumed.next(line));
}

TEST_CASE("a wrong line is told with its file and number, and one without an end is not waited for") {
  TemporaryFolder folder;
  const auto path = folder / "metrics.jsonl";
  append(path, "{\"epoch\": 1}\n{\"epoch\": 2}\n{\"epoch\": x}\n");
  MetricsFile file(path, 13);
  EpochLine line;
  REQUIRE(file.next(line));
  CHECK_THROWS_WITH(file.next(line),
                    Catch::Contains("metrics.jsonl:3: it is") || Catch::Contains("metrics.jsonl:3: "));
  const auto endless = folder / "endless.jsonl";
  append(endless, std::string(LineLimits::bytes + 100, 'x'));
  MetricsFile long_file(endless, 0);
  CHECK_THROWS_WITH(long_file.next(line), Catch::Contains("endless.jsonl:1: it is longer than 4 MiB"));
  CHECK_THROWS_WITH(MetricsFile(path, 1000), Catch::Contains("is shorter than it was"));
}

}  // namespace
