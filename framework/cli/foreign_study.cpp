#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/numbers_alike.hpp"
#include "base/suggest.hpp"
#include "base/text_value.hpp"
#include "cli/foreign_metrics.hpp"
#include "cli/foreign_names.hpp"
#include "cli/import_runs.hpp"
#include "cli/same_run.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// The name of a setting of ours for a parameter of theirs.
std::string setting_key(const std::string& param) {
  std::string key;
  for (const char c : param) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    key += fits ? c : '_';
  }
  return key.empty() || key == "seed" || key == "dir" || key == "params" || key == "args"
             ? key + "_"
             : key.substr(0, 100);
}

/// Parameters of the runs and the different values of each.
std::map<std::string, std::set<std::string>> values_by_param(const std::vector<ForeignRun>& runs) {
  std::map<std::string, std::set<std::string>> values;
  for (const ForeignRun& run : runs) {
    for (const auto& [key, value] : run.params) values[key].insert(value);
  }
  for (auto& known : values) {
    const bool everywhere = std::all_of(
        runs.begin(), runs.end(), [&](const ForeignRun& run) { return run.params.contains(known.first); });
    if (!everywhere) known.second.insert("");
  }
  return values;
}

std::string value_in(const ForeignRun& run, const std::string& key) {
  const auto found = run.params.find(key);
  return found == run.params.end() ? std::string() : found->second;
}

/// Turns runs into a study file.
class Maker {
 public:
  Maker(const std::vector<ForeignRun>& runs, const ImportOptions& options)
      : runs_(runs), options_(options), metrics_(runs, options) {
    if (runs.empty()) throw RequestError("nothing was found to import");
    choose_factors();
    for (const std::string& factor : factors_) numeric_[factor] = is_numeric(factor);
  }

  ForeignStudy make() {
    place_runs();
    const std::vector<std::string> baseline = baseline_values();
    std::string text =
        fmt::format("study: {}\nquestion: {}\ntrainer:\n  command: [imported from, {}]\n",
                    json_text(options_.study), json_text(question()), json_text(listed(options_.places)));
    text += fmt::format("  settings: {{{}}}\n  epochs: {}\n  metrics: {{{}}}\n", changes(baseline),
                        last_step(), metrics_.directions());
    if (!paired_) text += "  paired: false\n";
    if (options_.select != "last") text += fmt::format("  select: {}\n", json_text(options_.select));
    text += "variants:\n";
    if (!options_.baseline.empty()) text += fmt::format("  baseline: {{{}}}\n", changes(baseline));
    text += "  list:\n";
    for (const auto& [values, name] : variants_in_order())
      text += fmt::format("    {}: {{{}}}\n", json_text(name), changes(values));
    text += fmt::format("seeds: [{}]\nreport: {{primary: {}}}\n", fmt::join(seeds_, ", "),
                        json_text(metrics_.primary()));
    return {text, places_, paired_};
  }

 private:
  std::string question() const {
    return factors_.empty() ? "What do the imported runs say?"
                            : fmt::format("What do the imported runs say of {}?", listed(factors_));
  }

