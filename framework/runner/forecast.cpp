#include "runner/forecast.hpp"

#include <cmath>
#include <vector>

namespace ablate {

std::string to_string(ForecastBasis basis) {
  return basis == ForecastBasis::own_runs ? "own runs" : "other runs";
}

Rates::Rates(const Reader& reader) {
  for (const StudyCounts& counts : reader.studies()) {
    std::map<std::int64_t, VariantRecord> variants;
    for (VariantRecord& variant : reader.variants(counts.study.id)) variants[variant.id] = std::move(variant);
    std::map<std::int64_t, const VariantRecord*> of_run;
    for (const RunRecord& run : reader.runs(counts.study.id)) {
      const auto variant = variants.find(run.variant_id);
      if (variant != variants.end()) of_run[run.id] = &variant->second;
    }
    for (const EpochRow& epoch : reader.epochs(counts.study.id)) {
      const auto variant = of_run.find(epoch.run_id);  // others may be planning and training meanwhile
      if (variant != of_run.end()) add(epoch, *variant->second);
    }
  }
}

void Rates::add(const EpochRow& epoch, const VariantRecord& variant) {
  const double images = epoch.samples_per_second * epoch.train_seconds;
  const double seconds = epoch.train_seconds + epoch.evaluate_seconds + epoch.store_seconds;
  if (!std::isfinite(images) || !std::isfinite(seconds) || images <= 0.0 || seconds <= 0.0) return;
  Work& own = by_configuration_[variant.config_sha256];
  own.seconds += seconds;
  own.amount += images;
  all_.seconds += seconds;
  all_.amount += images * static_cast<double>(variant.flops_per_sample);
}

std::optional<Forecast> Rates::forecast(const VariantRecord& variant, std::int64_t images) const {
  const auto count = static_cast<double>(images);
  const auto own = by_configuration_.find(variant.config_sha256);
  if (own != by_configuration_.end()) {
    return Forecast{count * own->second.seconds / own->second.amount, ForecastBasis::own_runs};
  }
  if (all_.amount <= 0.0) return std::nullopt;
  const double flops = count * static_cast<double>(variant.flops_per_sample);
  return Forecast{flops * all_.seconds / all_.amount, ForecastBasis::other_runs};
}

}  // namespace ablate
