// Writes a results file of 101,000 made-up runs of 50 epochs (15 million rows of metrics) and tells how fast.
//
//   make_big_database FILE [STUDIES [EPOCHS]]     a study has 1,000 runs

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "big_database.hpp"

int main(int argc, char** argv) {
  ablate::BigShape shape;
  if (argc > 2) shape.studies = std::atoi(argv[2]);
  if (argc > 3) shape.epochs = std::atoi(argv[3]);
  if (argc < 2 || argc > 4 || shape.studies < 1 || shape.epochs < 1) {
    fmt::print(stderr, "usage: make_big_database FILE [STUDIES [EPOCHS]]\n");
    return 2;
  }
  try {
    const ablate::BigCount count = ablate::make_big_database(argv[1], shape);
    fmt::print(
        "{} runs, {} metric rows, {} rows in all in {:.1f} s: {:.0f} metric rows/s, {:.0f} by processor "
        "time\n"
        "{:.3f} GB as written, {:.3f} GB when packed, which took {:.1f} s\n",
        count.runs, count.metric_rows, count.rows, count.seconds,
        static_cast<double>(count.metric_rows) / count.seconds,
        static_cast<double>(count.metric_rows) / count.processor_seconds,
        static_cast<double>(count.bytes_as_written) / 1e9,
        static_cast<double>(std::filesystem::file_size(argv[1])) / 1e9, count.packing_seconds);
    return 0;
  } catch (const ablate::RequestError& error) {
    fmt::print(stderr, "make_big_database: {}\n", error.what());
    return 2;
  }
}
