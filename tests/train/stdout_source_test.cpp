/// Lines of stdout that a pattern matches, without a program.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "base/time.hpp"
#include "support/temporary_folder.hpp"
#include "train/metrics_source.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// What a source made of this output, and what it has to tell.
struct Heard {
  Heard(const std::string& pattern, std::string_view output) {
    TrainerMetricsFrom from;
    from.stdout_line = pattern;
    const auto source = make_metrics_source(from, folder.path(), folder / "metrics.jsonl", 0);
    source->heard(output);
    source->look(true);
    note = source->note();
    if (std::filesystem::exists(folder / "metrics.jsonl"))
      lines = read_file(folder / "metrics.jsonl", 10'000);
  }

  TemporaryFolder folder;
  std::string lines, note;
};

const std::string pattern = R"(epoch (?<epoch>\d+) acc=(?<test.accuracy>\S+))";

}  // namespace

TEST_CASE("a line of stdout may be as long as 1 MiB, and it is told of a longer one") {
  const std::string end = " epoch 1 acc=0.5\n", line = "{\"epoch\": 1, \"test.accuracy\": 0.5}\n";
  for (const std::size_t bytes : {4'097, 1 << 20}) {
    const Heard heard(pattern, std::string(bytes - end.size() + 1, 'x') + end);
    CHECK(heard.lines == line);
    CHECK(heard.note.empty());
  }
  const std::string longer = std::string((1 << 20) - end.size() + 2, 'x') + end;
  const Heard heard(pattern, end + longer);
  CHECK(heard.lines == line);
  CHECK(
      heard.note ==
      "a line of its stdout was longer than 1024 KiB, and was not matched with trainer.metrics_from.stdout");
  CHECK_THAT(Heard(pattern, longer + longer).note, Catch::StartsWith("2 lines of its stdout were longer"));
}

TEST_CASE("a pattern with many ways to match takes no longer than others") {
  const Stopwatch watch;
  CHECK(Heard("(a+)+b epoch (?<epoch>\\d+)", std::string(100'000, 'a') + '\n').lines.empty());
  CHECK(watch.seconds() < 10.0);
}

TEST_CASE("what would take time beyond any bound is refused, or matched with short lines alone") {
  CHECK_THROWS_WITH(Heard(R"((?<acc>.+)\1)", ""), Catch::Contains("without references to groups"));
  CHECK_THAT(Heard("(?=.*b)(?<acc>a+)", std::string(4'097, 'a') + '\n').note,
             Catch::StartsWith("a line of its stdout was longer than 4 KiB"));
}

TEST_CASE("of several places and ways the first is taken, as ECMAScript does") {
  const auto value = [](const std::string& pattern_of_value, const std::string& text) {
    const std::string lines = Heard("acc=(?<acc>" + pattern_of_value + ")", text + "\n").lines;
    return lines.substr(lines.rfind(' ') + 1);
  };
  CHECK(value(R"(\d+|\d+\.\d+)", "acc=1.5") == "1}\n");
  CHECK(value(R"(\d+\.\d+|\d+)", "acc=1.5") == "1.5}\n");
  CHECK(value(R"(\d)", "acc=1 acc=2") == "1}\n");
  CHECK(value(R"(\d+?)", "acc=12") == "1}\n");
  CHECK(value(R"((?=.*d)\d+)", "acc=1 acc=2 d acc=3") == "1}\n");
}

TEST_CASE("of a progress bar's lines the last of an epoch counts") {
  const auto one = [](int epoch, const std::string& accuracy) {
    return fmt::format("{{\"epoch\": {}, \"test.accuracy\": {}}}\n", epoch, accuracy);
  };
  const std::string first = "\repoch 1 acc=0.1\repoch 1 acc=0.3",
                    second = "\repoch 2 acc=0.4\repoch 2 acc=0.5";
  CHECK(Heard(pattern, first + "\n" + second + "\n").lines == one(1, "0.3") + one(2, "0.5"));
  CHECK(Heard(pattern, first + "\r" + second + "\r").lines == one(1, "0.3") + one(2, "0.5"));
  CHECK(Heard(pattern, first + "\rsaved\n" + second).lines == one(1, "0.3") + one(2, "0.5"));
  const std::string unnumbered = R"(acc=(?<test.accuracy>\S+))";
  CHECK(Heard(unnumbered, "acc=0.1\racc=0.3\r\nacc=0.4\racc=0.5\n").lines == one(1, "0.3") + one(2, "0.5"));
}

TEST_CASE("two lines of an epoch with other numbers are refused, with what it was and is") {
  CHECK(Heard(pattern, "epoch 1 acc=0.3\nbest: epoch 1 acc=0.3\n").lines.ends_with("0.3}\n"));
  CHECK_THROWS_WITH(
      Heard(pattern, "epoch 1 acc=0.1\nepoch 1 acc=0.3\n"),
      Catch::Contains("stdout: several lines are of epoch 1: test.accuracy was 0.1 and is 0.3") &&
          Catch::Contains("its last"));
}
