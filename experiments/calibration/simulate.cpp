#include "simulate.hpp"

#include <cmath>

#include <fmt/format.h>

#include "compute/normal.hpp"

namespace calibration {

std::string name_of(Errors errors) {
  switch (errors) {
    case Errors::normal:
      return "normal";
    case Errors::heavy_tails:
      return "t with 3 degrees";
    case Errors::skewed:
      break;
  }
  return "lognormal, skewed";
}

double draw(Errors errors, ablate::Stream& stream) {
  const double z = ablate::compute::normal(stream);
  if (errors == Errors::normal) return z;
  if (errors == Errors::heavy_tails) {
    double squares = 0.0;
    for (int i = 0; i < 3; ++i) squares += std::pow(ablate::compute::normal(stream), 2);
    return z / std::sqrt(squares / 3.0) / std::sqrt(3.0);  // t(3) has variance 3
  }
  const double spread = std::exp(1.0) * (std::exp(1.0) - 1.0);
  return (std::exp(z) - std::exp(0.5)) / std::sqrt(spread);
}

std::vector<ablate::ContrastPair> draw(const StudyOfAChange& study, ablate::Stream& stream) {
  std::vector<ablate::ContrastPair> pairs;
  for (std::size_t seed = 0; seed < study.seeds; ++seed) {
    const double own = std::sqrt(study.icc) * ablate::compute::normal(stream);
    for (std::size_t width = 0; width < study.widths; ++width) {
      for (std::size_t schedule = 0; schedule < study.schedules; ++schedule) {
        const double rest = std::sqrt(1.0 - study.icc) * ablate::compute::normal(stream);
        const bool missing = stream.uniform() < study.missing;
        if (study.lacks_one && width == 0 && schedule == 2) continue;
        const double here =
            study.by_schedule * static_cast<double>(schedule) + (width == 1 ? study.middle : 0.0);
        pairs.push_back({.setting = {width, schedule},
                         .seed = static_cast<std::int64_t>(seed),
                         .from = 0.0,
                         .to = missing ? ablate::undefined : study.effect + here + own + rest});
      }
    }
  }
  return pairs;
}

std::vector<ablate::SeedRow> draw_rows(std::size_t seeds, const std::vector<double>& effects, Errors errors,
                                       ablate::Stream& stream) {
  std::vector<ablate::SeedRow> rows(effects.size());
  for (std::size_t seed = 0; seed < seeds; ++seed) {
    const double shared = draw(errors, stream);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      rows[r].seeds.push_back(static_cast<std::int64_t>(seed));
      rows[r].values.push_back(effects[r] + std::sqrt(0.5) * (shared + draw(errors, stream)));
    }
  }
  return rows;
}

std::string text(const Share& share) { return fmt::format("{:.3f}", share.value()); }

}  // namespace calibration
