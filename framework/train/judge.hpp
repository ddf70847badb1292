#pragma once
/// What is decided from epoch to epoch: the learning rate, which epoch a run is judged by, and when to stop
/// early.

#include <optional>
#include <string>

#include "config/settings.hpp"
#include "metrics/by_split.hpp"
#include "metrics/evaluation.hpp"
#include "nn/best_so_far.hpp"
#include "nn/learning_rate.hpp"

namespace ablate {

/// What chooses the epoch that a run is judged by: a monitor, or nothing for the last epoch. It is early
/// stopping's monitor where there is one, else validation.log_loss where there is a validation split.
std::optional<Monitor> selection_monitor(const Config& config);

/// "validation.log_loss", or "last epoch".
std::string selected_by(const Config& config);

class Judge {
 public:
  explicit Judge(const Config& config);

  /// The learning rate of an epoch (from 1).
  double rate(int epoch) const { return learning_rate_.at(epoch); }

  /// Takes an epoch's evaluations in; true where it is the one to be judged by so far.
  bool selects(const BySplit<Evaluation>& evaluations);

  /// Of a run that is over: which monitor never was a number, so that nothing could be decided by it; empty
  /// where every monitor was one at least once.
  std::string blind() const;

  /// Early stopping has waited long enough, and for what.
  bool out_of_patience() const { return stops_early_ && patience_.epochs_without() >= stopping_.patience; }
  std::string why() const;

  /// What it has seen: all that another judge of the same configuration needs to go on.
  struct Memory {
    BestSoFar::Memory selected, patience;
    LearningRate::Memory rate;
  };
  Memory memory() const { return {selected_.memory(), patience_.memory(), learning_rate_.memory()}; }
  void restore(const Memory& memory);

 private:
  Monitor plateau_;
  bool has_plateau_;
  std::optional<Monitor> selection_;
  LearningRate learning_rate_;
  BestSoFar selected_;
  bool stops_early_;
  EarlyStoppingSettings stopping_;
  BestSoFar patience_;
};

}  // namespace ablate
