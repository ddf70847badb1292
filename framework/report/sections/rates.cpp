#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

Evidence rate_source(const Comparison& comparison) {
  return {fmt::format("SELECT v.name AS variant, r.seed, e.epoch, e.learning_rate\n"
                      "FROM run r JOIN variant v ON v.id = r.variant_id JOIN epoch e ON e.run_id = r.id\n"
                      "WHERE r.study_id = {} AND r.status = 'done' AND NOT r.obsolete{}\n"
                      "ORDER BY v.id, r.seed, e.epoch",
                      comparison.study_id, of_chosen(comparison)),
          done_runs(comparison)};
}

/// Variants whose mean learning rates are the same in every epoch.
struct Schedule {
  std::vector<const VariantSummary*> variants;
};

/// Means over unequal numbers of seeds differ in their last bits.
bool same_rate(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-12 * std::max(std::abs(a), std::abs(b));
}

bool same_rates(const VariantSummary& a, const VariantSummary& b) {
  return std::equal(a.rates.begin(), a.rates.end(), b.rates.begin(), b.rates.end(),
                    [](const auto& x, const auto& y) {
                      return x.epoch == y.epoch && same_rate(x.learning_rate.mean, y.learning_rate.mean);
                    });
}

std::vector<Schedule> schedules(const Comparison& comparison) {
  std::vector<Schedule> found;
  for (const auto& variant : comparison.variants) {
    if (variant.rates.empty()) continue;
    const auto same = std::find_if(found.begin(), found.end(),
                                   [&](const auto& s) { return same_rates(*s.variants.front(), variant); });
    if (same == found.end()) {
      found.push_back({{&variant}});
    } else {
      same->variants.push_back(&variant);
    }
  }
  return found;
}

/// The factors that all of these variants share and no other has: "training.learning_rate.schedule = cosine".
std::string shared_factors(const Comparison& comparison, const Schedule& schedule) {
  const auto& members = schedule.variants;
  std::string text;
  for (std::size_t f = 0; f < comparison.factor_keys.size(); ++f) {
    const Value& value = members.front()->factors[f];
    const bool shared =
        std::all_of(members.begin(), members.end(), [&](const auto* v) { return v->factors[f] == value; });
    const bool elsewhere =
        std::any_of(comparison.variants.begin(), comparison.variants.end(), [&](const auto& v) {
          return v.factors[f] == value && std::find(members.begin(), members.end(), &v) == members.end();
        });
    if (!shared || elsewhere || std::holds_alternative<std::monostate>(value)) continue;
    const std::string& key = comparison.factor_keys[f];
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", factor_name(comparison, key),
                        factor_label(comparison, key, value));
  }
  return text;
}

std::string label(const Comparison& comparison, const Schedule& schedule, bool alone) {
  const std::size_t size = schedule.variants.size();
  if (alone && size > 1) return "all variants";
  if (size == 1) return schedule.variants.front()->name;
  const std::string shared = shared_factors(comparison, schedule);
  if (!shared.empty()) return fmt::format("{} ({} variants)", shared, size);
  return fmt::format("{} and {} more", schedule.variants.front()->name, size - 1);
}

Table rates_data(const Comparison& comparison) {
  Table data{{{"variant"}, {"epoch"}, {"n"}, {"mean"}, {"min"}, {"max"}}, {}};
  for (const auto& variant : comparison.variants) {
    for (const auto& [epoch, rate] : variant.rates) {
      if (rate.n == 0) continue;
      data.rows.push_back({variant.name, std::int64_t{epoch}, static_cast<std::int64_t>(rate.n), rate.mean,
                           rate.minimum, rate.maximum});
    }
  }
  return data;
}

Figure rates_figure(const Comparison& comparison) {
  Figure figure;
  figure.title = "Learning rates";
  figure.plot.name = "learning_rate";
  const auto found = schedules(comparison);
  const std::size_t drawn = std::min(found.size(), plot_styles);
  Panel panel{"learning rate", {}};
  for (std::size_t i = 0; i < drawn; ++i) {
    PlotLine line{i, false, {}};
    for (const auto& [epoch, rate] : found[i].variants.front()->rates) {
      if (rate.n > 0)
        line.points.push_back({static_cast<double>(epoch), rate.mean, rate.minimum, rate.maximum});
    }
    if (line.points.empty()) continue;
    panel.lines.push_back(std::move(line));
    figure.plot.legend.push_back({i, label(comparison, found[i], found.size() == 1)});
  }
  if (!panel.lines.empty()) figure.plot.panels.push_back(std::move(panel));
  figure.caption =
      "Learning rate of each epoch, mean over the seeds; variants that share a schedule share a line.";
  if (drawn < found.size()) {
    figure.caption +=
        fmt::format(" Of {} schedules the first {} are drawn; the data file has all.", found.size(), drawn);
  }
  figure.data = rates_data(comparison);
  figure.source = rate_source(comparison);
  return figure;
}

}  // namespace

Section rates_section(const Comparison& comparison) {
  Section section{"rates", "Learning rate"};
  section.is_shown = comparison.counts.done > 0;
  if (!section.is_shown) return section;
  Drawing drawing{"rates"};
  drawing.controls = {{"rate-scale", "Scale", {{"linear", "linear"}, {"log", "log"}}}};
  drawing.caption =
      "Learning rate of each epoch, mean over the seeds; variants with the same schedule overlap.";
  drawing.low = drawing.legend = true;
  drawing.numbers = "Numbers of the learning rate";
  drawing.evidence = rate_source(comparison);
  section.drawings.push_back(std::move(drawing));
  Figure figure = rates_figure(comparison);
  if (!figure.plot.panels.empty()) section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace ablate
