#include "ask/world.hpp"

#include <algorithm>
#include <limits>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "base/time.hpp"
#include "metrics/metric_table.hpp"
#include "store/store.hpp"
#include "store/store_support.hpp"

namespace ablate::test {
namespace {

template <class T>
const T& one_of(const std::vector<T>& choices, Stream& chance) {
  return choices[chance.below(choices.size())];
}

bool perhaps(double share, Stream& chance) { return chance.uniform() < share; }

void bind(SQLite::Statement& statement, int index, const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return statement.bind(index, *whole);
  if (const auto* number = std::get_if<double>(&value)) return statement.bind(index, *number);
  if (const auto* text = std::get_if<std::string>(&value)) return statement.bind(index, *text);
  statement.bind(index);
}

void execute(SQLite::Database& database, const std::string& sql, const std::vector<Value>& values) {
  SQLite::Statement statement(database, sql);
  for (std::size_t i = 0; i < values.size(); ++i) bind(statement, static_cast<int>(i) + 1, values[i]);
  statement.exec();
}

/// As config/node.cpp writes a text that needs quotes.
std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

using Settings = std::map<std::string, Value>;

/// Random settings, and the canonical text that holds them.
std::string random_config(Settings& settings, Stream& chance) {
  const auto numbers = std::vector<double>{0.0, 0.001, 0.1, 0.5, 1e-7};
  const std::string hidden = one_of<std::string>({"64", "128", "64, 32", "128, 64, 32"}, chance);
  settings["model.hidden"] = hidden.find(',') == std::string::npos ? Value(std::int64_t{std::stoi(hidden)})
                                                                   : Value("[" + hidden + "]");
  const std::string skip = one_of<std::string>({"none", "projection", "identity"}, chance);
  settings["model.skip"] = skip;
  const std::string init = one_of<std::string>({"he_normal", "glorot_uniform", "{normal: 0.01}"}, chance);
  settings["model.init"] = init;
  const double dropout = one_of(numbers, chance), rate = one_of(numbers, chance);
  settings["model.dropout"] = dropout;
  settings["training.learning_rate.initial"] = rate;
  const std::string split = one_of(hard_texts(), chance);
  settings["data.split"] = split;
  const bool shuffled = perhaps(0.5, chance);
  settings["training.shuffle"] = std::int64_t{shuffled};
  const std::string schedule = one_of<std::string>({"step", "cosine"}, chance);
  settings["training.learning_rate"] = schedule;
  settings["training.learning_rate.schedule"] = schedule;
  std::string text = fmt::format("data:\n  split: {}\n  train_images: ", in_quotes(split));
  settings["data.train_images"] = perhaps(0.5, chance) ? Value() : Value(std::int64_t{100});
  text += to_string(settings["data.train_images"]).empty() ? "null" : "100";
  text += fmt::format("\nmodel:\n  hidden: [{}]\n  skip: {}\n  init: {}\n", hidden, skip, init);
  text += fmt::format("  dropout: {}\ntraining:\n  shuffle: {}\n", dropout, shuffled);
  text += fmt::format("  learning_rate:\n    schedule: {}\n    initial: {}\n", schedule, rate);
  settings["training.early_stopping.patience"] = {};
  settings["training.early_stopping"] = {};
  if (perhaps(0.3, chance)) return text + "  early_stopping: null\n";
  if (perhaps(0.3, chance)) return text;  // a variant that an older program wrote lacks newer settings
  settings["training.early_stopping.patience"] = std::int64_t{7};
  settings["training.early_stopping"] = std::string("validation.log_loss");
  return text + "  early_stopping:\n    monitor: validation.log_loss\n    patience: 7\n";
}

Value random_metric(Stream& chance) {
  switch (chance.below(10)) {
    case 0:
      return {};
    case 1:
      return std::numeric_limits<double>::quiet_NaN();  // becomes NULL
    case 2:
      return std::numeric_limits<double>::infinity();
    case 3:
      return 0.1 + chance.uniform();
    default:
      return 0.25 * static_cast<double>(chance.below(5));
  }
}

Value as_stored(const Value& value) {
  const auto* number = std::get_if<double>(&value);
  return number && *number != *number ? Value() : value;
}

class Writer {
 public:
  Writer(SQLite::Database& database, Stream& chance) : database_(database), chance_(chance) {}

