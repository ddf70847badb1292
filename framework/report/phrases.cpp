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
