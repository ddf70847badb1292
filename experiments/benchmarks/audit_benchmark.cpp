// How long the audit of a data set of full EMNIST Balanced size takes: 112,800 + 18,800 images of 28 x 28
// pixels.
//
//   audit_benchmark [FOLDER]     FOLDER holds emnist-47-*; default: ../shared/data/emnist-47, else drawn
//   glyphs
//
// Real images are filled up with drawn glyphs to that size. "near" is the search for near-duplicates at so
// many tenths of a grey level; "found" counts test images, "checked" those that were compared. One thread.

#include <string>

#include <benchmark/benchmark.h>

#include "data/audit.hpp"
#include "data/equal_images.hpp"
#include "data/near_images.hpp"
#include "full_size.hpp"

namespace {

using namespace ablate;

std::string folder;

const Dataset& images() {
  static const Dataset dataset = full_size_dataset(folder);
  return dataset;
}

void whole_audit(benchmark::State& state) {
  std::size_t findings = 0;
  for (auto _ : state) findings = audit(images()).findings.size();
  state.counters["findings"] = static_cast<double>(findings);
}
BENCHMARK(whole_audit)->Unit(benchmark::kMillisecond);

void exact_duplicates(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(equal_images(images()));
}
BENCHMARK(exact_duplicates)->Unit(benchmark::kMillisecond);

void near_duplicates(benchmark::State& state) {
  NearSearch search;
  const double threshold = static_cast<double>(state.range(0)) / 10.0;
  for (auto _ : state) search = near_images(images(), threshold, AuditOptions{}.most_comparisons);
  state.counters["found"] = static_cast<double>(search.pairs.size());
  state.counters["checked"] = static_cast<double>(search.checked);
}
BENCHMARK(near_duplicates)->Arg(10)->Arg(20)->Arg(40)->Arg(80)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  folder = argc > 1 ? argv[1] : "../shared/data/emnist-47";
  benchmark::AddCustomContext("data", images().name);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
