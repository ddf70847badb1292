#pragma once
/// Had the runs converged? A comparison of runs that still improve compares speeds as well.

#include <cstddef>
#include <span>
#include <vector>

#include "stats/friedman.hpp"
#include "stats/summary.hpp"

namespace ablate {

/// The epochs by which convergence is judged: the last max(3, ceil(epochs / 5)), or all of a shorter run.
std::size_t epochs_judged(std::size_t epochs);

/// A value of a curve at an epoch, counted from 1.
struct EpochValue {
  int epoch = 0;
  double value = undefined;
};

/// Epochs rise; a curve need not have all of them.
using EpochCurve = std::vector<EpochValue>;

/// Least-squares slope, an epoch, of the values of a curve's last `last` epochs; not a number for fewer than two
/// values, or where one of them is not finite.
double slope_of_last(std::span<const EpochValue> curve, std::size_t last);

/// A run's curve of the metric that chooses its epoch. Runs that early stopping cut, or whose rate has reached its
/// minimum, are judged like all others.
struct MonitoredCurve {
  EpochCurve values;
  std::size_t best_epoch = 0;  ///< counted from 1
  std::size_t epochs = 0;      ///< of the run, whether they are in `values` or not
};

struct Slope {
  std::size_t n = 0;        ///< runs or seeds that have one
  double mean = undefined;  ///< an epoch
  Interval interval = {};   ///< Student's t over them
};

struct Convergence {
  std::size_t runs = 0, best_last = 0;  ///< with a value; whose best epoch is their last
  std::size_t epochs = 0;               ///< w, of the longest run
  Slope slope;
  bool still_improving = false;
};

/// Still improving: the best epoch is the last in at least half of the runs, or the slope times w is more than a
/// quarter of the `claimed` difference and its interval lies beyond 0 in the better direction. `claimed`: a
/// difference of the same metric; not a number: the second rule is left out. `confidence` in (0, 1), or
/// std::invalid_argument is thrown. Source: a rule of this project, written down in framework/report/README.md.
Convergence convergence_of(std::span<const MonitoredCurve> runs, Best best, double claimed,
                           double confidence);

/// D(e) = to(e) - from(e) of a seed over the epochs that both sides have.
using DifferenceCurve = EpochCurve;

DifferenceCurve difference_of(const EpochCurve& to, const EpochCurve& from);

struct Movement {
  std::size_t epochs = 0;
  Slope slope;           ///< of D an epoch
  bool moving = false;   ///< its interval excludes 0
  bool growing = false;  ///< moving away from 0: slope and last mean difference have one sign
};

/// Is the difference itself still moving over the last w epochs, paired by seed? Not where all that it moves by is the
/// rounding of the values that it is a difference of, whose largest size is `size`.
Movement movement_of(std::span<const DifferenceCurve> seeds, double confidence, double size);

}  // namespace ablate
