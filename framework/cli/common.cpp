#include "cli/common.hpp"

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/shell_word.hpp"
#include "base/suggest.hpp"
#include "config/tuning.hpp"
#include "metrics/metric_name.hpp"
#include "metrics/metric_table.hpp"
#include "report/phrases.hpp"
#include "store/looks.hpp"
#include "text/folder_name.hpp"

namespace ablate {

void add_database_option(Options& options, std::string& chosen) {
  options.text("db", "FILE", chosen, "the results database; default: $ABLATE_DB, else ablate.db");
}

void add_databases_option(Options& options, std::vector<std::string>& chosen) {
  options.texts("db", "FILE", chosen,
                "the results database; default: $ABLATE_DB, else ablate.db; may be repeated");
}

std::filesystem::path database_path(const std::string& chosen) {
  const char* from_environment = std::getenv("ABLATE_DB");
  const std::string path = !chosen.empty()                         ? chosen
                           : from_environment && *from_environment ? from_environment
                                                                   : "ablate.db";
  if (path == ":memory:") {
    throw RequestError("--db :memory: would be gone with the command that filled it",
                       "name a file, or ./:memory: if that is its name");
  }
  return expand_home(path);
}

std::string database_words(const std::filesystem::path& database) {
  return database == database_path("") ? "" : " --db " + shell_word(database.string());
}

void add_format_option(Options& options, std::string& chosen) {
  options.text("format", "FORMAT", chosen,
               fmt::format("{}; default: table", fmt::join(format_names(), ", ")));
}

void add_set_option(Options& options, std::vector<std::string>& chosen) {
  options.texts("set", "KEY=VALUE", chosen,
                "change a setting of the file before variants are made; may be repeated");
}

TuningRequest tuning_request(const Study& study) {
  const TuneSettings& tune = *study.tune;
  TuningRequest request{tuning_name(study.name), {}, tune.by, tune.seeds, {}};
  for (const auto& [key, values] : tune.tried) request.keys.push_back(key);
  for (const Variant& variant : study.variants) {
    TriedVariant& tried = request.variants.emplace_back(TriedVariant{variant.name, {}, {}});
    for (const TuneChoice& choice : tune.choices) {
      tried.labels.push_back(choice.label);
      tried.names.push_back(tuning_name(variant.name, choice));
    }
  }
  return request;
}

void choose_confidence(double& confidence, std::vector<std::string>& afterthoughts, double chosen) {
  if (chosen != confidence)
    afterthoughts.push_back(fmt::format("the confidence of {}", confidence_text(chosen)));
  confidence = chosen;
}

void record_looks(const ReportFiles& report, const std::filesystem::path& database, Console& console) {
  for (const ReportedLook& look : report.looks) {
    const std::string why =
        record_look(look.database.empty() ? database : look.database, look.study_id, look.look);
    if (!why.empty()) console.err << fmt::format("note: this look is not on record: {}\n", why);
  }
}

void record_comparison(const Comparison& comparison, const std::filesystem::path& database,
                       Console& console) {
  ReportFiles looked;
  if (auto look = look_at(comparison, "compare")) looked.looks.push_back(std::move(*look));
  record_looks(looked, database, console);
}

ReportOptions report_options(const Study& study, const std::filesystem::path& folder) {
  ReportOptions options{folder, to_string(study.report.primary), study.report.confidence};
  if (study.contrast) options.contrast = *study.contrast;
  options.blind = study.report.blind;
  options.until_settled = study.until_settled;
  if (study.tune) options.tuning = tuning_request(study);
  for (const Variant& variant : study.variants) {
    for (const Factor& factor : variant.factors) {
      const bool labelled = factor.label != to_string(factor.value);
      if (factor.name == factor.key && !labelled) continue;
      auto title = std::find_if(options.factors.begin(), options.factors.end(),
                                [&](const FactorTitle& t) { return t.key == factor.key; });
      if (title == options.factors.end()) {
        title = options.factors.insert(title, {factor.key, factor.name});
      }
      if (labelled) title->labels[to_string(factor.value)] = factor.label;
    }
  }
  return options;
}

std::filesystem::path report_folder(const std::string& out, std::string_view name) {
  return out.empty() ? std::filesystem::path("reports") / folder_name(name) : expand_home(out);
}

namespace {

/// What our suite calls better no file turns round.
void check_directions(const Study& study) {
  if (!study.trainer()) return;
  for (const Entry& entry : study.trainer()->metrics.node.entries) {
    const auto [split, name] = metric_name(entry.key);
    for (const Metric& metric : metric_table()) {
      const bool is_up = metric.better == Better::up;
      if (split.empty() || metric.name != name || entry.value.text == (is_up ? "up" : "down")) continue;
      throw RequestError(entry.value.where,
                         fmt::format("trainer.metrics.{} is {}; in ablate's suite {} is better the {} it is",
                                     entry.key, entry.value.text, name, is_up ? "higher" : "lower"),
                         fmt::format("{}: {}; what is not that metric needs another name, such as {}.own_{}",
                                     entry.key, is_up ? "up" : "down", split, name));
    }
  }
}

}  // namespace

Study load_study_file(const std::string& path, const std::vector<std::string>& sets, Console& console) {
  std::vector<Override> overrides;
  for (const std::string& text : sets) overrides.push_back(parse_override(text));
  Study study = load_study(path, overrides, metric_names());
  check_directions(study);
  for (const std::string& warning : study.warnings) console.err << "note: " << warning << "\n";
  return study;
}

Config run_config(const Reader& reader, const RunRecord& run, const std::vector<std::string>& sets) {
  const VariantRecord variant = reader.variant(run.variant_id);
  const std::string name = fmt::format("run {}", run.id);
  if (parse_variant(variant.config, name, metric_names()).trainer) {
    throw RequestError(
        fmt::format("{} was trained by another program: this file holds its metrics, not its network", name),
        "what the program kept is in the folder that `ablate show` names");
  }
  std::vector<Override> overrides;
  for (const std::string& set : sets) {
    const Override change = parse_override(set);
    if (change.first != "data.path" && change.first != "data.mapping" &&
        !change.first.starts_with("data.files")) {
      throw RequestError(fmt::format("--set {}: a run's settings are what they were", set),
                         "--set data.path=DIR, data.files or data.mapping say where its files are now");
    }
    overrides.push_back(change);
  }
  return parse_config(variant.config, name, overrides, metric_names());
}

SplitName parse_split(const std::string& name) {
  std::vector<std::string> names;
  for (const SplitName split : {SplitName::train, SplitName::validation, SplitName::test}) {
    if (to_string(split) == name) return split;
    names.push_back(to_string(split));
  }
  throw RequestError(fmt::format("--split {}: there is no such split", name), suggestion(name, names));
}

}  // namespace ablate
