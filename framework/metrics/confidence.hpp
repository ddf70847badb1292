#pragma once
/// How sure a network is and how it ranks: what a reliability diagram and ROC curves are drawn from.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/confidence_bins.hpp"

namespace ablate {

/// False-positive rates at which ROC curves are read: close together where good networks differ.
inline constexpr std::array<double, 22> roc_grid = {0.0,   0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01,
                                                    0.015, 0.02,   0.03,  0.04,  0.05,  0.075, 0.1,    0.15,
                                                    0.2,   0.3,    0.4,   0.5,   0.75,  1.0};

/// Collects images and their probabilities; memory grows with both.
class ConfidenceCount {
 public:
  explicit ConfidenceCount(std::size_t classes);

  /// `probabilities` holds a column of `classes` for each image.
  void add(std::span<const std::uint8_t> truth, std::span<const std::uint8_t> predicted,
           std::span<const float> probabilities);

  const std::vector<ConfidenceBin>& bins() const { return bins_; }

  /// One class against the rest by its probability: at each of `roc_grid`, the largest share of the class's images
  /// that a threshold finds with at most that share of the others. Not a number throughout where either is empty.
  /// Source: Fawcett 2006, algorithm 1; images of one probability come together.
  std::vector<double> true_positive_rates(std::size_t label) const;

 private:
  std::size_t classes_;
  std::vector<ConfidenceBin> bins_;
  std::vector<std::uint8_t> truth_;
  std::vector<float> probabilities_;
};

}  // namespace ablate
