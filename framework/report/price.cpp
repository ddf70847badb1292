#include "report/price.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "report/cost_text.hpp"
#include "report/phrases.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

std::vector<std::size_t> differing_places(const std::vector<std::size_t>& a,
                                          const std::vector<std::size_t>& b) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) places.push_back(i);
  }
  return places;
}

/// 1 or more; infinite where one is 0.
double size_ratio(std::int64_t a, std::int64_t b) {
  return static_cast<double>(std::max(a, b)) / static_cast<double>(std::min(a, b));
}

std::string equal_text(const Comparison& comparison, const EqualSize& pair) {
  const Summary with = primary(comparison, *pair.with), without = primary(comparison, *pair.without);
  return fmt::format(" Of {} size: {} ({} parameters) reaches {}; {} ({}) reaches {}.",
                     pair.with->parameters == pair.without->parameters ? "equal" : "about equal",
                     short_name(comparison, *pair.without), group_digits(pair.without->parameters),
                     mean_text(without), short_name(comparison, *pair.with),
                     group_digits(pair.with->parameters), mean_text(with));
}

}  // namespace

EqualSize equal_size(const Comparison& comparison) {
  const AnsweredContrast& of = comparison.answer->contrasts.front();
  const std::size_t main = main_setting(comparison, of);
  EqualSize nearest;
  std::tuple<bool, double> best(true, equal_size_ratio);
  for (std::size_t t = 0; t < of.settings.size(); ++t) {
    for (std::size_t f = 0; f < of.settings.size(); ++f) {
      const VariantSummary &with = comparison.variants[of.to_variants[t]],
                           &without = comparison.variants[of.from_variants[f]];
      const auto places = differing_places(of.settings[t], of.settings[f]);
      if (places.size() != 1 || primary(comparison, with).n == 0 || primary(comparison, without).n == 0)
        continue;
      auto apart = differing_places(of.settings[t], of.settings[main]);
      std::erase(apart, places.front());
      const double ratio = size_ratio(with.parameters, without.parameters);
      const std::tuple here(!apart.empty(), ratio);
      if (!(ratio < equal_size_ratio) || !(here < best)) continue;
      best = here;
      nearest = {&with, &without};
    }
  }
  return nearest;
}

namespace {

std::string price_of(const Comparison& comparison, const AnsweredContrast& of) {
  const std::size_t s = main_setting(comparison, of);
  const VariantSummary &from = comparison.variants[of.from_variants[s]],
                       &to = comparison.variants[of.to_variants[s]];
  const std::string where = setting_name(comparison, of, s);
  return fmt::format("Price of {} instead of {}{}: {}.", of.to, of.from,
                     where.empty() ? "" : fmt::format(" ({})", where), cost_text(comparison, from, to));
}

}  // namespace

std::string price_text(const Comparison& comparison) {
  constexpr std::size_t most_told = 3;
  const auto& contrasts = comparison.answer->contrasts;
  std::string text;
  for (std::size_t i = 0; i < contrasts.size(); ++i) {
    if (contrasts[i].from_variants.empty()) return "Price: not known.";
    if (i < most_told) text += (i > 0 ? " " : "") + price_of(comparison, contrasts[i]);
  }
  if (contrasts.size() > most_told) text += " The table of all variants has the others.";
  const EqualSize pair = equal_size(comparison);
  return pair.with ? text + equal_text(comparison, pair) : text;
}

}  // namespace ablate
