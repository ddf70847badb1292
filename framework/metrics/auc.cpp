#include "metrics/auc.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace ablate {

namespace {

constexpr unsigned digit_bits = 8;
constexpr std::size_t digits = std::size_t{1} << digit_bits;
constexpr std::size_t passes = 4;
constexpr std::size_t few = 8;  // positives of a bucket that are compared all at once
constexpr std::uint32_t above_all = 0x7f800000;

constexpr std::size_t digit(std::uint32_t key, std::size_t pass) {
  return (key >> (pass * digit_bits)) & (digits - 1);
}

using Counts = std::array<std::array<std::uint32_t, digits>, passes>;

// Where each digit's first key goes, for every pass.
Counts first_places(std::span<const std::uint32_t> keys) {
  Counts counts{};
  for (const std::uint32_t key : keys) {
    for (std::size_t pass = 0; pass < passes; ++pass) ++counts[pass][digit(key, pass)];
  }
  for (auto& of_pass : counts) {
    std::uint32_t place = 0;
    for (std::uint32_t& count : of_pass) {
      const std::uint32_t next = place + count;
      count = place;
      place = next;
    }
  }
  return counts;
}

// By radix, from the lowest digit up: an even number of passes leaves them where they were.
void sort(std::vector<std::uint32_t>& keys, std::vector<std::uint32_t>& scratch) {
  Counts places = first_places(keys);
  scratch.resize(keys.size());
  for (std::size_t pass = 0; pass < passes; ++pass) {
    for (const std::uint32_t key : keys) scratch[places[pass][digit(key, pass)]++] = key;
    std::swap(keys, scratch);
  }
}

/// Keys below `key` among sorted ones. Halves without a branch: the outcome is hard to foretell.
std::uint32_t count_below(const std::uint32_t* first, std::uint32_t count, std::uint32_t key) {
  const std::uint32_t* at = first;
  while (count > 1) {
    const std::uint32_t half = count / 2;
    at += at[half - 1] < key ? half : 0;
    count -= half;
  }
  return static_cast<std::uint32_t>(at - first) + static_cast<std::uint32_t>(count == 1 && *at < key);
}

}  // namespace

inline std::uint32_t RocArea::bucket_of(float score) const {
  const float inside = score < below_ ? below_ : score;
  const float bounded = inside > beyond_ ? beyond_ : inside;
  return (std::bit_cast<std::uint32_t>(bounded) - std::bit_cast<std::uint32_t>(below_)) >> shift_;
}

void RocArea::begin(std::span<const float> positives) {
  twice_wins_ = 0;
  positives_.resize(positives.size());
  if (positives.empty()) return;
  std::transform(positives.begin(), positives.end(), positives_.begin(),
                 [](float score) { return std::bit_cast<std::uint32_t>(score); });
  sort(positives_, scratch_);
  const std::uint32_t lowest = positives_.front(), highest = positives_.back();
  positives_.resize(positives.size() + few, above_all);
  for (shift_ = 0; ((highest - lowest) >> shift_) + 3 >= buckets; ++shift_) {
  }
  const std::uint32_t bucket = std::uint32_t{1} << shift_;
  below_ = std::bit_cast<float>(lowest - std::min(lowest, bucket));
  beyond_ = std::bit_cast<float>(highest + bucket);
  first_.fill(0);
  for (const float positive : positives) ++first_[bucket_of(positive) + 1];
  for (std::size_t b = 0; b < buckets; ++b) first_[b + 1] += first_[b];
  const auto count = static_cast<std::uint32_t>(positives.size());
  for (std::size_t b = 0; b < buckets; ++b) {
    above_[b] = 2 * (count - first_[b + 1]) + static_cast<std::uint32_t>(first_[b + 1] != first_[b]);
  }
}

// Of the positives in the score's own bucket. Of few, a fixed number is looked at without a branch: what lies
// beyond the bucket is above the score, and counts nothing.
std::uint32_t RocArea::compare(float score) const {
  const std::uint32_t bucket = bucket_of(score), key = std::bit_cast<std::uint32_t>(score);
  const std::uint32_t* first = positives_.data() + first_[bucket];
  const std::uint32_t count = first_[bucket + 1] - first_[bucket];
  if (count > few) return 2 * count - count_below(first, count, key) - count_below(first, count, key + 1);
  std::int32_t beaten = 0;
  for (std::size_t i = 0; i < few; ++i) {
    const auto positive = static_cast<std::int32_t>(first[i]), negative = static_cast<std::int32_t>(key);
    beaten += (positive < negative) + (positive <= negative);
  }
  return 2 * count - static_cast<std::uint32_t>(beaten);
}

// Without a branch: whether a bucket has positives is hard to foretell.
void RocArea::add_run(std::span<const float> scores) {
  for (std::size_t i = 0; i < scores.size(); ++i) bucket_[i] = bucket_of(scores[i]);
  std::size_t waiting = 0;
  std::uint64_t twice_above = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const std::uint32_t above = above_[bucket_[i]];
    waiting_[waiting] = scores[i];
    waiting += above & 1;
    twice_above += above;
  }
  twice_wins_ += twice_above - waiting;
  for (std::size_t i = 0; i < waiting; ++i) twice_wins_ += compare(waiting_[i]);
}

void RocArea::add(std::span<const float> scores) {
  if (positives_.empty()) return;
  for (; !scores.empty(); scores = scores.subspan(std::min(run, scores.size()))) {
    add_run(scores.first(std::min(run, scores.size())));
  }
}

double RocArea::area(std::size_t negatives) const {
  if (positives_.empty() || negatives == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(twice_wins_) /
         (2.0 * static_cast<double>(positives_.size() - few) * static_cast<double>(negatives));
}

}  // namespace ablate
