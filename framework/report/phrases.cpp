#include "ablate/report/phrases.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ablate/report/escape.hpp"

namespace ablate {
namespace {

const FactorTitle* find_title(const Comparison& comparison, const std::string& key) {
  const auto& titles = comparison.factor_titles;
  const auto found =
      std::find_if(titles.begin(), titles.end(), [&](const FactorTitle& title) { return title.key == key; });
  return found == titles.end() ? nullptr : &*found;
}

}  // namespace

std::string counted(std::size_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string mean_text(const Summary& summary, int decimals) {
  if (summary.n == 0) return "–";
  const std::string mean = fmt::format("{:.{}f}", summary.mean, decimals);
  return summary.n == 1 ? mean : fmt::format("{} ± {:.{}f}", mean, summary.standard_deviation, decimals);
}

std::string signed_text(double number, int decimals) {
  const std::string size = fmt::format("{:.{}f}", std::abs(number), decimals);
  const bool zero = size.find_first_not_of("0.") == std::string::npos;
  return (zero ? "" : number < 0 ? "−" : "+") + size;
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

std::string p_text(double p) { return std::isfinite(p) ? fmt::format("{:.3g}", p) : "–"; }

std::string seeds_text(const std::vector<std::int64_t>& seeds) {
  if (seeds.empty()) return "no seed";
  return fmt::format("seed{} {}", seeds.size() == 1 ? "" : "s", id_ranges(seeds));
}

std::string names_text(const std::vector<std::string>& names, std::size_t most) {
  const std::size_t shown = std::min(most, names.size());
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += (i ? ", " : "") + names[i];
  return shown < names.size() ? fmt::format("{} and {} more", text, names.size() - shown) : text;
}

std::string confidence_text(double confidence) { return fmt::format("{:.4g} %", 100.0 * confidence); }

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

Value number_or_null(double number) { return std::isfinite(number) ? Value(number) : Value(); }

Value whole(std::size_t number) { return static_cast<std::int64_t>(number); }

Value text_or_null(std::string_view text) {
  if (text.empty()) return {};
  return std::string(text);
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
