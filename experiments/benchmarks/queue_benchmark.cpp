// What a run costs beside its training, by the length of the plan: planning, claiming, ending, counting.
//
//   queue_benchmark [RUNS...]     default: 1000 10000 100000

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <numeric>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "base/time.hpp"
#include "store/reader.hpp"
#include "store/store.hpp"

namespace {

using namespace ablate;

constexpr std::int64_t seeds_each = 5;
constexpr int claims = 250;  ///< timed at the beginning of the queue, and again behind half of it

std::int64_t plan(Store& store, std::int64_t runs) {
  StudyRecord study;
  study.name = "queue";
  std::vector<VariantRecord> variants(static_cast<std::size_t>(runs / seeds_each));
  for (std::size_t i = 0; i < variants.size(); ++i) {
    variants[i].name = fmt::format("variant {}", i);
    variants[i].config = fmt::format("model:\n  hidden: [{}]\n", i);
    variants[i].config_sha256 = variants[i].config;
    variants[i].factors = {{"model.hidden", static_cast<std::int64_t>(i)}};
  }
  return store.plan(study, variants, {1, 2, 3, 4, 5});
}

/// Milliseconds of processor time a run; the mean holds its share of copying the log into the file.
struct Cost {
  double median = 0.0, mean = 0.0;
};

double processor_milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

Cost claim_and_end(Store& store, std::int64_t study, int runs) {
  std::vector<double> each;
  for (int i = 0; i < runs; ++i) {
    const double before = processor_milliseconds();
    const auto run = store.claim(study, {.worker = "benchmark"});
    if (!run) break;
    store.finish(run->id, {});
    each.push_back(processor_milliseconds() - before);
  }
  if (each.empty()) return {};
  std::sort(each.begin(), each.end());
  return {each[each.size() / 2],
          std::accumulate(each.begin(), each.end(), 0.0) / static_cast<double>(each.size())};
}

void measure(const std::filesystem::path& file, std::int64_t runs) {
  Store store(file);
  Stopwatch watch;
  const std::int64_t study = plan(store, runs);
  const double planning = watch.restart();
  const int timed = static_cast<int>(std::min<std::int64_t>(claims, runs / 4));
  const Cost first = claim_and_end(store, study, timed);
  claim_and_end(store, study, static_cast<int>(runs / 2) - timed);
  const Cost later = claim_and_end(store, study, timed);
  watch.restart();
  const Reader reader(file);
  reader.counts("queue");
  const double counting = watch.seconds();
  fmt::print("{:>8} {:>12.2f} {:>8.3f} {:>8.3f} {:>8.3f} {:>8.3f} {:>12.2f}\n", runs, planning, first.median,
             first.mean, later.median, later.mean, 1000.0 * counting);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::int64_t> lengths;
  for (int i = 1; i < argc; ++i) lengths.push_back(std::atoll(argv[i]));
  if (lengths.empty()) lengths = {1000, 10'000, 100'000};
  fmt::print("{:>8} {:>12} {:>17} {:>17} {:>12}\n", "", "", "first: ms a run", "later: ms a run", "");
  fmt::print("{:>8} {:>12} {:>8} {:>8} {:>8} {:>8} {:>12}\n", "runs", "planning s", "median", "mean",
             "median", "mean", "counting ms");
  for (const std::int64_t runs : lengths) {
    const auto file =
        std::filesystem::temp_directory_path() / fmt::format("queue-{}-{}.db", ::getpid(), runs);
    measure(file, runs);
    for (const char* beside : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + beside);
  }
}