  void fill(WorldRun& run) {
    if (!perhaps(0.1, chance_)) begin(run);
    for (const char* split : {"train", "validation", "test"}) {
      for (const char* metric : {"accuracy", "log_loss"})
        run.values[fmt::format("{}.{}", split, metric)] = {};
      if (perhaps(0.15, chance_)) continue;
      metrics(run, split);
    }
  }

 private:
  void begin(WorldRun& run) {
    // Moments are written in whole milliseconds, rounded down: this is well within one.
    const double start = 1.79e9 + static_cast<double>(chance_.below(100'000'000)) / 1000.0 + 0.0003;
    const double milliseconds = static_cast<double>(chance_.below(500'000));
    run.values["status"] = one_of<std::string>({"done", "failed", "diverged", "stopped"}, chance_);
    run.values["attempt"] = std::int64_t{1};
    run.values["started"] = moment_text(start);
    if (perhaps(0.8, chance_)) {
      run.values["ended"] = moment_text(start + milliseconds / 1000.0);
      run.values["duration"] = milliseconds / 1000.0;
    }
    run.values["error"] = perhaps(0.5, chance_) ? Value() : Value(one_of(hard_texts(), chance_));
    run.values["code"] = std::string("0.1.0+abc");
    run.values["dirty"] = std::int64_t{perhaps(0.5, chance_)};
    run.values["obsolete"] = std::int64_t{perhaps(0.2, chance_)};
    run.values["epochs"] = static_cast<std::int64_t>(chance_.below(5));
    run.values["machine"] = perhaps(0.3, chance_) ? Value() : Value(std::string("host"));
    auto& all = run.values;
    execute(
        database_,
        "UPDATE run SET status = ?, attempt = ?, started_at = ?, ended_at = ?, error = ?, code_version = ?, "
        "code_diff_sha256 = ?, obsolete = ?, epochs_done = ?, machine_id = ? WHERE id = ?",
        {all["status"], all["attempt"], all["started"], all["ended"], all["error"], all["code"],
         all["dirty"] == Value(std::int64_t{1}) ? Value(std::string("f00")) : Value(), all["obsolete"],
         all["epochs"], all["machine"] == Value() ? Value() : Value(std::int64_t{1}), run.id});
    const std::string finding =
        one_of<std::string>({"", "", "duplicates_across", "class_shares", "of_tomorrow"}, chance_);
    run.values["leaked"] = std::int64_t{finding == "duplicates_across" || finding == "of_tomorrow"};
    run.values["archived"] = std::int64_t{perhaps(0.2, chance_)};
    execute(database_, "UPDATE run SET archived = ? WHERE id = ?", {run.values["archived"], run.id});
    for (const std::string tag : {"Best", "late", "to-do"}) {
      if (perhaps(0.6, chance_)) continue;
      run.tags.push_back(tag);
      execute(database_, "INSERT INTO tag(run_id, name) VALUES (?, ?)", {run.id, tag});
    }
    if (!finding.empty())
      execute(database_, "INSERT INTO leak VALUES (?, ?, 'detail', 1)", {run.id, finding});
  }

  /// What no epoch has is asked of the selected one.
  static void take_selected(WorldRun& run, const std::string& metric) {
    auto& epochs = run.epochs[metric];
    const bool is_empty =
        std::all_of(epochs.begin(), epochs.end(), [](const auto& one) { return one.second == Value(); });
    if (is_empty) epochs = {{1, run.values[metric]}};
  }

  void metrics(WorldRun& run, const std::string& split) {
    const Value accuracy = random_metric(chance_), loss = random_metric(chance_);
    execute(database_,
            "INSERT INTO run_metric(run_id, split, epoch, accuracy, log_loss) VALUES (?, ?, 1, ?, ?)",
            {run.id, split, accuracy, loss});
    run.values[split + ".accuracy"] = as_stored(accuracy);
    run.values[split + ".log_loss"] = as_stored(loss);
    for (int epoch = 1; epoch <= 4; ++epoch) {
      if (perhaps(0.2, chance_)) continue;
      const Value first = random_metric(chance_), second = random_metric(chance_);
      execute(database_,
              "INSERT INTO epoch_metric(run_id, split, epoch, accuracy, log_loss) VALUES (?, ?, ?, ?, ?)",
              {run.id, split, std::int64_t{epoch}, first, second});
      run.epochs[split + ".accuracy"][epoch] = as_stored(first);
      run.epochs[split + ".log_loss"][epoch] = as_stored(second);
    }
    take_selected(run, split + ".accuracy");
    take_selected(run, split + ".log_loss");
  }

  SQLite::Database& database_;
  Stream& chance_;
};

/// Returns what the variants' settings are, by "study/variant".
std::map<std::string, Settings> plan_studies(const std::filesystem::path& file, Stream& chance) {
  std::map<std::string, Settings> settings;
  Store store(file);
  for (const std::string study : {"first", "it's second"}) {
    std::vector<VariantRecord> variants;
    for (const std::string name : {"a", "two words", "none", "64"}) {
      variants.push_back(variant_named(name));
      variants.back().config = random_config(settings[study + '/' + name], chance);
      variants.back().is_baseline = name == "a";
      variants.back().parameters = static_cast<std::int64_t>(1000 * chance.below(3));
    }
    store.plan(study_named(study), variants, {1, 2, 3});
  }
  return settings;
}

/// Of a row: id, study, variant, seed, is_baseline, parameters.
WorldRun planned_run(SQLite::Statement& row, const Settings& settings) {
  WorldRun run{.id = row.getColumn(0).getInt64(), .values = settings, .epochs = {}};
  run.values["id"] = run.id;
  run.values["study"] = row.getColumn(1).getString();
  run.values["variant"] = row.getColumn(2).getString();
  run.values["seed"] = row.getColumn(3).getInt64();
  run.values["baseline"] = row.getColumn(4).getInt64();
  run.values["parameters"] = row.getColumn(5).getInt64();
  run.values["status"] = std::string("planned");
  for (const char* counter : {"attempt", "epochs", "obsolete", "leaked", "archived"})
    run.values[counter] = std::int64_t{0};
  for (const char* none : {"started", "ended", "duration", "error", "code", "dirty", "machine"})
    run.values[none] = {};
  return run;
}

}  // namespace

const std::vector<std::string>& hard_texts() {
  static const std::vector<std::string> texts = {"",          "it's", "a \"b\"", "100%", "x_y",  "Größe",
                                                 "none",      "64",   "NULL",    "and",  "a\\b", "TRUE",
                                                 "two words", "[64]", "-1",      "é"};
  return texts;
}

std::vector<WorldRun> make_world(const std::filesystem::path& file, Stream& chance) {
  const auto settings = plan_studies(file, chance);
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  SQLite::Transaction transaction(database);
  database.exec("INSERT INTO machine VALUES (1, 'host', 's', 'p', 1, 1, 'b', 'c')");
  std::vector<WorldRun> runs;
  SQLite::Statement planned(
      database,
      "SELECT run.id, study.name, variant.name, seed, is_baseline, parameters FROM run JOIN variant "
      "ON variant.id = run.variant_id JOIN study ON study.id = run.study_id ORDER BY run.id");
  while (planned.executeStep()) {
    const std::string variant = planned.getColumn(1).getString() + '/' + planned.getColumn(2).getString();
    runs.push_back(planned_run(planned, settings.at(variant)));
  }
  planned.reset();
  Writer writer(database, chance);
  for (WorldRun& run : runs) writer.fill(run);
  transaction.commit();
  return runs;
}

}  // namespace ablate::test
