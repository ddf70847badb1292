#include <chrono>
#include <cmath>
#include <map>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "cli/mark_target.hpp"
#include "metrics/metric_name.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

constexpr std::chrono::milliseconds between_looks(200);

constexpr const char* epochs_sql =
    "SELECT epoch, learning_rate, samples_per_second FROM epoch WHERE run_id = ?1 AND epoch > ?2 ORDER BY epoch";

/// The epoch behind which there are so many; below all, also one that is counted as 0, where there are no more.
std::int64_t before_last(const Reader& reader, std::int64_t run_id, std::int64_t lines) {
  std::int64_t before = -1;
  reader.select("SELECT epoch FROM epoch WHERE run_id = ?1 ORDER BY epoch DESC LIMIT 1 OFFSET ?2",
                {run_id, lines},
                [&](const std::vector<Value>& row) { before = std::get<std::int64_t>(row[0]); });
  return before;
}

using Suites = std::map<std::pair<int, SplitName>, MetricSuite>;

/// Of each split after each epoch behind that one.
Suites suites_behind(const Reader& reader, std::int64_t run_id, std::int64_t epoch) {
  Suites suites;
  for (const SplitMetrics& at : reader.run_curves(run_id, fmt::format(" AND m.epoch > {}", epoch)))
    suites[{at.epoch, at.split}] = at.suite;
  return suites;
}

/// "  validation accuracy 0.8012", or nothing for what the epoch lacks.
std::string said(const std::string& what, const Value& value, int decimals) {
  const auto* number = std::get_if<double>(&value);
  return number && std::isfinite(*number) ? fmt::format("  {} {:.{}f}", what, *number, decimals) : "";
}

/// "  test.bleu 21.5" of each metric that the study of the run declares after that epoch; of test only where asked for.
std::string declared_facts(const Reader& reader, std::int64_t run_id, std::int64_t epoch, bool test) {
  std::string facts;
  reader.select(
      "SELECT split, metric, value FROM epoch_value WHERE run_id = ?1 AND epoch = ?2 AND EXISTS (SELECT 1 FROM setting "
      "JOIN run ON run.variant_id = setting.variant_id WHERE run.id = ?1 AND key = 'trainer.metrics.' || "
      "iif(split = '', '', split || '.') || metric) ORDER BY split = 'test', split, metric",
      {run_id, epoch}, [&](const std::vector<Value>& row) {
        const MetricName name{to_string(row[0]), to_string(row[1])};
        if (test || name.split != "test") facts += said(escape_terminal(to_string(name)), row[2], 4);
      });
  return facts;
}

/// What is told of an epoch: of the suite, then of the study's own, then how fast it went.
std::vector<std::string> epoch_facts(const std::vector<Value>& row, const Suites& suites,
                                     const std::string& own, bool test) {
  const int epoch = static_cast<int>(std::get<std::int64_t>(row[0]));
  const auto of = [&](SplitName split, double MetricSuite::*metric) {
    const auto at = suites.find({epoch, split});
    return at == suites.end() ? Value() : Value(at->second.*metric);
  };
  const auto* rate = std::get_if<double>(&row[1]);
  return {said("validation accuracy", of(SplitName::validation, &MetricSuite::accuracy), 4),
          test ? said("test accuracy", of(SplitName::test, &MetricSuite::accuracy), 4) : "",
          said("validation loss", of(SplitName::validation, &MetricSuite::log_loss), 4),
          said("train loss", of(SplitName::train, &MetricSuite::log_loss), 4),
          own,
          rate ? fmt::format("  rate {:.4g}", *rate) : "",
          said("images/s", row[2], 0)};
}

/// Prints what came after an epoch, without the last facts where a terminal has no room for them; returns the last one.
std::int64_t print_epochs(const Reader& reader, std::int64_t run_id, std::int64_t after, bool test,
                          Console& console) {
  const Suites suites = suites_behind(reader, run_id, after);
  const int width = console.terminal.width;  // 0: no terminal
  reader.select(epochs_sql, {run_id, after}, [&](const std::vector<Value>& row) {
    after = std::get<std::int64_t>(row[0]);
    std::string line = fmt::format("epoch {}", after);
    for (const std::string& fact :
         epoch_facts(row, suites, declared_facts(reader, run_id, after, test), test)) {
      if (width > 0 && line.size() + fact.size() > static_cast<std::size_t>(width)) break;
      line += fact;
    }
    console.out << line << "\n";
  });
  console.out << std::flush;
  return after;
}

}  // namespace

int tail_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string reference, database;
  std::int64_t lines = 10;
  bool test = false;
  Options options(self);
  options.positional("RUN", reference, true, "a run's number, the start of its uuid, or study/variant/seed");
  options.count("lines,n", "N", lines, 0, "begin with the last N epochs; default: 10");
  options.flag("test", test, "show metrics on test too; default: validation only");
  add_database_option(options, database);
  if (!options.parse(arguments, console)) return exit_done;

  const auto path = database_path(database);
  RunRecord run = Reader(path).run(reference);
  const std::int64_t id = run.id;
  std::int64_t last = before_last(Reader(path), id, lines);
  const InterruptFlag interrupt;
  while (!interrupt.get()) {
    const Reader reader(path);
    run = reader.run(std::to_string(id));  // before its epochs: none may come in between
    last = print_epochs(reader, id, last, test, console);
    if (run.status != RunStatus::running) break;
    std::this_thread::sleep_for(between_looks);
  }
  const std::string why = run.error.empty() ? run.exit_reason : run.error;
  console.err << fmt::format("{} is {}{}\n", run_name(Reader(path), run), to_string(run.status),
                             why.empty() ? "" : ": " + why);
  return interrupt.get() ? exit_interrupted : exit_done;
}

}  // namespace ablate
