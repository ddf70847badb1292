#include "report/html_data.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/class_view.hpp"
#include "report/half_width.hpp"
#include "report/phrases.hpp"
#include "report/shown.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

constexpr double unit = 1e-6;
constexpr double largest_whole = 1e9;
constexpr std::size_t most_points = 420'000, most_epochs = 250;
constexpr SplitName splits[] = {SplitName::train, SplitName::validation, SplitName::test};

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

/// Six significant digits: enough to draw.
Json drawn_number(double value) {
  return std::isfinite(value) ? Json(std::strtod(fmt::format("{:.6g}", value).c_str(), nullptr)) : Json();
}

Json whole(double value) {
  if (!std::isfinite(value)) return {};
  return std::abs(value) < largest_whole ? Json(std::llround(value / unit)) : drawn_number(value / unit);
}

/// Places of the epochs that are kept: every k-th, and the last.
std::vector<std::size_t> kept_epochs(std::size_t epochs) {
  const std::size_t step = (epochs + most_epochs - 1) / most_epochs;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < epochs; i += step) places.push_back(i);
  if (!places.empty()) places.back() = epochs - 1;
  return places;
}

/// Which curves the page has.
struct Curves {
  std::vector<std::size_t> metrics;
  std::set<const VariantSummary*> variants;
};

std::size_t points(const VariantSummary& variant) {
  std::size_t total = 0;
  for (const SplitName split : splits) total += std::min(curve(variant, split).size(), most_epochs);
  return total;
}

bool has_values(const Comparison& comparison, std::size_t metric) {
  return std::any_of(comparison.variants.begin(), comparison.variants.end(), [&](const auto& variant) {
    return std::any_of(std::begin(splits), std::end(splits),
                       [&](SplitName split) { return selected(variant, split, metric).n > 0; });
  });
}

/// Those that are drawn at first, then the others, the best first.
std::vector<const VariantSummary*> by_interest(const Comparison& comparison) {
  std::vector<const VariantSummary*> order = drawn_variants(comparison);
  for (const auto* variant : ranked(comparison, comparison.primary.split, comparison.primary.metric)) {
    if (std::find(order.begin(), order.end(), variant) == order.end()) order.push_back(variant);
  }
  return order;
}

Curves chosen_curves(const Comparison& comparison) {
  Curves chosen;
  std::size_t all = 0;
  for (const auto& variant : comparison.variants) all += points(variant);
  for (std::size_t m = 0; m < comparison.metrics.size(); ++m) {
    if (has_values(comparison, m)) chosen.metrics.push_back(m);
  }
  if (all * chosen.metrics.size() > most_points) {
    const auto seven = seven_metrics();
    std::erase_if(chosen.metrics, [&](std::size_t m) {
      return m != comparison.primary.metric && std::find(seven.begin(), seven.end(), m) == seven.end();
    });
  }
  std::size_t total = 0;
  for (const auto* variant : by_interest(comparison)) {
    total += points(*variant) * chosen.metrics.size();
    if (total > most_points) break;
    chosen.variants.insert(variant);
  }
  return chosen;
}

Json curve_json(const Comparison& comparison, const std::vector<CurvePoint>& points,
                const std::vector<std::size_t>& metrics, HalfWidth& half_width) {
  const auto kept = kept_epochs(points.size());
  Json json = {{"epochs", Json::array()}};
  for (const std::size_t place : kept) json["epochs"].push_back(points[place].epoch);
  for (const std::size_t metric : metrics) {
    Json means = Json::array(), widths = Json::array();
    bool any_width = false;
    for (const std::size_t place : kept) {
      const Summary& summary = points[place].metrics[metric];
      means.push_back(whole(summary.mean));
      widths.push_back(whole(half_width(summary)));
      any_width = any_width || !widths.back().is_null();
    }
    json[comparison.metrics.at(metric).name] =
        any_width ? Json::array({std::move(means), std::move(widths)}) : Json::array({std::move(means)});
  }
  return json;
}

Json rates_json(const VariantSummary& variant) {
  Json epochs = Json::array(), means = Json::array();
  for (const std::size_t place : kept_epochs(variant.rates.size())) {
    epochs.push_back(variant.rates[place].epoch);
    means.push_back(drawn_number(variant.rates[place].learning_rate.mean));
  }
  return {{"epochs", std::move(epochs)}, {"mean", std::move(means)}};
}

Json difference_json(const VariantSummary& variant) {
  if (!variant.difference) return {};
  const Member& member = variant.difference->member;
  const bool interval = variant.difference->has_interval();
  return {{"n", member.summary.n},
          {"mean", number(member.summary.mean)},
          {"low", interval ? number(member.interval.low) : Json()},
          {"high", interval ? number(member.interval.high) : Json()}};
}

