// Sixteen workers on one file, each with epochs of a few milliseconds: how many transactions a second the
// file takes, and that none of them is lost.
//
//   contention_benchmark [SECONDS] [WORKERS]     defaults: 60 s, 16 workers

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "base/time.hpp"
#include "metrics/metric_table.hpp"
#include "runner/sweep.hpp"
#include "store/query.hpp"

namespace {

using namespace ablate;

struct Counter : SweepListener {
  void planned(const SweepCounts&, int) override { watch.restart(); }
  void happened(const RunEvent& event) override {
    epochs += event.kind == RunEvent::Kind::epoch_ended ? 1 : 0;
    if (event.kind != RunEvent::Kind::worker_died) return;
    fmt::print("a worker was {}\n", event.text);
    ++deaths;
  }
  void tick() override { stop = watch.seconds() > seconds; }

  Stopwatch watch;
  std::atomic<bool> stop = false;
  double seconds = 60.0;
  long epochs = 0, deaths = 0;
};

long number(const std::filesystem::path& file, const std::string& sql) {
  long found = -1;
  run_query(
      file, sql, {},
      {[](const auto&) {},
       [&](const std::vector<Value>& row) { found = static_cast<long>(std::get<std::int64_t>(row[0])); }});
  return found;
}

}  // namespace

int main(int argc, char** argv) {
  Counter counter;
  counter.seconds = argc > 1 ? std::atof(argv[1]) : 60.0;
  SweepOptions options;
  options.jobs = argc > 2 ? std::atoi(argv[2]) : 16;
  const Study study = parse_study(
      "# How many?\nstudy: contention\ndata: {train_images: 94, test_images: 47}\nmodel: {hidden: [2], skip: "
      "none}\n"
      "training: {epochs: 1000000, batch_size: 94}\nseeds: 64\n",
      "contention.yaml", {}, metric_names());
  const auto file =
      std::filesystem::temp_directory_path() / fmt::format("ablate-contention-{}.db", ::getpid());
  DatasetCache datasets;
  run_sweep(study, file, datasets, options, counter, counter.stop);
  const long rows = number(file, "SELECT count(*) FROM epoch");
  const long counted = number(file, "SELECT sum(epochs_done) FROM run");
  const long last = number(file, "SELECT sum(m) FROM (SELECT max(epoch) AS m FROM epoch GROUP BY run_id)");
  const bool sound = Reader(file).faults().empty();
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  fmt::print(
      "{} workers, {:.0f} s: {} epochs committed, {:.0f} a second; told {}, rows {}, counted {}, last {}; "
      "{}\n",
      options.jobs, counter.seconds, rows, static_cast<double>(rows) / counter.seconds, counter.epochs, rows,
      counted, last, sound ? "the file is sound" : "THE FILE IS NOT SOUND");
  return sound && rows == counted && rows == last && rows >= counter.epochs && counter.deaths == 0 ? 0 : 1;
}
