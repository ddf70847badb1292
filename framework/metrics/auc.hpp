#pragma once
/// The exact area under the ROC curve, by counting.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ablate {

/// Probability that a positive scores above a negative, ties counted half (Mann and Whitney 1947). All counts
/// are whole numbers, so the order in which scores come in changes nothing; exact up to the last division for
/// fewer than 2^31 scores.
///
/// Scores are floats from 0 to 1, which are ordered as their bits are. The positives, few where classes are
/// many, are sorted, and their range is cut into buckets; a table says how many of them are above each, so that
/// only scores in a bucket with positives are compared with single ones.
class RocArea {
 public:
  /// In place of a negative's score: counts nothing.
  static constexpr float left_out = 2.0F;

  /// Starts over with the scores of all positives.
  void begin(std::span<const float> positives);
  /// Adds negatives' scores, in pieces of any size.
  void add(std::span<const float> scores);
  /// The area, given how many negatives were added; NaN without positives or without negatives.
  double area(std::size_t negatives) const;

 private:
  static constexpr std::size_t buckets = 4096;
  static constexpr std::size_t run = 1024;  ///< scores looked at before those that wait are compared

  std::uint32_t bucket_of(float score) const;
  std::uint32_t compare(float score) const;
  void add_run(std::span<const float> scores);

  std::vector<std::uint32_t> positives_, scratch_;  ///< as bits, ascending
  float below_ = 0.0F, beyond_ = 0.0F;  ///< a bucket away from the lowest and the highest positive
  unsigned shift_ = 0;                  ///< a bucket holds 2^shift_ scores
  std::array<std::uint32_t, buckets + 1> first_{};  ///< where each bucket's positives begin among all
  /// Twice the positives of higher buckets, plus 1 where the bucket has some.
  std::array<std::uint32_t, buckets> above_{};
  std::array<std::uint32_t, run> bucket_{};  ///< of each score of a run
  std::array<float, run> waiting_{};         ///< scores of a run in a bucket with positives
  std::uint64_t twice_wins_ = 0;             ///< of positives over negatives, a tie counted 1
};

}  // namespace ablate