/// What pages call its factors' values.
Json factors_json(const Comparison& comparison, const VariantSummary& variant) {
  Json labels = Json::array();
  for (std::size_t f = 0; f < variant.factors.size(); ++f) {
    labels.push_back(printable_line(factor_label(comparison, comparison.factor_keys[f], variant.factors[f])));
  }
  return labels;
}

Json variant_json(const Comparison& comparison, const VariantSummary& variant, const Curves& chosen,
                  HalfWidth& half_width) {
  Json json = {{"name", printable_line(variant.name)},
               {"label", printable_line(short_name(comparison, variant))},
               {"baseline", variant.is_baseline},
               {"leaked", variant.leaked},
               {"done", variant.counts.done},
               {"primary", number(primary(comparison, variant).mean)},
               {"factors", factors_json(comparison, variant)},
               {"difference", difference_json(variant)}};
  if (!chosen.variants.contains(&variant)) return json;
  for (const SplitName split : splits) {
    const auto& points = curve(variant, split);
    if (!points.empty())
      json["curves"][to_string(split)] = curve_json(comparison, points, chosen.metrics, half_width);
  }
  json["rates"] = rates_json(variant);
  return json;
}

Json numbers(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(drawn_number(value));
  return list;
}

Json classes_json(const Comparison& comparison) {
  Json views = Json::array();
  std::size_t most = 0;
  for (const ClassView& view : comparison.class_views) {
    most = std::max(most, view.support.size());
    views.push_back({{"variant", view.variant},
                     {"runs", view.runs},
                     {"precision", numbers(view.precision)},
                     {"recall", numbers(view.recall)},
                     {"f1", numbers(view.f1)},
                     {"support", view.support},
                     {"confusion", view.confusion}});
  }
  Json names = Json::array();
  for (const auto& name : class_names(comparison, most)) names.push_back(printable_line(name));
  return {{"names", std::move(names)}, {"views", std::move(views)}};
}

/// ROC curves of both sides, one list per class at each false-positive rate of `grid`.
Json roc_json(const Comparison& comparison) {
  Json json = {{"grid", roc_grid}, {"names", Json::array()}, {"sides", Json::array()}};
  if (!comparison.images || comparison.images->confidences.empty()) return json;
  for (const ConfidenceView& view : comparison.images->confidences) {
    Json classes = Json::array();
    for (const auto& rates : view.true_positive_rates) classes.push_back(numbers(rates));
    json["sides"].push_back({{"variant", view.variant}, {"runs", view.runs}, {"rates", std::move(classes)}});
  }
  const std::size_t count = comparison.images->confidences.front().true_positive_rates.size();
  for (const auto& name : class_names(comparison, count)) json["names"].push_back(printable_line(name));
  return json;
}

Json metrics_json(const Comparison& comparison, const Curves& chosen) {
  Json metrics = Json::array();
  for (const std::size_t m : chosen.metrics) {
    const ReportMetric metric = comparison.metrics.at(m);
    metrics.push_back({{"name", metric.name},
                       {"title", metric.title},
                       {"better", metric.better == Better::up ? "up" : "down"}});
  }
  return metrics;
}

Json drawn_json(const Comparison& comparison) {
  Json places = Json::array();
  for (const auto* variant : drawn_variants(comparison)) {
    places.push_back(variant - comparison.variants.data());
  }
  return places;
}

std::string without_markup(const std::string& json) {
  std::string safe;
  safe.reserve(json.size() + 64);
  for (const char c : json) {
    if (c == '<') {
      safe += "\\u003c";
    } else if (c == '>') {
      safe += "\\u003e";
    } else if (c == '&') {
      safe += "\\u0026";
    } else {
      safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string page_data(const Comparison& comparison) {
  const Curves chosen = chosen_curves(comparison);
  HalfWidth half_width(comparison.confidence);
  Json json = {
      {"unit", unit},
      {"confidence", confidence_text(comparison.confidence)},
      {"primary",
       {{"split", to_string(comparison.primary.split)}, {"metric", primary_metric(comparison).name}}},
      {"better", primary_metric(comparison).better == Better::up ? "up" : "down"},
      {"factors", Json::array()},
      {"metrics", metrics_json(comparison, chosen)},
      {"drawn", drawn_json(comparison)},
      {"curves_of", chosen.variants.size()},
      {"variants", Json::array()},
      {"classes", classes_json(comparison)},
      {"roc", roc_json(comparison)}};
  for (const auto& key : comparison.factor_keys) {
    json["factors"].push_back(printable_line(factor_name(comparison, key)));
  }
  for (const auto& variant : comparison.variants) {
    json["variants"].push_back(variant_json(comparison, variant, chosen, half_width));
  }
  return without_markup(json.dump());
}

}  // namespace ablate
