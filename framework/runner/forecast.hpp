#pragma once
/// What training would cost in time, by the rates that the database has measured so far.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "store/reader.hpp"

namespace ablate {

/// Where a forecast comes from.
enum class ForecastBasis {
  own_runs,   ///< runs of this very configuration
  other_runs  ///< all runs of the database, by FLOPs
};
std::string to_string(ForecastBasis basis);

struct Forecast {
  double seconds = 0.0;
  ForecastBasis basis = ForecastBasis::own_runs;
};

/// Seconds an image, with evaluation and storing, summed over the epochs of a database. Without epochs it
/// forecasts nothing.
class Rates {
 public:
  Rates() = default;
  explicit Rates(const Reader& reader);

  /// Of training on `images` images, all epochs counted, one run at a time; nothing where nothing was
  /// measured. Scaled from other runs it takes time as proportional to FLOPs, which favours small networks.
  std::optional<Forecast> forecast(const VariantRecord& variant, std::int64_t images) const;

 private:
  struct Work {
    double seconds = 0.0;
    double amount = 0.0;  ///< images, or FLOPs
  };

  std::map<std::string, Work> by_configuration_;  ///< by the configuration's digest, one unit per image
  Work all_;                                      ///< a unit a FLOP
};

}  // namespace ablate
