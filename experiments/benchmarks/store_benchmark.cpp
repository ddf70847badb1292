// What an epoch costs in the database: its row, the metrics of three splits and the renewed lease, with and
// without weights and checkpoint.
//
//   store_benchmark
//
// "bytes" is the size of a checkpoint (weights of 784-256-47 with a projection skip: 1.0 MB).

#include <filesystem>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include "store/store.hpp"

namespace {

using namespace ablate;

constexpr std::size_t parameters = 784 * 256 + 256 + 784 * 256 + 256 * 47 + 47;

/// A run under way in a file of its own.
class OpenRun {
 public:
  OpenRun() {
    VariantRecord variant;
    variant.name = variant.config = variant.config_sha256 = "v";
    StudyRecord study;
    study.name = "s";
    const auto id = store_.plan(study, {variant}, {1});
    Claimant claimant;
    claimant.worker = "benchmark";
    run_ = store_.claim(id, claimant)->id;
    MetricSuite suite;
    for (const Metric& metric : metric_table()) suite.*metric.value = 0.5;
    record_.metrics = {suite, suite, suite};
    record_.selected = true;
  }
  ~OpenRun() {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
  }

  void add(std::span<const float> weights, std::span<const std::uint8_t> checkpoint) {
    ++record_.epoch;
    record_.weights = weights;
    record_.checkpoint = checkpoint;
    store_.add_epoch(run_, record_, 300.0);
  }

 private:
  std::filesystem::path file_ =
      std::filesystem::temp_directory_path() / fmt::format("ablate-store-{}.db", ::getpid());
  Store store_{file_};
  EpochRecord record_;
  std::int64_t run_ = 0;
};

void commit_of_an_epoch(benchmark::State& state) {
  OpenRun run;
  for (auto _ : state) run.add({}, {});
}
BENCHMARK(commit_of_an_epoch)->Unit(benchmark::kMicrosecond);

void with_weights_and_checkpoint(benchmark::State& state) {
  OpenRun run;
  const std::vector<float> weights(parameters, 0.5f);
  const std::vector<std::uint8_t> checkpoint(4 * parameters);
  for (auto _ : state) run.add(weights, checkpoint);
  state.counters["bytes"] = static_cast<double>(checkpoint.size());
}
BENCHMARK(with_weights_and_checkpoint)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
