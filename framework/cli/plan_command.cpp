#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "cli/baseline_advice.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"
#include "cli/seed_advice.hpp"
#include "cli/sent_text.hpp"
#include "cli/work_place.hpp"
#include "config/tuning.hpp"
#include "metrics/metric_table.hpp"
#include "nn/learning_rate.hpp"
#include "runner/forecast.hpp"
#include "runner/plan.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

/// A factor of the study: its key, and the name that tables call it by.
struct FactorColumn {
  std::string key, name;
};

std::vector<FactorColumn> factor_columns(const Study& study) {
  std::vector<FactorColumn> columns;
  for (const Variant& variant : study.variants) {
    for (const Factor& factor : variant.factors) {
      const bool known = std::any_of(columns.begin(), columns.end(),
                                     [&](const FactorColumn& column) { return column.key == factor.key; });
      if (!known) columns.push_back({factor.key, factor.name});
    }
  }
  return columns;
}

/// No two variants have the same values of all factors.
bool factors_tell_apart(const Study& study) {
  std::set<std::string> values;
  for (const Variant& variant : study.variants) {
    std::string text;
    for (const Factor& factor : variant.factors)
      text += fmt::format("{}={}\n", factor.key, to_string(factor.value));
    values.insert(text);
  }
  return values.size() == study.variants.size() && !factor_columns(study).empty();
}

void drop_column(Table& table, std::ptrdiff_t column) {
  table.columns.erase(table.columns.begin() + column);
  for (auto& row : table.rows) row.erase(row.begin() + column);
}

/// The number itself, or its label where the file gives one.
Value factor_cell(const Variant& variant, const std::string& key) {
  for (const Factor& factor : variant.factors) {
    if (factor.key != key) continue;
    return factor.label == to_string(factor.value) ? factor.value : Value(factor.label);
  }
  return {};
}

/// Rates of the first epoch, after a quarter and a half of them, and of the last, to four digits; a plateau's
/// depend on what it will see.
std::vector<Value> rate_cells(const TrainingSettings& training) {
  const LearningRate rate(training.learning_rate, training.epochs);
  const bool plateau = training.learning_rate.schedule == ScheduleKind::plateau;
  std::vector<Value> cells;
  for (const int epoch : {1, 1 + training.epochs / 4, 1 + training.epochs / 2, training.epochs}) {
    const int shown = std::min(epoch, training.epochs);
    if (plateau && shown > 1) {
      cells.emplace_back(std::string("depends"));
    } else {
      cells.emplace_back(std::stod(fmt::format("{:.4g}", rate.at(shown))));
    }
  }
  return cells;
}

std::string seeds_text(const std::vector<std::int64_t>& seeds) {
  bool counted = seeds.size() > 2;
  for (std::size_t i = 1; i < seeds.size(); ++i) counted = counted && seeds[i] == seeds[i - 1] + 1;
  if (counted) return fmt::format("{} to {}", seeds.front(), seeds.back());
  return fmt::format("{}", fmt::join(seeds, ", "));
}

/// What training a variant under all its seeds takes.
struct Cost {
  std::int64_t images = 0;  ///< of one epoch
  double flop = 0.0;
  std::optional<Forecast> time;
};

std::vector<Cost> costs(const Study& study, const Plan& plan, DatasetCache& datasets, const Rates& rates) {
  std::vector<Cost> costs;
  for (std::size_t i = 0; i < plan.variants.size(); ++i) {
    const Config& config = study.variants[i].config;
    Cost& cost = costs.emplace_back();
    if (study.trainer()) continue;
    cost.images = training_images(config, *datasets.get(config.data));
    const std::int64_t all =
        cost.images * config.training.epochs * static_cast<std::int64_t>(plan.seeds.size());
    cost.flop = static_cast<double>(plan.variants[i].flops_per_sample) * static_cast<double>(all);
    cost.time = rates.forecast(plan.variants[i], all);
  }
  return costs;
}

