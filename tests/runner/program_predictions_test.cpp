#include "runner/program_predictions.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

TEST_CASE("a program's predictions give the whole suite, classes and confusions") {
  TemporaryFolder folder;
  CHECK_FALSE(read_predictions(folder.path(), "test"));
  // By hand: three of four are right; the log loss is -(ln 0.7 + ln 0.8 + ln 0.5 + ln 0.2) / 4.
  folder.write("predictions_test.csv",
               "truth,a,b,c\n0,0.7,0.2,0.1\n1,0.1,0.8,0.1\n2,0.3,0.2,0.5\n2,0.5,0.3,0.2\n");
  const auto found = read_predictions(folder.path(), "test");
  REQUIRE(found);
  CHECK(found->truth == std::vector<std::uint8_t>{0, 1, 2, 2});
  CHECK(found->evaluation.predicted == std::vector<std::uint8_t>{0, 1, 2, 0});
  CHECK(found->evaluation.suite.accuracy == 0.75);
  CHECK(found->evaluation.suite.top3_accuracy == 1.0);
  CHECK(found->evaluation.suite.log_loss == Approx(0.7206009).epsilon(1e-6));
  CHECK(found->evaluation.classes[2].support == 2);
  CHECK(found->evaluation.classes[2].recall == 0.5);
  CHECK(unread_predictions(folder.path()).empty());
  folder.write("predictions_test.npy", "");
  CHECK(unread_predictions(folder.path()) == "; predictions_test.npy is not read, predictions_test.csv is");
  CHECK(found->evaluation.confusion == std::vector<std::uint32_t>{1, 0, 0, 0, 1, 0, 1, 0, 1});
}

TEST_CASE("predictions that are none are refused with their place") {
  TemporaryFolder folder;
  const auto refusal = [&](const std::string& text) {
    folder.write("predictions_test.csv", text);
    try {
      read_predictions(folder.path(), "test");
    } catch (const RequestError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK_THAT(refusal("a,b\n"), Catch::Contains("does not begin with a column truth"));
  CHECK_THAT(refusal("truth,a,b\n0,0.5\n"), Catch::Contains("expected 3"));
  CHECK_THAT(refusal("truth,a,b\n2,0.5,0.5\n"), Catch::Contains("csv:2:1: 2 is no class from 0 to 1"));
  CHECK_THAT(refusal("truth,a,b\n1,0.5,1.5\n"), Catch::Contains("csv:2:7: 1.5 is no probability"));
  CHECK_THAT(refusal("truth,a,b\n1,0.5,x\n"), Catch::Contains("found 'x', expected a number"));
  CHECK_THAT(refusal("truth,a,b\n1,0.55,0.45\n1,0.55,0.4"),
             Catch::Contains("csv:3:3: the probabilities of the row add up to 0.95, not 1"));
  CHECK(refusal("truth,a,b\n1,0.55,0.44\n").empty());
  CHECK_THAT(refusal("truth,a,b\n"), Catch::Contains("has no row below its header"));
  CHECK_THAT(refusal("truth,a\n0,1\n"), Catch::Contains("1 classes, expected 2 to 256"));
}

}  // namespace
