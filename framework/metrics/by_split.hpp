#pragma once
/// Values that a run has for each of its splits.

#include <optional>

namespace ablate {

/// One value per split; empty for a split that the run does not have.
template <class T>
struct BySplit {
  std::optional<T> train, validation, test;
};

}  // namespace ablate
