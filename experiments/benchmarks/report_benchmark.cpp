// The whole report of 200 runs of 50 epochs and 3 splits, without the time that gnuplot takes to draw:
// seconds, peak memory, the page's size, and whether a second report has the same bytes.
//
//   report_benchmark PROGRAM     PROGRAM: build/release/ablate
//
// `gnuplot` is a program that ends at once: its scripts are written, and nothing is drawn.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.hpp"
#include "base/process.hpp"
#include "base/time.hpp"
#include "store/store.hpp"

namespace {

using namespace ablate;
namespace fs = std::filesystem;

constexpr int epochs = 50;
constexpr std::size_t classes = 47;

/// Between 0 and 1, another number for every argument.
double made_up(std::int64_t run, int epoch, std::size_t place) {
  const double phase = 0.37 * static_cast<double>(run) + 0.11 * static_cast<double>(place);
  return 1.0 - (0.2 + 0.05 * std::sin(phase)) * std::exp(-0.1 * epoch) - 0.1;
}

MetricSuite suite(std::int64_t run, int epoch, std::size_t split) {
  MetricSuite values;
  std::size_t place = 20 * split;
  for (const Metric& metric : metric_table()) values.*metric.value = made_up(run, epoch, ++place);
  return values;
}

Evaluation evaluation(std::int64_t run) {
  Evaluation test;
  test.suite = suite(run, epochs, 2);
  test.confusion.assign(classes * classes, 1);
  for (std::size_t c = 0; c < classes; ++c) {
    test.confusion[c * classes + c] = 350;
    test.classes.push_back({made_up(run, 9, c), made_up(run, 8, c), made_up(run, 7, c), 0.99, 0.98, 396});
  }
  return test;
}

void fill(const fs::path& file, std::size_t variants, std::int64_t seeds) {
  Store store(file);
  StudyRecord study;
  study.name = "big", study.config = "study: big\nseeds: 5\n", study.created_at = "2026-01-01T00:00:00Z";
  study.config_sha256 = study.plan_sha256 = std::string(64, 'c');
  std::vector<VariantRecord> all(variants);
  for (std::size_t i = 0; i < variants; ++i) {
    all[i].name = fmt::format("skip={},hidden={},dropout=0.{}", i % 2 ? "projection" : "none",
                              64 << (i / 2 % 4), i / 8);
    all[i].is_baseline = i == 0;
    all[i].config = all[i].name;
    all[i].config_sha256 = fmt::format("{:064x}", i);
    all[i].parameters = 100'000 + static_cast<std::int64_t>(i),
    all[i].flops_per_sample = 6 * all[i].parameters;
    all[i].factors = {{"model.skip", std::string(i % 2 ? "projection" : "none")},
                      {"model.hidden", std::int64_t{64} << (i / 2 % 4)},
                      {"model.dropout", 0.01 * static_cast<double>(i / 8)}};
  }
  std::vector<std::int64_t> numbers;
  for (std::int64_t seed = 1; seed <= seeds; ++seed) numbers.push_back(seed);
  const auto id = store.plan(study, all, numbers);
  while (const auto run = store.claim(id, {.worker = "benchmark", .lease_seconds = 600.0})) {
    for (int epoch = 1; epoch <= epochs; ++epoch) {
      EpochRecord record;
      record.epoch = epoch, record.learning_rate = 0.01 / epoch, record.gradient_norm = 1.0;
      record.train_seconds = 2.0, record.evaluate_seconds = 0.5, record.samples_per_second = 50'000.0;
      record.metrics = {suite(run->id, epoch, 0), suite(run->id, epoch, 1), suite(run->id, epoch, 2)};
      record.selected = epoch == epochs;
      store.add_epoch(run->id, record, 600.0);
    }
    Outcome outcome{.status = RunStatus::done};
    outcome.at_selected.test = evaluation(run->id);
    store.finish(run->id, outcome);
  }
}

/// Runs `body` in a process of its own; what it and its children needed.
template <class Body>
rusage in_child(const Body& body) {
  std::fflush(stdout);
  const pid_t child = ::fork();
  if (child == 0) {
    body();
    std::exit(0);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  if (status != 0) std::exit(1);
  return usage;
}

std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), folder).string()] = read_file(entry.path(), std::size_t{1} << 28);
  }
  return files;
}

struct Cost {
  double seconds, processor, megabytes;
};

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

void measure(const std::string& program, const fs::path& folder, std::size_t variants,
             std::int64_t seeds_each) {
  const fs::path database = folder / fmt::format("{}.db", variants);
  in_child([&] { fill(database, variants, seeds_each); });
  const auto report = [&](const char* name) {
    const Stopwatch watch;
    const rusage usage = in_child([&] {
      std::exit(run_process({"sh", "-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, "report", "big",
                             "--db", database.string(), "--out", (folder / name).string()}));
    });
    return Cost{watch.seconds(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
                static_cast<double>(usage.ru_maxrss) * 1024.0 / 1e6};
  };
  const Cost first = report("1"), second = report("2");
  const auto files = contents(folder / "1");
  fmt::print(
      "{} variants x {} seeds: {:.2f} and {:.2f} s ({:.2f} and {:.2f} s of processor time), peak memory "
      "{:.0f} MB, "
      "index.html {} bytes, {} files, {}\n",
      variants, seeds_each, first.seconds, second.seconds, first.processor, second.processor,
      std::max(first.megabytes, second.megabytes), files.at("index.html").size(), files.size(),
      files == contents(folder / "2") ? "the same bytes twice" : "NOT the same bytes twice");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: report_benchmark PROGRAM\n");
    return 2;
  }
  const fs::path folder = fs::temp_directory_path() / fmt::format("ablate-report-{}", ::getpid());
  fs::create_directories(folder / "bin");
  fs::create_symlink("/bin/true", folder / "bin/gnuplot");
  ::setenv("PATH", fmt::format("{}:{}", (folder / "bin").string(), std::getenv("PATH")).c_str(), 1);
  for (const auto& [variants, seeds_each] : {std::pair<std::size_t, std::int64_t>{200, 1}, {40, 5}})
    measure(fs::absolute(argv[1]).string(), folder, variants, seeds_each);
  fs::remove_all(folder);
  return 0;
}
