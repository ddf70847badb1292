// How long the documented questions take on a results file: the least and the median of twenty, in
// milliseconds, within one process that has opened it.
//
//   scale FILE [--sql]     --sql: print each statement and its plan instead
//
// FILE is make_big_database's. Where free_metrics.sh has added metrics outside the suite to it, the same is asked of
// those.

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "ask/question.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "store/free_metrics.hpp"
#include "store/reader.hpp"

namespace {

using namespace ablate;

struct Measured {
  const char* what;
  double bound;  ///< milliseconds
  ask::Statement statement;
};

ask::Statement runs(const ask::Question& question) { return ask::ask_runs(question).rows; }

/// The questions of metrics outside the suite.
std::vector<Measured> free_questions(std::int64_t study) {
  const ask::Vocabulary words = {
      .metrics = {{"test.bleu", {"test", "bleu", true}}, {"validation.bleu", {"validation", "bleu", true}}}};
  return {
      {"the same ten by test.bleu", 50.0,
       runs({.study_id = {},
             .where =
                 "skip = projection and hidden = 512 and dropout <= 0.3 and test.bleu > 70 and status = done",
             .columns = "run,study,variant,seed,test.bleu",
             .sort = "test.bleu",
             .vocabulary = words,
             .limit = 10})},
      {"ten best runs of all by test.bleu", 200.0,
       runs({.study_id = {},
             .where = "",
             .columns = "run,study,variant,seed,test.bleu",
             .sort = "test.bleu",
             .vocabulary = words,
             .limit = 10})},
      {"one run's curves of bleu",
       5.0,
       {"SELECT * FROM epoch_value WHERE run_id = ?1", {std::int64_t{50'000}}}},
      {"groups over the seeds by test.bleu", 50.0,
       ask::ask_groups({.study_id = study,
                        .where = "",
                        .columns = "test.bleu",
                        .sort = "",
                        .vocabulary = words,
                        .limit = 0},
                       "variant")
           .rows},
      {"full-history best(validation.bleu) over 1,000 runs", 200.0,
       runs({.study_id = study,
             .where = "best(validation.bleu) > 70",
             .columns = "run,best(validation.bleu)",
             .sort = "best(validation.bleu)",
             .vocabulary = words,
             .limit = 0})},
  };
}

std::vector<Measured> questions(const Reader& reader) {
  const std::int64_t study = reader.study("sweep_003").id;
  const std::string best =
      "skip = projection and hidden = 512 and dropout <= 0.3 and test.f1 > 0.7 and status = done";
  return {
      {"ten best runs by a filter over factors and test metrics", 50.0,
       runs({.study_id = {},
             .where = best,
             .columns = "run,study,variant,seed,test.accuracy,test.log_loss",
             .sort = "test.accuracy",
             .limit = 10})},
      {"ten best runs of all by test accuracy", 200.0,
       runs({.study_id = {},
             .where = "",
             .columns = "run,study,variant,seed,test.accuracy",
             .sort = "test.accuracy",
             .limit = 10})},
      {"one run's curves", 5.0, {"SELECT * FROM curves WHERE run_id = ?1", {std::int64_t{50'000}}}},
      {"groups over the seeds of one study", 50.0,
       ask::ask_groups(
           {.study_id = study, .where = "", .columns = "test.accuracy,test.f1", .sort = "", .limit = 0},
           "variant")
           .rows},
      {"full-history best() over one study of 1,000 runs", 200.0,
       runs({.study_id = study,
             .where = "best(validation.f1) > 0.7",
             .columns = "run,best(validation.f1)",
             .sort = "best(validation.f1)",
             .limit = 0})},
  };
}

void explain(const Reader& reader, const Measured& measured) {
  fmt::print("{}\n  {}\n", measured.what, measured.statement.sql);
  reader.select("EXPLAIN QUERY PLAN " + measured.statement.sql, measured.statement.values,
                [](const std::vector<Value>& row) { fmt::print("    {}\n", to_string(row.back())); });
}

bool measure(const Reader& reader, const Measured& measured) {
  std::vector<double> times, processor;
  int rows = 0;
  for (int i = 0; i < 20; ++i) {
    const Stopwatch watch;
    const std::clock_t began = std::clock();
    rows = 0;
    reader.select(measured.statement.sql, measured.statement.values,
                  [&](const std::vector<Value>&) { ++rows; });
    times.push_back(1e3 * watch.seconds());
    processor.push_back(1e3 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
  }
  std::sort(times.begin(), times.end());
  const double least_processor = *std::min_element(processor.begin(), processor.end());
  const bool fits = least_processor < measured.bound;
  fmt::print("{:<58} {:>8.2f} {:>8.2f} {:>9.2f} {:>6.0f} {:>6}  {}\n", measured.what, times.front(),
             times[times.size() / 2], least_processor, measured.bound, rows, fits ? "" : "TOO SLOW");
  return fits;
}

}  // namespace

int main(int argc, char** argv) {
  const bool sql = argc == 3 && std::string(argv[2]) == "--sql";
  if (argc != 2 && !sql) {
    fmt::print(stderr, "usage: scale FILE [--sql]\n");
    return 2;
  }
  try {
    std::vector<double> opening;
    for (int i = 0; i < 20; ++i) {
      const Stopwatch watch;
      const Reader opened(argv[1]);
      opening.push_back(1e3 * watch.seconds());
    }
    std::sort(opening.begin(), opening.end());
    const Reader reader(argv[1]);
    std::vector<Measured> all = questions(reader);
    if (!free_metrics(reader, std::nullopt).empty()) {
      for (const Measured& measured : free_questions(reader.study("sweep_003").id)) all.push_back(measured);
    }
    if (sql) {
      for (const Measured& measured : all) explain(reader, measured);
      return 0;
    }
    fmt::print("{:<58} {:>8} {:>8} {:>9} {:>6} {:>6}\n", "milliseconds", "least", "median", "processor",
               "bound", "rows");
    bool fits = opening.front() < 20.0;
    fmt::print("{:<58} {:>8.2f} {:>8.2f} {:>9} {:>6}\n", "opening", opening.front(), opening[10], "", 20);
    for (const Measured& measured : all) fits = measure(reader, measured) && fits;
    return fits ? 0 : 1;
  } catch (const RequestError& error) {
    fmt::print(stderr, "scale: {}\n", error.what());
    return 2;
  }
}
