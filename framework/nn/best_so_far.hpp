#pragma once
/// Watches a number from epoch to epoch: early stopping, the plateau schedule and the choice of an epoch all
/// ask it.

namespace ablate {

/// The best value yet and how long ago it came.
class BestSoFar {
 public:
  /// An improvement is a change in the right direction by more than `minimum_change` (at least 0).
  explicit BestSoFar(bool lower_is_better, double minimum_change = 0.0)
      : lower_is_better_(lower_is_better), minimum_change_(minimum_change) {}

  /// Takes the next epoch's value; true where it is an improvement. The first number is one; not a number
  /// never is.
  bool improves(double value);

  /// Epochs since the last improvement (or since the beginning, or `forgive`).
  int epochs_without() const { return memory_.epochs_without; }
  /// Counts from 0 again, keeping the best value.
  void forgive() { memory_.epochs_without = 0; }

  /// What it has seen: all that another one of the same settings needs to go on.
  struct Memory {
    bool any = false;
    double best = 0.0;
    int epochs_without = 0;
  };
  const Memory& memory() const { return memory_; }
  void restore(const Memory& memory) { memory_ = memory; }

 private:
  bool lower_is_better_;
  double minimum_change_;
  Memory memory_;
};

}  // namespace ablate
