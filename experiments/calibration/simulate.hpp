#pragma once
/// Made-up studies whose truth is known.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "stats/contrast.hpp"
#include "stats/family.hpp"

namespace calibration {

/// How errors are spread, all with mean 0 and variance 1.
enum class Errors { normal, heavy_tails, skewed };
std::string name_of(Errors errors);
double draw(Errors errors, ablate::Stream& stream);

/// One change in some widths and schedules. A pair's difference has standard deviation 1; `icc` of its
/// variance is the seed's own, the same in all settings.
struct StudyOfAChange {
  std::size_t seeds = 10;
  double icc = 0.3;
  double effect = 0.0;
  double missing = 0.0;      ///< share of pairs without a value
  double by_schedule = 0.0;  ///< what each schedule adds to the effect of the one before
  double middle = 0.0;       ///< what the middle width adds
  bool lacks_one = false;    ///< the first width was not run under the last schedule
  std::size_t widths = 3, schedules = 3;
};
std::vector<ablate::ContrastPair> draw(const StudyOfAChange& study, ablate::Stream& stream);

/// Rows of differences with standard deviation 1 that share half of their variance; row r has mean `effects[r]`.
std::vector<ablate::SeedRow> draw_rows(std::size_t seeds, const std::vector<double>& effects, Errors errors,
                                       ablate::Stream& stream);

/// How often something happened.
struct Share {
  std::size_t times = 0, of = 0;

  void add(bool happened) {
    times += happened;
    ++of;
  }
  double value() const { return static_cast<double>(times) / static_cast<double>(of); }
};

/// "0.047"
std::string text(const Share& share);

/// Each prints a Markdown section to stdout.
void print_null_studies();
void print_dependences();
void print_words();
void print_families();
void print_two_levels();
void print_two_levels_of_a_grid();
void print_looks();
void print_power();

}  // namespace calibration
