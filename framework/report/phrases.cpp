#include "report/phrases.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "text/decimals.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

const FactorTitle* find_title(const Comparison& comparison, const std::string& key) {
  const auto& titles = comparison.factor_titles;
  const auto found =
      std::find_if(titles.begin(), titles.end(), [&](const FactorTitle& title) { return title.key == key; });
  return found == titles.end() ? nullptr : &*found;
}

/// The shortest end of the key that tells it from the others: "skip" of "model.skip".
std::string short_name(const std::vector<std::string>& keys, const std::string& key) {
  for (std::size_t dot = key.rfind('.'); dot != std::string::npos && dot > 0; dot = key.rfind('.', dot - 1)) {
    const std::string end = key.substr(dot);
    const auto same = std::count_if(keys.begin(), keys.end(), [&](const std::string& other) {
      return other.ends_with(end) || other == end.substr(1);
    });
    if (same <= 1) return end.substr(1);
  }
  return key;
}

}  // namespace

std::string mean_text(const Summary& summary, int decimals) {
  if (summary.n == 0) return "–";
  if (summary.n > 1 && decimals == 4) decimals = decimals_for(summary);
  const std::string mean = fmt::format("{:.{}f}", summary.mean, decimals);
  return summary.n == 1 ? mean : fmt::format("{} ± {:.{}f}", mean, summary.standard_deviation, decimals);
}

std::string interval_text(const Interval& interval, int decimals) {
  return fmt::format("{} to {}", signed_text(interval.low, decimals), signed_text(interval.high, decimals));
}

int decimals_of(const Member& member) {
  const auto [low, high] = member.interval;
  return low < high ? decimals_for_interval(low, high) : decimals_for_number(member.summary.mean);
}

int decimals_of(const PairedDifference& difference) {
  const auto [low, high] = difference.interval;
  return difference.summary.n > 1 && low < high ? decimals_for_interval(low, high)
                                                : decimals_for_number(difference.summary.mean);
}

int decimals_for(const Summary& summary) {
  return summary.n > 1 && summary.standard_deviation > 0.0 ? decimals_for_number(summary.standard_deviation)
                                                           : decimals_for_number(summary.mean);
}

std::string difference_text(const Difference& difference) {
  const int decimals = decimals_of(difference.paired);
  const std::string mean = signed_text(difference.paired.summary.mean, decimals);
  return difference.paired.summary.n < 2
             ? mean
             : fmt::format("{} ({})", mean, interval_text(difference.paired.interval, decimals));
}

std::string runs_text(const RunCounts& counts) {
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
  return title && title->name != key ? title->name : short_name(comparison.factor_keys, key);
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
