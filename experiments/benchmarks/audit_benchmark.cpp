// How long the audit of a data set of full EMNIST Balanced size takes: 112,800 + 18,800 images of 28 x 28
// pixels.
//
//   audit_benchmark [FOLDER]     FOLDER holds emnist-47-*; default: ../shared/data/emnist-47, else drawn
//   glyphs
//
// Real images are filled up with drawn glyphs to that size. "near" is the search for near-duplicates at so
// many tenths of a grey level; "found" counts test images, "checked" those that were compared. One thread.

#include <filesystem>

#include <benchmark/benchmark.h>

#include "ablate/data/audit.hpp"
#include "ablate/data/equal_images.hpp"
#include "ablate/data/near_images.hpp"

namespace {

using namespace ablate;

constexpr std::size_t train_wanted = 112'800, test_wanted = 18'800;
std::string folder;

/// Images [first, first + count) of a data set, behind what is there already.
void append(const Dataset& from, std::size_t first, std::size_t count, std::vector<std::uint8_t>& pixels,
            std::vector<std::uint8_t>& labels) {
  const auto bytes =
      from.pixels.span().subspan(first * from.pixels_per_image(), count * from.pixels_per_image());
  pixels.insert(pixels.end(), bytes.begin(), bytes.end());
  const auto classes = from.labels.span().subspan(first, count);
  labels.insert(labels.end(), classes.begin(), classes.end());
}

Dataset load() {
  DataSettings settings;
  settings.train_images = static_cast<int>(train_wanted);
  settings.test_images = static_cast<int>(test_wanted);
  if (!std::filesystem::exists(folder)) return load_dataset(settings);
  DataSettings real_settings;
  real_settings.source = Source::emnist;
  real_settings.split = "47";
  real_settings.path = folder;
  Dataset real = load_dataset(real_settings);
  settings.train_images = static_cast<int>(train_wanted - real.train_images);
  settings.test_images = static_cast<int>(test_wanted - real.test_images);
  const Dataset drawn = load_dataset(settings);
  std::vector<std::uint8_t> pixels, labels;
  append(real, 0, real.train_images, pixels, labels);
  append(drawn, 0, drawn.train_images, pixels, labels);
  append(real, real.train_images, real.test_images, pixels, labels);
  append(drawn, drawn.train_images, drawn.test_images, pixels, labels);
  real.name += " + glyphs";
  real.train_images = train_wanted;
  real.test_images = test_wanted;
  real.pixels = SharedBytes(std::move(pixels));
  real.labels = SharedBytes(std::move(labels));
  return real;
}

const Dataset& images() {
  static const Dataset dataset = load();
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
