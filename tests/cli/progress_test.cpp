#include "cli/progress.hpp"

#include <regex>
#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "text/unicode.hpp"

using namespace ablate;

namespace {

RunLabel run_of(const std::string& variant, std::int64_t seed) { return {.variant = variant, .seed = seed}; }

EpochProgress progress_of(int epoch, double accuracy) {
  EpochProgress progress;
  progress.epoch = epoch;
  progress.epochs = 4;
  progress.loss = 1.5;
  progress.samples_per_second = 1234;
  progress.selected = true;
  progress.test_accuracy = accuracy;
  return progress;
}

using enum RunEvent::Kind;

/// Two workers, one run each; one run is done, one diverges.
void play(SweepListener& progress) {
  const RunLabel a = run_of("a", 1), b = run_of("b", 1);
  progress.planned({.runs = 2, .left = 2}, 2);
  progress.happened({.kind = started, .run = a});
  progress.happened({.kind = started, .run = b, .worker = 1});
  progress.happened({.kind = epoch_ended, .run = a, .progress = progress_of(1, 0.5)});
  progress.tick();
  progress.happened(
      {.kind = ended, .run = a, .status = RunStatus::done, .counts = {.runs = 2, .done = 1, .left = 1}});
  progress.happened({.kind = ended,
                     .run = b,
                     .worker = 1,
                     .status = RunStatus::diverged,
                     .text = "loss was \"nan\"",
                     .counts = {.runs = 2, .done = 1, .diverged = 1}});
}

struct Shown {
  std::string out, err;
};

Shown shown(Display display, bool shows_test = false) {
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  play(*make_progress(console, display, shows_test));
  return {out.str(), err.str()};
}

}  // namespace

TEST_CASE("away from a terminal progress is one plain line per run, without a word on test") {
  const Shown text = shown(Display::lines);
  CHECK(text.out.empty());
  CHECK(text.err ==
        "2 runs, 2 to train, 2 workers\n[1/2] a seed 1: done in 0.0 s, loss 1.5000 (epoch 1 of 1)\n"
        "[2/2] b seed 1: diverged (loss was \"nan\")\n");
}

TEST_CASE("accuracy on test is shown while training only where it was asked for, in every display") {
  for (const Display display : {Display::lines, Display::terminal, Display::json}) {
    CAPTURE(static_cast<int>(display));
    const Shown plain = shown(display), asked = shown(display, true);
    CHECK_THAT(plain.out + plain.err, !Catch::Contains("test"));
    CHECK_THAT(asked.out + asked.err, Catch::Contains("test"));
  }
  CHECK_THAT(shown(Display::lines, true).err,
             Catch::Contains("done in 0.0 s, test accuracy 0.5000 (epoch 1"));
}

TEST_CASE("quiet progress tells only of runs that did not end well") {
  CHECK(shown(Display::quiet).err == "[2/2] b seed 1: diverged (loss was \"nan\")\n");
}

TEST_CASE("for machines every event is a JSON object on a line of its own, on standard output") {
  const Shown text = shown(Display::json);
  CHECK(text.err.empty());
  std::vector<std::string> events;
  std::istringstream lines(text.out);
  for (std::string line; std::getline(lines, line);) {
    const auto object = nlohmann::json::parse(line);
    events.push_back(object["event"]);
    if (object["event"] == "epoch_ended") {
      CHECK(object["validation_accuracy"].is_null());
      CHECK_FALSE(object.contains("test_accuracy"));
    }
    if (object["event"] == "run_ended" && object["status"] == "diverged") {
      CHECK(object["why"] == "loss was \"nan\"");
    }
  }
  CHECK(events == std::vector<std::string>{"planned", "run_started", "run_started", "epoch_ended",
                                           "run_ended", "run_ended"});
}

TEST_CASE("on a terminal the sweep and each worker have a line, drawn in place, and nothing of them stays") {
  const std::string text = shown(Display::terminal).err;
  CHECK(text.find("  1  a seed 1  first epoch") != std::string::npos);
  CHECK(text.find("0/2 runs, 2 running") != std::string::npos);
  CHECK(text.ends_with("\x1b[J"));
}

TEST_CASE("a live view that was drawn on a wide terminal is erased whole on a narrow one") {
  static int width;
  width = 200;
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  {
    const auto view = make_live_view(
        console, [] { return width; }, false);
    view->planned({.runs = 1, .left = 1}, 1);
    view->happened(
        {.kind = started, .run = run_of(std::string(95, 'v'), 1)});  // 2 + 1 + 2 + 95 + 7 + 13 = 120 columns
    width = 50;
    err.str("");
  }
  CHECK(err.str() == "\r\x1b[4A\x1b[J");  // one row of the sweep's line, three of the worker's
}

TEST_CASE("a bar fills with its share") {
  CHECK(progress_bar(0.0, 4) == "[....]");
  CHECK(progress_bar(0.5, 4) == "[##..]");
  CHECK(progress_bar(1.0, 4) == "[####]");
}

TEST_CASE("no line of the live view is wider than the terminal, whatever a variant is called") {
  for (const int columns : {80, 120, 200}) {
    static int width;
    width = columns;
    std::ostringstream out, err;
    std::istringstream in;
    Console console{out, err, in};
    const std::string name = std::string(90, 'v') + "\xE6\x95\xB0\xE6\x95\xB0" + std::string(90, 'w');
    {
      const auto view = make_live_view(
          console, [] { return width; }, true);
      view->planned({.runs = 2, .left = 2}, 1);
      view->happened({.kind = started, .run = run_of(name, 1)});
      view->happened({.kind = epoch_ended, .run = run_of(name, 1), .progress = progress_of(1, 0.5)});
      view->happened({.kind = worker_died, .run = run_of(name, 1), .text = std::string(300, 'x')});
      view->happened({.kind = started, .run = run_of(name, 1)});
      view->happened({.kind = ended,
                      .run = run_of(name, 1),
                      .status = RunStatus::failed,
                      .text = std::string(300, 'x'),
                      .counts = {.runs = 2, .failed = 1, .left = 1}});
    }
    std::istringstream lines(std::regex_replace(err.str(), std::regex("\r|\x1b\\[[0-9]*[AJ]"), ""));
    for (std::string line; std::getline(lines, line);)
      CHECK(display_width(line) <= static_cast<std::size_t>(columns));
  }
}

TEST_CASE("the last words of a program stand in the line that tells its end") {
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  const auto progress = make_progress(console, Display::lines, false);
  progress->planned({.runs = 1, .left = 1}, 1);
  progress->happened({.kind = started, .run = run_of("a", 1)});
  progress->happened({.kind = ended,
                      .run = run_of("a", 1),
                      .status = RunStatus::failed,
                      .text = "exit code 1; its last words:\n    no torch\n    no luck",
                      .counts = {.runs = 1, .failed = 1}});
  CHECK_THAT(err.str(), Catch::Contains("(exit code 1; its last words: no torch / no luck)\n"));
}
