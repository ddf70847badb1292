#include "cli/progress.hpp"

#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace ablate;

namespace {

RunRecord run_of(const std::string& variant, std::int64_t seed) {
  RunRecord run;
  run.variant = variant;
  run.seed = seed;
  return run;
}

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

/// Two workers, one cell each; one cell is done, one diverges.
void play(SweepListener& progress) {
  const RunRecord a = run_of("a", 1), b = run_of("b", 1);
  progress.planned({.cells = 2, .left = 2}, 2);
  progress.cell_started(0, a);
  progress.cell_started(1, b);
  progress.epoch_ended(0, a, progress_of(1, 0.5));
  progress.tick();
  progress.cell_ended(0, a, RunStatus::done, "", {.cells = 2, .done = 1, .left = 1});
  progress.cell_ended(1, b, RunStatus::diverged, "loss was \"nan\"", {.cells = 2, .done = 1, .diverged = 1});
}

struct Shown {
  std::string out, err;
};

Shown shown(Display display) {
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  play(*make_progress(console, display));
  return {out.str(), err.str()};
}

}  // namespace

TEST_CASE("away from a terminal progress is one plain line a cell") {
  const Shown text = shown(Display::lines);
  CHECK(text.out.empty());
  CHECK(text.err.starts_with(
      "2 cells, 2 to train, 2 workers\n[1/2] a seed 1: done in 0.0 s, accuracy 0.5000 test "
      "(epoch 1 of 1)\n"));
  CHECK(text.err.ends_with("[2/2] b seed 1: diverged (loss was \"nan\")\n"));
  CHECK(text.err.find('\x1b') == std::string::npos);
}

TEST_CASE("quiet progress tells only of cells that did not end well") {
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
      CHECK(object["test_accuracy"] == 0.5);
    }
    if (object["event"] == "cell_ended" && object["status"] == "diverged") {
      CHECK(object["why"] == "loss was \"nan\"");
    }
  }
  CHECK(events == std::vector<std::string>{"planned", "cell_started", "cell_started", "epoch_ended",
                                           "cell_ended", "cell_ended"});
}

TEST_CASE("on a terminal the sweep and each worker have a line, drawn in place, and nothing of them stays") {
  const std::string text = shown(Display::terminal).err;
  CHECK(text.find("  1  a seed 1  first epoch") != std::string::npos);
  CHECK(text.find("0/2 cells, 2 running") != std::string::npos);
  CHECK(text.ends_with("\x1b[J"));
}

TEST_CASE("a live view that was drawn on a wide terminal is erased whole on a narrow one") {
  static int width;
  width = 200;
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  {
    const auto view = make_live_view(console, [] { return width; });
    view->planned({.cells = 1, .left = 1}, 1);
    view->cell_started(0, run_of(std::string(95, 'v'), 1));  // 2 + 1 + 2 + 95 + 7 + 13 = 120 columns
    width = 50;
    err.str("");
  }
  CHECK(err.str() == "\r\x1b[4A\x1b[J");  // one row of the sweep's line, three of the worker's
}

TEST_CASE("a bar fills with its share, and a line is cut to the terminal by characters, not bytes") {
  CHECK(progress_bar(0.0, 4) == "[....]");
  CHECK(progress_bar(0.5, 4) == "[##..]");
  CHECK(progress_bar(1.0, 4) == "[####]");
  CHECK(fit("short", 10) == "short");
  CHECK(fit("a line too long", 10) == "a line ...");
  CHECK(fit("ääääää", 6) == "ääääää");
  CHECK(fit("ääääääää", 6) == "äää...");
}
