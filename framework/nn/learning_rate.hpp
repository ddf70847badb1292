#pragma once
/// Learning-rate schedules: one rate per epoch.

#include "config/settings.hpp"
#include "nn/best_so_far.hpp"

namespace ablate {

/// The rate of epoch e (from 1) of E, with eta0 = initial and t = e - 1:
///
///     constant       eta0
///     step           eta0 factor^floor(t / every)
///     milestones     eta0 factor^(how many of `at` are below e: a milestone acts after its epoch)
///     exponential    eta0 rate^t
///     inverse_time   eta0 / (1 + decay t)
///     cosine         minimum + (eta0 - minimum) (1 + cos(pi t / E)) / 2
///     warm_restarts  as cosine over each cycle; cycle i has period multiplier^i epochs, rounded down
///                                                     Loshchilov and Hutter 2017 (SGDR), arXiv:1608.03983
///     one_cycle      linear from eta0 to peak over the first 30% of the epochs (at least one), then as cosine
///                    from peak to minimum             Smith and Topin 2018, arXiv:1708.07120
///     plateau        eta0 factor^k, k rising by one whenever `monitor` has not improved for `patience` epochs;
///                    never below minimum
///
/// With warmup N, the rates of epochs 1 ... N are multiplied by e / (N + 1).
class LearningRate {
 public:
  LearningRate(const LearningRateSettings& settings, int epochs, bool lower_is_better = true);

  /// The rate of an epoch; of a plateau, given what it has observed so far.
  double at(int epoch) const;

  /// After each epoch: the monitored value. Only plateau heeds it.
  void observe(double monitored);

  /// What plateau has observed.
  struct Memory {
    BestSoFar::Memory best;
    int drops = 0;
  };
  Memory memory() const { return {best_.memory(), drops_}; }
  void restore(const Memory& memory) {
    best_.restore(memory.best);
    drops_ = memory.drops;
  }

 private:
  double scheduled(int epoch) const;

  LearningRateSettings settings_;
  int epochs_;
  BestSoFar best_;
  int drops_ = 0;
};

/// The rate of an epoch depends on how many there will be.
bool depends_on_epochs(ScheduleKind schedule);

}  // namespace ablate