/// Of runs that another program trains: what is known before it runs.
Table program_table(const Study& study, const Plan& plan, const std::vector<FactorColumn>& factors) {
  Table table{{{"variant"}, {"baseline"}}, {}};
  for (const FactorColumn& factor : factors) table.columns.push_back({factor.name});
  table.columns.insert(table.columns.end(), {{"seeds"}, {"epochs"}});
  for (const Variant& variant : study.variants) {
    std::vector<Value> row = {variant.name, std::string(variant.is_baseline ? "yes" : "")};
    for (const FactorColumn& factor : factors) row.push_back(factor_cell(variant, factor.key));
    row.insert(row.end(), {seeds_text(plan.seeds), std::int64_t{variant.config.training.epochs}});
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// One row per variant; FLOPs and seconds are those of all its seeds.
Table plan_table(const Study& study, const Plan& plan, const std::vector<Cost>& costs) {
  Table table;
  table.columns = {{"variant"}, {"baseline"}};
  const std::vector<FactorColumn> factors = factor_columns(study);
  for (const FactorColumn& factor : factors) table.columns.push_back({factor.name});
  for (const char* name : {"seeds", "parameters", "flops_per_sample", "training_images", "epochs",
                           "rate_first", "rate_quarter", "rate_half", "rate_last"}) {
    table.columns.push_back({name});
  }
  table.columns.insert(table.columns.end(), {{"training_gflop", 1}, {"seconds", 1}, {"estimated_from"}});
  if (study.trainer()) return program_table(study, plan, factors);
  for (std::size_t i = 0; i < plan.variants.size(); ++i) {
    const VariantRecord& variant = plan.variants[i];
    const TrainingSettings& training = study.variants[i].config.training;
    std::vector<Value> row = {variant.name, std::string(variant.is_baseline ? "yes" : "")};
    for (const FactorColumn& factor : factors) row.push_back(factor_cell(study.variants[i], factor.key));
    row.insert(row.end(), {seeds_text(plan.seeds), variant.parameters, variant.flops_per_sample,
                           costs[i].images, std::int64_t{training.epochs}});
    for (Value& rate : rate_cells(training)) row.push_back(std::move(rate));
    const auto& time = costs[i].time;
    row.insert(row.end(), {costs[i].flop / 1e9, time ? Value(time->seconds) : Value(),
                           time ? to_string(time->basis) : "unknown"});
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// "about 2 min of training, one run at a time"
std::string total_text(const std::vector<Cost>& costs) {
  double seconds = 0.0;
  for (const Cost& cost : costs) {
    if (!cost.time) return "how long it takes is unknown until the database has a run";
    seconds += cost.time->seconds;
  }
  return fmt::format("about {} of training, one run at a time", duration_text(seconds));
}

/// What tuning adds: "tuning first: 4 values x 18 variants x 2 seeds = 144 runs; about 3 min of training, ...".
std::string tuning_text(const Study& study, DatasetCache& datasets, const Rates& rates) {
  const Study tuning = tuning_study(study, metric_names());
  const Plan plan = plan_study(tuning, datasets);
  return fmt::format("tuning first: {} x {} x {} = {}; {}\n", counted(study.tune->choices.size(), "value"),
                     counted(study.variants.size(), "variant"), counted(study.tune->seeds, "seed"),
                     counted(tuning.variants.size() * tuning.seeds.size(), "run"),
                     total_text(costs(tuning, plan, datasets, rates)));
}

/// What earlier runs tell of this study.
struct Earlier {
  Rates rates;
  std::optional<EarlierSpread> spread;
};

/// Nothing is known where there is no database; it is not made. One that cannot be read costs the estimates, not
/// the plan.
Earlier earlier_runs(const std::filesystem::path& database, const Study& study, Console& console) {
  std::error_code error;
  if (!std::filesystem::exists(database, error)) return {};
  try {
    const Reader reader(database);
    return {Rates(reader), earlier_spread(reader, study)};
  } catch (const RequestError& refused) {
    console.err << fmt::format("note: no time is estimated: {}\n", refused.what());
    return {};
  }
}

}  // namespace

int plan_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string file, database, work, format = "table";
  std::vector<std::string> sets;
  Options options(self);
  options.positional("STUDY.yaml", file, true, "the study file");
  add_set_option(options, sets);
  add_database_option(options, database);
  add_work_option(options, work);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const Study study = load_study_file(file, sets, console);
  DatasetCache datasets;
  const Plan plan = plan_study(study, datasets);
  const Earlier earlier = earlier_runs(database_path(database), study, console);
  const std::vector<Cost> cost = costs(study, plan, datasets, earlier.rates);
  const bool by_factors = chosen == Format::table && console.terminal.width > 0;
  Table table = plan_table(study, plan, cost);
  if (by_factors && factors_tell_apart(study)) drop_column(table, 0);
  print_table(console, table, chosen, {.drops_constants = true});
  console.err << fmt::format("{}: {} x {} = {}; {}\n", study.name, counted(plan.variants.size(), "variant"),
                             counted(plan.seeds.size(), "seed"),
                             counted(plan.variants.size() * plan.seeds.size(), "run"), total_text(cost));
  if (study.until_settled) {
    const std::size_t most = study.until_settled->most;
    console.err << fmt::format("then seeds until settled, at most {}: {}\n", most,
                               counted(plan.variants.size() * most, "run"));
  }
  if (study.tune) console.err << tuning_text(study, datasets, earlier.rates);
  console.err << baseline_advice(study) << seed_advice(study, earlier.spread);
  const std::filesystem::path path = database_path(database);
  tell_sent(console, sent_runs(work_folders(work, path, study.name), path, study.name));
  return exit_done;
}

}  // namespace ablate
