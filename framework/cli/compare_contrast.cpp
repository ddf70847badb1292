#include "cli/compare_contrast.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/common.hpp"
#include "config/contrast.hpp"
#include "metrics/metric_table.hpp"
#include "report/collect.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

using Names = std::vector<std::string>;

/// Keys, their last parts, and what the study calls them.
Names factor_words(const Study& study) {
  std::set<std::string> words;
  for (const Variant& variant : study.variants) {
    for (const Factor& factor : variant.factors) {
      words.insert({factor.key, factor.name});
      words.insert(factor.key.substr(factor.key.rfind('.') + 1));
    }
  }
  return {words.begin(), words.end()};
}

Study read_study(const StudyRecord& record) {
  return parse_study(record.config, record.name, {}, metric_names());
}

StudyRecord find_study(const Reader& reader, const ContrastRequest& request) {
  if (!request.study.empty()) return reader.study(request.study);
  std::vector<StudyRecord> found;
  Names words, names;
  for (const StudyRecord& study : reader.studies()) {
    const Names own = factor_words(read_study(study));
    words.insert(words.end(), own.begin(), own.end());
    if (std::find(own.begin(), own.end(), request.factor) == own.end()) continue;
    found.push_back(study);
    names.push_back(study.name);
  }
  if (found.size() == 1) return found.front();
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  if (found.empty())
    throw RequestError(fmt::format("no study varies a factor '{}'", request.factor),
                       suggestion(request.factor, words));
  throw RequestError(fmt::format("several studies vary '{}': {}", request.factor, fmt::join(names, ", ")),
                     "--study NAME");
}

/// The question as the command line asks it; the study's own margin stays where its metric does.
ContrastSettings asked_contrast(const ContrastRequest& request, const Study& study, double margin) {
  ContrastSettings asked{request.factor, request.from, request.to, request.by, margin};
  resolve_contrast(
      asked, study, [](const std::string& part, const std::string& what, const std::string& hint) {
        return RequestError(fmt::format("{}: {}", part == "factor" ? "FACTOR" : "--" + part, what), hint);
      });
  return asked;
}

std::string factor_of_file(const Study& study) {
  for (const Variant& variant : study.variants) {
    if (!variant.factors.empty()) return variant.factors.front().key;
  }
  return {};
}

const SeedValue* value_of(const VariantSummary& variant, std::int64_t seed) {
  const auto found = std::find_if(variant.values.begin(), variant.values.end(),
                                  [&](const SeedValue& value) { return value.seed == seed; });
  return found == variant.values.end() ? nullptr : &*found;
}

void add_pairs(Table& table, const Comparison& comparison, const AnsweredContrast& of, std::size_t s) {
  const VariantSummary &from = comparison.variants[of.from_variants[s]],
                       &to = comparison.variants[of.to_variants[s]];
  std::map<std::int64_t, std::pair<Value, Value>> runs;
  for (const RunSummary& run : from.runs) runs[run.seed].first = run.run_id;
  for (const RunSummary& run : to.runs) runs[run.seed].second = run.run_id;
  for (const auto& [seed, ids] : runs) {
    const SeedValue *a = value_of(from, seed), *b = value_of(to, seed);
    table.rows.push_back({of.name, setting_name(comparison, of, s), seed, ids.first, ids.second,
                          a ? Value(a->value) : Value(), b ? Value(b->value) : Value(),
                          a && b ? Value(b->value - a->value) : Value()});
  }
}

/// The study file asks it: what it names, or without that what a report asks by itself.
bool is_declared(const ContrastRequest& request, const ContrastSettings& asked, const Study& study) {
  if (!study.contrast) {
    const bool by_itself = request.by.empty() && request.from.empty() && request.to.empty();
    return by_itself && asked.factor == factor_of_file(study);
  }
  const ContrastSettings& own = *study.contrast;
  return asked.factor == own.factor && (request.from.empty() || asked.from == own.from) &&
         (request.to.empty() || asked.to == own.to) && (request.by.empty() || asked.by == own.by);
}

}  // namespace

Comparison ask_contrast(const Reader& reader, const ContrastRequest& request) {
  const StudyRecord record = find_study(reader, request);
  const Study own = read_study(record);
  const bool same_metric = request.metric.empty() || request.metric == to_string(own.report.primary);
  const double margin = own.contrast && same_metric ? own.contrast->margin : 0.0;
  Study asked = own;
  asked.contrast = asked_contrast(request, own, margin);
  ReportOptions options = report_options(asked, std::filesystem::path());
  if (!is_declared(request, *asked.contrast, own)) options.afterthoughts.emplace_back("this contrast");
  if (request.confidence) choose_confidence(options.confidence, options.afterthoughts, *request.confidence);
  if (!same_metric) {
    options.primary = request.metric;
    options.afterthoughts.push_back(request.metric);
  }
  return collect(reader, record.name, options);
}

Table contrast_pairs_table(const Comparison& comparison) {
  Table table{
      {{"contrast"}, {"setting"}, {"seed"}, {"run_from"}, {"run_to"}, {"from"}, {"to"}, {"difference"}}, {}};
  if (!comparison.answer) return table;
  for (const AnsweredContrast& of : comparison.answer->contrasts) {
    for (std::size_t s = 0; s < of.from_variants.size(); ++s) add_pairs(table, comparison, of, s);
  }
  return table;
}

}  // namespace ablate
