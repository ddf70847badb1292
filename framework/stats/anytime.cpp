#include "stats/anytime.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

#include "stats/e_value.hpp"

namespace ablate {

namespace {

/// Where each seed is in the order in which seeds were run; of one that is there twice, the first place.
using Ranks = std::unordered_map<std::int64_t, std::size_t>;

Ranks ranks_of(std::span<const std::int64_t> order) {
  Ranks ranks;
  for (const std::int64_t seed : order) ranks.emplace(seed, ranks.size());
  return ranks;
}

/// The row's values in the order in which its seeds were run, those of other seeds last and by their numbers.
std::vector<double> in_order(const SeedRow& row, const Ranks& ranks) {
  using Key = std::pair<std::size_t, std::int64_t>;
  std::vector<std::pair<Key, std::size_t>> places;
  for (std::size_t place = 0; place < row.seeds.size(); ++place) {
    const auto rank = ranks.find(row.seeds[place]);
    places.emplace_back(Key(rank == ranks.end() ? ranks.size() : rank->second, row.seeds[place]), place);
  }
  std::sort(places.begin(), places.end());
  std::vector<double> values;
  for (const auto& [key, place] : places) values.push_back(row.values[place]);
  return values;
}

/// p of every hypothesis on one side of the mean, from the mean outwards.
class Side {
 public:
  Side(std::span<const double> values, double mean, double sign, double size)
      : values_(values), mean_(mean), sign_(sign), size_(size) {}

  double p(double distance) const {
    std::vector<double> shifted(values_.begin(), values_.end());
    for (double& value : shifted) value -= mean_ + sign_ * distance;
    return std::min(1.0, size_ * symmetry_e_value(shifted).anytime_p);
  }

  /// Where the last mu that is not refused lies, over the distances given, rising.
  double end(const std::vector<double>& distances, double level) const {
    std::size_t last = distances.size() - 1;
    while (last > 0 && p(distances[last]) <= level) --last;
    if (last + 1 == distances.size()) return distances.back();
    double kept = distances[last], refused = distances[last + 1];
    while (refused - kept > 1e-15 * refused) {
      const double middle = kept + (refused - kept) / 2.0;
      if (middle <= kept || middle >= refused) break;
      (p(middle) <= level ? refused : kept) = middle;
    }
    return kept;
  }

  /// The largest p from `start` outwards.
  double largest_p(const std::vector<double>& distances, double start) const {
    double largest = p(start);
    for (const double distance : distances) {
      if (distance > start) largest = std::max(largest, p(distance));
    }
    return largest;
  }

 private:
  std::span<const double> values_;
  double mean_, sign_, size_;
};

/// From the mean to where all differences have one sign in steps, then far beyond; with the distance of 0.
std::vector<double> distances_of(std::span<const double> values, double mean) {
  constexpr std::size_t steps = 200, far_steps = 60;
  double reach = 0.0;
  for (const double value : values) reach = std::max(reach, std::abs(value - mean));
  std::vector<double> distances{std::abs(mean)};
  for (std::size_t step = 0; step <= steps; ++step)
    distances.push_back(2.0 * reach * static_cast<double>(step) / static_cast<double>(steps));
  for (std::size_t step = 0; step < far_steps; ++step) distances.push_back(distances.back() * 1.25);
  std::sort(distances.begin(), distances.end());
  return distances;
}

void judge(Member& member, std::span<const double> values, double size, double level) {
  const double mean = member.summary.mean;
  member.judged = Judged::by_e_value;
  member.smallest_p = std::min(1.0, size / largest_e_value(values.size()));
  const auto distances = distances_of(values, mean);
  const double side_of_0 = mean > 0.0 ? -1.0 : 1.0;
  member.p = Side(values, mean, side_of_0, size).largest_p(distances, std::abs(mean));
  member.step_down_p = member.p;
  if (member.smallest_p > level) return;
  const double below = Side(values, mean, -1.0, size).end(distances, level),
               above = Side(values, mean, 1.0, size).end(distances, level);
  if (below < distances.back() && above < distances.back()) member.interval = {mean - below, mean + above};
}

}  // namespace

double largest_e_value(std::size_t seeds) {
  return symmetry_e_value(std::vector<double>(seeds, 1.0)).largest;
}

Family judge_family_anytime(std::span<const SeedRow> rows, double confidence,
                            std::span<const std::int64_t> order, std::size_t absent) {
  require_confidence(confidence);
  Family family;
  family.size = absent;
  for (const SeedRow& row : rows) {
    if (row.seeds.size() != row.values.size()) throw std::invalid_argument("a row has a value for each seed");
    Member& member = family.members.emplace_back(Member{.summary = summarize(row.values)});
    const std::size_t n = row.values.size();
    if (n < 2) {
      member.reason = n == 0 ? "no seed is shared" : "a single pair has no spread";
      continue;
    }
    ++family.size;
    member.standard_error = member.summary.standard_deviation / std::sqrt(static_cast<double>(n));
    if (member.standard_error > 0.0) member.t = member.summary.mean / member.standard_error;
  }
  const double level = 1.0 - confidence;
  const Ranks ranks = ranks_of(order);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].values.size() >= 2)
      judge(family.members[r], in_order(rows[r], ranks), static_cast<double>(family.size), level);
  }
  return family;
}

}  // namespace ablate
