#include "report/phrases.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

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
std::string short_key(const std::vector<std::string>& keys, const std::string& key) {
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
  if (decimals == 4) decimals = decimals_for(summary);
  const std::string mean = digits_text(summary.mean, decimals);
  return summary.n == 1 ? mean
                        : fmt::format("{} ± {}", mean, digits_text(summary.standard_deviation, decimals));
}

std::string interval_text(const Interval& interval, int decimals) {
  return fmt::format("{} to {}", signed_text(interval.low, decimals), signed_text(interval.high, decimals));
}

int decimals_of(const Interval& interval, double number) {
  // A width that rounding alone made needs no digits.
  const bool wide = interval.high - interval.low > 2.0 * rounding * std::abs(number);
  return wide ? decimals_for_interval(interval.low, interval.high) : decimals_for_number(number);
}

int decimals_of(const Member& member) { return decimals_of(member.interval, member.summary.mean); }

int decimals_of(const PairedDifference& difference) {
  return decimals_of(difference.summary.n > 1 ? difference.interval : Interval{}, difference.summary.mean);
}

int decimals_for(const Summary& summary) {
  return has_spread(summary) ? decimals_for_number(summary.standard_deviation)
                             : decimals_for_number(summary.mean);
}

std::string judged_text(Judged judged) {
  switch (judged) {
    case Judged::by_flips:
      return "flips";
    case Judged::by_drawn_flips:
      return "drawn flips";
    case Judged::by_e_value:
      return "e-value";
    case Judged::by_t:
      return "t";
    case Judged::not_at_all:
      break;
  }
  return "not judged";
}

std::string difference_text(const Member& member) {
  if (member.summary.n == 0) return "–";
  const int decimals = decimals_of(member);
  const std::string mean = signed_text(member.summary.mean, decimals);
  return member.interval.has_width() ? fmt::format("{} ({})", mean, interval_text(member.interval, decimals))
                                     : mean;
}

std::string difference_text(const PairedDifference& difference) {
  if (difference.summary.n == 0) return "–";
  const int decimals = decimals_of(difference);
  const std::string mean = signed_text(difference.summary.mean, decimals);
  return difference.summary.n < 2
             ? mean
             : fmt::format("{} ({})", mean, interval_text(difference.interval, decimals));
}

std::string short_name(const Comparison& comparison, const VariantSummary& variant) {
  if (!comparison.names_say_factors) return variant.name;
  std::vector<std::string> parts;
  for (std::size_t f = 0; f < variant.factors.size(); ++f) {
    const std::string& key = comparison.factor_keys[f];
    const auto varies = [&](const VariantSummary& other) { return other.factors[f] != variant.factors[f]; };
    if (std::none_of(comparison.variants.begin(), comparison.variants.end(), varies)) continue;
    const std::string label = factor_label(comparison, key, variant.factors[f]);
    const bool tells =
        std::any_of(label.begin(), label.end(), [](unsigned char c) { return std::isalpha(c); }) &&
        label != "true" && label != "false";
    parts.push_back(tells ? label : fmt::format("{} {}", factor_name(comparison, key), label));
  }
  return parts.empty() ? variant.name : fmt::format("{}", fmt::join(parts, ", "));
}

bool do_names_say_factors(const Comparison& comparison) {
  const auto says = [&](const VariantSummary& variant, std::size_t f) {
    return variant.name.find('=' + factor_label(comparison, comparison.factor_keys[f], variant.factors[f])) !=
           std::string::npos;
  };
  if (comparison.factor_keys.empty()) return false;
  return std::all_of(comparison.variants.begin(), comparison.variants.end(), [&](const auto& variant) {
    for (std::size_t f = 0; f < variant.factors.size(); ++f) {
      if (!says(variant, f)) return false;
    }
    return true;
  });
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
  return title && title->name != key ? title->name : short_key(comparison.factor_keys, key);
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