  static std::string listed(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, ", "));
  }

  void choose_factors() {
    const auto values = values_by_param(runs_);
    std::vector<std::string> known;
    for (const auto& [key, all] : values) known.push_back(key);
    const bool named = !options_.seed.empty() && options_.seed != "none";
    if (named && !values.contains(options_.seed)) {
      throw RequestError(fmt::format("the runs have no parameter '{}' that holds their seed", options_.seed),
                         "--seed KEY, or --seed none; " + suggestion(options_.seed, known));
    }
    if (named || (options_.seed.empty() && values.contains("seed"))) seed_ = named ? options_.seed : "seed";
    paired_ = !seed_.empty();
    if (options_.factors == "none") return;
    for (const std::string& factor : split_list(options_.factors)) {
      if (!values.contains(factor))
        throw RequestError(fmt::format("--factors: the runs have no parameter '{}'", factor),
                           suggestion(factor, known));
      factors_.push_back(factor);
    }
    for (const auto& [key, all] : values) {
      const bool is_seed = key == seed_ || (options_.seed == "none" && key == "seed");
      if (options_.factors.empty() && !is_seed && all.size() > 1) factors_.push_back(key);
    }
    if (factors_.empty() && !paired_ && runs_.size() > 1) refuse_indistinct();
    put_baseline_first();
  }

  void refuse_indistinct() const {
    throw RequestError(
        fmt::format("nothing but their names tells the {} runs apart: {}, {}{}", runs_.size(), runs_[0].name,
                    runs_[1].name, runs_.size() > 2 ? ", ..." : ""),
        fmt::format(
            "{}; or --factors none, if all are runs of one variant",
            options_.kind == "tensorboard"
                ? "a folder for each variant, as in logs/VARIANT/RUN, or key=value in the folders' names"
                : "a parameter that says what was varied"));
  }

  /// The first factor is the one that a study asks about: the one that --baseline names first.
  void put_baseline_first() {
    std::vector<std::string> named;
    for (const std::string& change : split_list(options_.baseline))
      named.push_back(option_pair(change, "--baseline").first);
    const auto place = [&](const std::string& factor) {
      return std::find(named.begin(), named.end(), factor) - named.begin();
    };
    std::stable_sort(factors_.begin(), factors_.end(),
                     [&](const std::string& a, const std::string& b) { return place(a) < place(b); });
  }

  bool is_numeric(const std::string& factor) const {
    return std::all_of(runs_.begin(), runs_.end(), [&](const ForeignRun& run) {
      return number_of<double>(value_in(run, factor)).has_value();
    });
  }

  /// One text for each number.
  std::string canonical(const std::string& factor, const std::string& value) const {
    const auto number = number_of<double>(value);
    return numeric_.at(factor) && number ? fmt::format("{}", *number) : value;
  }

  std::vector<std::string> values_of_run(const ForeignRun& run) const {
    std::vector<std::string> values;
    for (const std::string& factor : factors_) values.push_back(canonical(factor, value_in(run, factor)));
    return values;
  }

  std::string name_of(const std::vector<std::string>& values) const { return foreign_name(factors_, values); }

  /// Names of variants by their factors' values: by the numbers of a factor where its values differ in them alone,
  /// else by its texts.
  std::vector<std::pair<std::vector<std::string>, std::string>> variants_in_order() const {
    std::vector<std::pair<std::vector<std::string>, std::string>> variants(names_.begin(), names_.end());
    for (std::size_t factor = factors_.size(); factor-- > 0;) {
      std::vector<std::string> texts;
      for (const auto& [values, name] : variants) texts.push_back(values[factor]);
      const auto numbers = numbers_alike(texts);
      std::map<std::string, double> number_of_text;
      for (std::size_t i = 0; numbers && i < texts.size(); ++i) number_of_text[texts[i]] = (*numbers)[i];
      std::stable_sort(variants.begin(), variants.end(), [&](const auto& a, const auto& b) {
        const std::string &left = a.first[factor], &right = b.first[factor];
        return numbers ? number_of_text.at(left) < number_of_text.at(right) : left < right;
      });
    }
    return variants;
  }

  std::string changes(const std::vector<std::string>& values) const {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool number = numeric_.at(factors_[i]);
      const bool whole = values[i].find_first_not_of("-0123456789") == std::string::npos;
      const std::string value = !number ? json_text(values[i].empty() ? "none" : values[i])
                                : whole ? values[i] + ".0"
                                        : values[i];
      text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", setting_key(factors_[i]), value);
    }
    return text;
  }

  std::int64_t seed_of(const ForeignRun& run) const {
    std::string text = value_in(run, seed_);
    if (text.ends_with(".0")) text.resize(text.size() - 2);  // as pandas writes a column with gaps
    const auto seed = number_of<std::int64_t>(text);
    if (seed && *seed >= 0) return *seed;
    throw RequestError(text.empty()
                           ? fmt::format("{} has no {}", run.name, seed_)
                           : fmt::format("{}: its {} '{}' is no seed, a whole number", run.name, seed_, text),
                       "--seed names another parameter, or none");
  }

  void place_runs() {
    std::map<std::pair<std::string, std::int64_t>, const ForeignRun*> taken;
    std::set<std::int64_t> seeds;
    std::map<std::string, std::int64_t> counts;
    for (const ForeignRun& run : runs_) {
      const std::vector<std::string> values = values_of_run(run);
      const auto [name, is_new] = names_.try_emplace(values, name_of(values));
      const std::int64_t seed = paired_ ? seed_of(run) : ++counts[name->second];
      const auto [other, fresh] = taken.try_emplace({name->second, seed}, &run);
      if (!fresh)
        throw RequestError(fmt::format("{} and {} are both {} under seed {}", other->second->name, run.name,
                                       name->second, seed),
                           same_run_advice(*other->second, run, seed_, options_.kind));
      places_.push_back({name->second, seed});
      seeds.insert(seed);
    }
    seeds_.assign(seeds.begin(), seeds.end());
    if (seeds_.size() > 1 || names_.size() == 1) return;
    throw RequestError(
        fmt::format("every one of the {} variants has a single run, so that nothing can be compared",
                    names_.size()),
        "--factors names those that matter, --seed the parameter that repeats a run");
  }

  std::vector<std::string> baseline_values() const {
    std::vector<std::string> values = names_.begin()->first;
    for (const std::string& change : split_list(options_.baseline)) {
      const auto [key, value] = option_pair(change, "--baseline");
      const auto factor = std::find(factors_.begin(), factors_.end(), key);
      if (factor == factors_.end())
        throw RequestError(fmt::format("--baseline: {} does not vary", key), suggestion(key, factors_));
      values[static_cast<std::size_t>(factor - factors_.begin())] = canonical(key, value);
    }
    if (names_.contains(values)) return values;
    std::vector<std::string> names;
    for (const auto& [of, name] : names_) names.push_back(name);
    throw RequestError(fmt::format("--baseline: no run has {}", name_of(values)),
                       suggestion(name_of(values), names));
  }

  int last_step() const {
    int last = 1;
    for (const ForeignRun& run : runs_) {
      for (const ForeignPoint& point : run.points) last = std::max(last, point.step);
    }
    return std::min(last, 1'000'000);
  }

  const std::vector<ForeignRun>& runs_;
  const ImportOptions& options_;
  ForeignMetrics metrics_;
  std::string seed_;  ///< the parameter that holds it; empty: runs are numbered
  bool paired_ = true;
  std::vector<std::string> factors_;
  std::map<std::string, bool> numeric_;
  std::map<std::vector<std::string>, std::string> names_;  ///< of variants, by their factors' values
  std::vector<ForeignStudy::Place> places_;
  std::vector<std::int64_t> seeds_;
};

}  // namespace

ForeignStudy foreign_study(const std::vector<ForeignRun>& runs, const ImportOptions& options) {
  return Maker(runs, options).make();
}

}  // namespace ablate
