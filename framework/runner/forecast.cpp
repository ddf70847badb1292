#include "runner/forecast.hpp"

#include <string>
#include <vector>

namespace ablate {

std::string to_string(ForecastBasis basis) {
  return basis == ForecastBasis::own_runs ? "own runs" : "other runs";
}

Rates::Rates(const Reader& reader) {
  reader.select(
      "SELECT config_sha256, flops_per_sample, sum(images), sum(seconds) FROM (SELECT run.variant_id, "
      "samples_per_second * train_seconds AS images, train_seconds + evaluate_seconds + store_seconds AS seconds "
      "FROM run CROSS JOIN epoch ON epoch.run_id = run.id) AS measured JOIN variant ON variant.id = variant_id "
      "WHERE images > 0.0 AND images < 9e999 AND seconds > 0.0 AND seconds < 9e999 GROUP BY variant_id",
      {}, [&](const std::vector<Value>& row) {
        const double images = std::get<double>(row[2]), seconds = std::get<double>(row[3]);
        Work& own = by_configuration_[std::get<std::string>(row[0])];
        own.seconds += seconds;
        own.amount += images;
        all_.seconds += seconds;
        all_.amount += images * static_cast<double>(std::get<std::int64_t>(row[1]));
      });
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
