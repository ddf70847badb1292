#include "ablate/cli/progress.hpp"

#include <sstream>

#include <catch2/catch.hpp>

using namespace ablate;

namespace {

RunRecord run_of(const std::string& variant, std::int64_t seed) {
  RunRecord run;
  run.variant = variant;
  run.seed = seed;
  return run;
}

EpochReport report_of(int epoch, double accuracy) {
  EpochReport report;
  report.epoch = epoch;
  report.epochs = 4;
  report.loss = 1.5;
  report.samples_per_second = 1234;
  report.selected = true;
  report.evaluations.test.emplace().suite.accuracy = accuracy;
  return report;
}

std::string shown(Display display) {
  std::ostringstream out, err;
  std::istringstream in;
  Console console{out, err, in};
  {
    const auto progress = make_progress(console, display);
    progress->planned({2, 0, 0, 0, 2});
    progress->cell_started(run_of("a", 1));
    progress->epoch_ended(run_of("a", 1), report_of(1, 0.5));
    progress->cell_ended(run_of("a", 1), RunStatus::done, "", {2, 1, 0, 0, 1});
    progress->cell_started(run_of("b", 1));
    progress->cell_ended(run_of("b", 1), RunStatus::diverged, "loss was nan", {2, 1, 1, 0, 0});
  }
  CHECK(out.str().empty());
  return err.str();
}

}  // namespace

TEST_CASE("away from a terminal progress is one plain line a cell") {
  const std::string text = shown(Display::lines);
  CHECK(text.starts_with(
      "2 cells, 2 to train\n[1/2] a seed 1: done in 0.0 s, accuracy 0.5000 test (epoch 1 of 1)\n"));
  CHECK(text.ends_with("[2/2] b seed 1: diverged (loss was nan)\n"));
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("quiet progress tells only of cells that did not end well") {
  CHECK(shown(Display::quiet) == "[2/2] b seed 1: diverged (loss was nan)\n");
}

TEST_CASE("on a terminal the bar and the run under way are drawn in place, and nothing of them stays") {
  const std::string text = shown(Display::terminal);
  CHECK(text.find("epoch 1/4  loss 1.5000") != std::string::npos);
  CHECK(text.find("[###") != std::string::npos);
  CHECK(text.ends_with("\x1b[J"));
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
