// How fast a training step is, as a share of what the machine can multiply.
//
//   training_benchmark [FOLDER]     FOLDER holds emnist-47-*; default: ../shared/data/emnist-47, else drawn
//   glyphs
//
// A step is all that Training::step does: gather the batch's bytes as floats, forward, backward, update.
// GFLOP/s counts the matrix products alone; "share" is against the best of ten 2048 x 2048 x 2048
// single-precision products in this run. "allocations" counts calls of malloc and its kin in the timed steps;
// it must be 0.

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <numeric>

#include <benchmark/benchmark.h>

#include "base/time.hpp"
#include "nn/blas.hpp"
#include "train/training.hpp"

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

// The C library's own allocator under its internal names, so that every allocation of this process is
// counted.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  ++allocations;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : 12;
}
}

namespace {

using namespace ablate;

double peak_gflops = 0.0;
std::string folder;

double best_product_gflops() {
  constexpr arma::uword n = 2048;
  const Matrix a(n, n, arma::fill::randu), b(n, n, arma::fill::randu);
  Matrix c(n, n);
  double best = 0.0;
  for (int round = 0; round < 10; ++round) {
    const Stopwatch watch;
    c = a * b;
    best = std::max(best, 2.0 * n * n * n / watch.seconds() / 1e9);
  }
  return best;
}

const Dataset& images() {
  static const Dataset dataset = [] {
    DataSettings settings;
    if (std::filesystem::exists(folder)) {
      settings.source = Source::emnist;
      settings.split = "47";
      settings.path = folder;
    }
    return load_dataset(settings);
  }();
  return dataset;
}

void training_step(benchmark::State& state) {
  Config config;  // 784-256-47 with a projection skip, plain descent
  config.training.batch_size = static_cast<int>(state.range(0));
  Training training(config, 1, images());
  const auto batch = static_cast<std::size_t>(state.range(0));
  std::vector<std::uint32_t> order(training.train_images());
  std::iota(order.begin(), order.end(), 0U);
  Stream shuffling(1, "benchmark/order"), dropout(1, "benchmark/dropout");
  shuffle(std::span(order), shuffling);

  EpochSums sums;
  std::size_t first = 0;
  const auto step = [&] {
    if (first + batch > order.size()) first = 0;
    benchmark::DoNotOptimize(training.step(std::span(order).subspan(first, batch), 0.001, dropout, sums));
    ++sums.batches;
    first += batch;
  };
  step();
  const std::size_t before = allocations;
  for (auto _ : state) step();
  state.counters["allocations"] = static_cast<double>(allocations - before);
  const double samples = static_cast<double>(state.iterations()) * static_cast<double>(batch);
  const double gflop = samples * static_cast<double>(training.network().flops_per_sample()) / 1e9;
  state.counters["samples/s"] = benchmark::Counter(samples, benchmark::Counter::kIsRate);
  state.counters["GFLOP/s"] = benchmark::Counter(gflop, benchmark::Counter::kIsRate);
  state.counters["share"] = benchmark::Counter(gflop / peak_gflops, benchmark::Counter::kIsRate);
}
BENCHMARK(training_step)->Arg(16)->Arg(64)->Arg(128)->Unit(benchmark::kMicrosecond);

void evaluation(benchmark::State& state) {
  Network network(784, ModelSettings{}, images().classes.size());
  network.initialise(1);
  constexpr std::size_t block = 256;
  std::vector<std::uint32_t> which(block);
  std::iota(which.begin(), which.end(), 0U);
  std::vector<float> pixels(block * 784);
  gather_pixels(images(), which, pixels);
  for (auto _ : state) benchmark::DoNotOptimize(network.logits(pixels).data());
  const double samples = static_cast<double>(state.iterations()) * static_cast<double>(block);
  const double gflop = samples * 2.0 * (784.0 * 512 + 256 * 47) / 1e9;
  state.counters["samples/s"] = benchmark::Counter(samples, benchmark::Counter::kIsRate);
  state.counters["GFLOP/s"] = benchmark::Counter(gflop, benchmark::Counter::kIsRate);
  state.counters["share"] = benchmark::Counter(gflop / peak_gflops, benchmark::Counter::kIsRate);
}
BENCHMARK(evaluation)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int argc, char** argv) {
  use_one_blas_thread();
  benchmark::Initialize(&argc, argv);
  folder = argc > 1 ? argv[1] : "../shared/data/emnist-47";
  peak_gflops = best_product_gflops();
  benchmark::AddCustomContext("data", images().name);
  benchmark::AddCustomContext("blas", blas_info().library + ", " + blas_info().core + " kernels");
  benchmark::AddCustomContext("2048x2048 product", std::to_string(peak_gflops) + " GFLOP/s");
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
