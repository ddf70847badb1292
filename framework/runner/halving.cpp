#include "runner/halving.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "metrics/metric_table.hpp"

namespace ablate {
namespace {

constexpr double worst = std::numeric_limits<double>::infinity();

/// A variant at the rung; `cost` is its mean, lower is better.
struct Standing {
  std::int64_t variant_id = 0;
  double cost = 0.0;
};

bool is_past(const Store::RungRun& run) {
  using enum RunStatus;
  return run.status == done || run.status == stopped || run.status == diverged || run.status == failed;
}

/// The lowest rung that a run is still at or on its way to; nothing: all are past the last one.
std::optional<int> lowest_rung(const std::vector<Store::RungRun>& runs) {
  std::optional<int> lowest;
  for (const auto& run : runs) {
    if (!is_past(run) && run.until_epoch && (!lowest || *run.until_epoch < *lowest)) lowest = run.until_epoch;
  }
  return lowest;
}

/// All variants but the baseline, the best first.
std::vector<Standing> standings(const std::vector<Store::RungRun>& runs, int rung, bool lower_is_better) {
  std::map<std::int64_t, std::vector<double>> costs;
  std::vector<Standing> all;
  for (const auto& run : runs) {
    if (run.is_baseline || run.until_epoch != rung || run.status == RunStatus::stopped) continue;
    auto& values = costs[run.variant_id];
    if (values.empty()) all.push_back({run.variant_id});
    const bool lost = run.status == RunStatus::diverged || run.status == RunStatus::failed;
    values.push_back(lost || std::isnan(run.value) ? worst : lower_is_better ? run.value : -run.value);
  }
  for (Standing& one : all) {
    for (const double cost : costs[one.variant_id])
      one.cost += cost / static_cast<double>(costs[one.variant_id].size());
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.cost < b.cost; });
  return all;
}

}  // namespace

std::optional<int> next_rung(const HalvingSettings& halving, int epoch, int epochs) {
  const double next = std::floor(epoch * halving.factor);
  return next < epochs ? std::optional(static_cast<int>(std::max(next, epoch + 1.0))) : std::nullopt;
}

Store::RungDecision decide_rung(const HalvingSettings& halving, int epochs,
                                const std::vector<Store::RungRun>& runs,
                                std::optional<bool> lower_is_better) {
  Store::RungDecision decision;
  const auto rung = lowest_rung(runs);
  if (!rung) return decision;
  for (const auto& run : runs) {
    const bool arrived = run.status == RunStatus::waiting && run.epochs_done >= *rung;
    if (!is_past(run) && run.until_epoch == rung && !arrived) return decision;
  }
  const bool lower =
      lower_is_better ? *lower_is_better : find_metric(halving.monitor.metric).better == Better::down;
  const std::vector<Standing> all = standings(runs, *rung, lower);
  const bool nothing_to_rank_by =
      std::none_of(all.begin(), all.end(), [](const Standing& one) { return std::isfinite(one.cost); });
  const auto kept =
      nothing_to_rank_by
          ? all.size()
          : static_cast<std::size_t>(std::ceil(static_cast<double>(all.size()) / halving.factor));
  const int next = next_rung(halving, *rung, epochs).value_or(epochs);
  for (const auto& run : runs) {
    if (run.status != RunStatus::waiting || run.until_epoch != rung) continue;
    const auto place = static_cast<std::size_t>(
        std::find_if(all.begin(), all.end(),
                     [&](const auto& one) { return one.variant_id == run.variant_id; }) -
        all.begin());
    if (run.is_baseline || place < kept) {
      decision.go_on.emplace_back(run.run_id, next);
    } else {
      decision.stop.emplace_back(
          run.run_id, fmt::format("halving after epoch {}: place {} of {} by mean {}, {} went on", *rung,
                                  place + 1, all.size(), to_string(halving.monitor), kept));
    }
  }
  return decision;
}

}  // namespace ablate
