#include "report/phrases.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "text/escape.hpp"

namespace ablate {
namespace {

const FactorTitle* find_title(const Comparison& comparison, const std::string& key) {
  const auto& titles = comparison.factor_titles;
  const auto found =
      std::find_if(titles.begin(), titles.end(), [&](const FactorTitle& title) { return title.key == key; });
  return found == titles.end() ? nullptr : &*found;
}

}  // namespace

std::string mean_text(const Summary& summary, int decimals) {
  if (summary.n == 0) return "–";
  const std::string mean = fmt::format("{:.{}f}", summary.mean, decimals);
  return summary.n == 1 ? mean : fmt::format("{} ± {:.{}f}", mean, summary.standard_deviation, decimals);
}

std::string interval_text(const Interval& interval) {
  return fmt::format("{} to {}", signed_text(interval.low), signed_text(interval.high));
}

std::string difference_text(const Difference& difference) {
  const std::string mean = signed_text(difference.paired.summary.mean);
  return difference.paired.summary.n < 2
             ? mean
             : fmt::format("{} ({})", mean, interval_text(difference.paired.interval));
}

std::string runs_text(const CellCounts& counts) {
  std::string text = fmt::format("{}: {} done", counted(counts.planned, "planned run"), counts.done);
  if (counts.stopped > 0) text += fmt::format(", {} stopped early by the stop rule", counts.stopped);
  const std::pair<std::size_t, const char*> others[] = {{counts.diverged, "diverged"},
                                                        {counts.failed, "failed"},
                                                        {counts.interrupted, "interrupted"},
                                                        {counts.running, "still running"},
                                                        {counts.missing, "missing (never begun)"}};
  for (const auto& [number, name] : others) text += fmt::format(", {} {}", number, name);
  if (counts.waiting > 0) text += fmt::format(", {} waiting at a rung", counts.waiting);
  if (counts.archived == 0) return text + ".";
  const bool all = counts.archived == counts.planned;
  return text + fmt::format(". {} archived: lists leave {} out, this report does not.",
                            all ? "They are all"
                                : counted(counts.archived, "run") + (counts.archived == 1 ? " is" : " are"),
                            counts.archived == 1 ? "it" : "them");
}

std::string seeds_text(const std::vector<std::int64_t>& seeds) {
  if (seeds.empty()) return "no seed";
  return fmt::format("seed{} {}", seeds.size() == 1 ? "" : "s", id_ranges(seeds));
}

std::string factor_text(const Value& value) {
  return std::holds_alternative<std::monostate>(value) ? "–" : to_string(value);
}

std::string factor_name(const Comparison& comparison, const std::string& key) {
  const FactorTitle* title = find_title(comparison, key);
  return title ? title->name : key;
}

std::string factor_label(const Comparison& comparison, const std::string& key, const Value& value) {
  const FactorTitle* title = find_title(comparison, key);
  if (!title) return factor_text(value);
  const auto label = title->labels.find(to_string(value));
  return label == title->labels.end() ? factor_text(value) : label->second;
}

std::string_view mark(const VariantSummary& variant, SplitName split) {
  return variant.leaked && split == SplitName::test ? dagger : std::string_view();
}

std::string_view mark_of_all(const Comparison& comparison) {
  for (const auto& variant : comparison.variants) {
    if (!mark(variant, comparison.primary.split).empty()) return dagger;
  }
  return {};
}

}  // namespace ablate
