// What a run costs beside its training, by the length of the plan: planning, claiming, ending, counting.
//
//   queue_benchmark [RUNS...]     default: 1000 10000 100000

#include <cstdlib>
#include <filesystem>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "base/time.hpp"
#include "store/reader.hpp"
#include "store/store.hpp"

namespace {

using namespace ablate;

constexpr std::int64_t seeds_each = 5;
constexpr int claims = 2000;  ///< timed at the beginning of the queue, and again behind half of it

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

/// Milliseconds a run.
double claim_and_end(Store& store, std::int64_t study, int runs) {
  const Stopwatch watch;
  for (int i = 0; i < runs; ++i) {
    const auto run = store.claim(study, {.worker = "benchmark"});
    if (!run) break;
    store.finish(run->id, {});
  }
  return 1000.0 * watch.seconds() / runs;
}

void measure(const std::filesystem::path& file, std::int64_t runs) {
  Store store(file);
  Stopwatch watch;
  const std::int64_t study = plan(store, runs);
  const double planning = watch.restart();
  const int timed = static_cast<int>(std::min<std::int64_t>(claims, runs / 4));
  const double first = claim_and_end(store, study, timed);
  claim_and_end(store, study, static_cast<int>(runs / 2) - timed);
  const double later = claim_and_end(store, study, timed);
  watch.restart();
  const Reader reader(file);
  reader.counts("queue");
  const double counting = watch.seconds();
  fmt::print("{:>8} {:>12.2f} {:>16.3f} {:>16.3f} {:>12.2f}\n", runs, planning, first, later,
             1000.0 * counting);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::int64_t> lengths;
  for (int i = 1; i < argc; ++i) lengths.push_back(std::atoll(argv[i]));
  if (lengths.empty()) lengths = {1000, 10'000, 100'000};
  fmt::print("{:>8} {:>12} {:>16} {:>16} {:>12}\n", "runs", "planning s", "first ms a run", "later ms a run",
             "counting ms");
  for (const std::int64_t runs : lengths) {
    const auto file =
        std::filesystem::temp_directory_path() / fmt::format("queue-{}-{}.db", ::getpid(), runs);
    measure(file, runs);
    for (const char* beside : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + beside);
  }
}
