#include "stats/family.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <stdexcept>
#include <utility>

#include "compute/functions.hpp"
#include "stats/distributions.hpp"
#include "stats/multiple.hpp"
#include "stats/permutation.hpp"
#include "stats/sign_choices.hpp"

namespace ablate {

namespace {

/// The rows that are flipped together, aligned to the seeds of them all.
struct Flipped {
  std::vector<std::size_t> place;            ///< in the family
  std::vector<double> units;                 ///< of each row's values: |t| does not know them
  std::vector<std::vector<double>> values;   ///< one number per seed, 0 where the row has none
  std::vector<std::vector<double>> present;  ///< 1 where it has one
};

/// How much of the level the flipped rows have, and how their p answers for the rest.
struct Level {
  double level = 0.0;  ///< 1 - confidence
  double scale = 1.0;  ///< family size over flipped rows

  double p(double count, double choices) const { return std::min(1.0, scale * (count / choices)); }
  /// The most choices that p still refuses.
  std::size_t allowed(double choices) const {
    double count = std::floor(level / scale * choices);
    while (p(count + 1.0, choices) <= level) count += 1.0;
    while (count > 0.0 && p(count, choices) > level) count -= 1.0;
    return static_cast<std::size_t>(count);
  }
};

/// |t| of n values whose squares add up to `squares`, under signs that make their sum `sum`.
double size_of_t(double sum, double squares, double n) {
  if (squares == 0.0) return 0.0;
  const double rest = n * squares - sum * sum;
  if (rest <= rounding * n * squares) return std::numeric_limits<double>::infinity();
  return std::abs(sum) * std::sqrt((n - 1.0) / rest);
}

struct Row {
  double n = 0.0, total = 0.0, squares = 0.0, largest = 0.0;

  explicit Row(const std::vector<double>& values, const std::vector<double>& present) {
    n = std::accumulate(present.begin(), present.end(), 0.0);
    for (const double value : values) {
      total += value;
      squares += value * value;
      largest = std::max(largest, std::abs(value));
    }
  }
  double t(double sum) const { return size_of_t(sum, squares, n); }
};

/// The two largest |t| of every choice, and whose the largest is.
struct Largest {
  std::vector<double> first, second;
  std::vector<std::size_t> row;

  explicit Largest(std::size_t choices) : first(choices, 0.0), second(choices, 0.0), row(choices, 0) {}
  void meet(std::size_t choice, std::size_t from, double t) {
    if (t > first[choice]) {
      second[choice] = std::exchange(first[choice], t);
      row[choice] = from;
    } else {
      second[choice] = std::max(second[choice], t);
    }
  }
  double of_others(std::size_t choice, std::size_t of) const {
    return row[choice] == of ? second[choice] : first[choice];
  }
};

/// The mu that one choice of signs does not refuse: those between the means of its two halves, and those at
/// which another row's |t| is at least that of the row. Both hold the mean, so they are one interval.
Interval not_refused(const Row& row, double sum, double balance, double others, double standard_error) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double mean = row.total / row.n;
  const double plus = (row.n + balance) / 2.0, minus = (row.n - balance) / 2.0;
  if (plus < 0.5 || minus < 0.5 || std::isinf(others)) return {-infinity, infinity};
  const double upper = (row.total + sum) / 2.0 / plus, lower = (row.total - sum) / 2.0 / minus;
  const double reach = others * standard_error;
  return {std::min({upper, lower, mean - reach}), std::max({upper, lower, mean + reach})};
}

double order_statistic(std::vector<double>& values, std::size_t place, double small) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), at, values.end());
  return std::abs(*at) <= small ? 0.0 : *at;
}

class FlippedFamily {
 public:
  FlippedFamily(const Flipped& flipped, Level level)
      : flipped_(flipped),
        level_(level),
        choices_(flipped.values.front().size()),
        largest_(choices_.count()) {
    for (std::size_t r = 0; r < flipped.values.size(); ++r) {
      rows_.emplace_back(flipped.values[r], flipped.present[r]);
      const std::vector<double> sums = choices_.sums(flipped.values[r]);
      for (std::size_t i = 0; i < sums.size(); ++i) largest_.meet(i, r, rows_[r].t(sums[i]));
    }
  }

  void judge(std::vector<Member>& members) {
    for (std::size_t r = 0; r < rows_.size(); ++r) judge(r, members[flipped_.place[r]]);
    step_down(members);
  }

 private:
  void judge(std::size_t r, Member& member) {
    const std::vector<double> sums = choices_.sums(flipped_.values[r]);
    const std::vector<double>& balance = balance_of(flipped_.present[r]);
    const double small = rounding * rows_[r].largest, unit = flipped_.units[r];
    std::vector<double> lows(sums.size()), highs(sums.size());
    std::size_t holding_0 = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const Interval mu =
          not_refused(rows_[r], sums[i], balance[i], largest_.of_others(i, r), member.standard_error / unit);
      lows[i] = mu.low;
      highs[i] = mu.high;
      holding_0 += mu.low <= small && mu.high >= -small;
    }
    const auto choices = static_cast<double>(choices_.count());
    const std::size_t allowed = level_.allowed(choices);
    member.judged = choices_.exact() ? Judged::by_flips : Judged::by_drawn_flips;
    member.p = level_.p(static_cast<double>(holding_0), choices);
    member.interval.low = unit * order_statistic(lows, allowed, small);
    member.interval.high = unit * order_statistic(highs, highs.size() - 1 - allowed, small);
    member.smallest_p = std::min(1.0, level_.scale * sign_flip_floor(member.summary.n));
  }

  /// Rows by falling |t|; each is judged beside those that come after it.
  void step_down(std::vector<Member>& members) {
    std::vector<std::size_t> order(rows_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> observed;
    for (const Row& row : rows_) observed.push_back(row.t(row.total));
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return observed[a] < observed[b]; });
    std::vector<double> reached(choices_.count(), 0.0);
    for (const std::size_t r : order) {
      const std::vector<double> sums = choices_.sums(flipped_.values[r]);
      std::size_t as_far = 0;
      for (std::size_t i = 0; i < sums.size(); ++i) {
        reached[i] = std::max(reached[i], rows_[r].t(sums[i]));
        as_far += reached[i] >= observed[r] * (1.0 - rounding);
      }
      Member& member = members[flipped_.place[r]];
      member.step_down_p = level_.p(static_cast<double>(as_far), static_cast<double>(choices_.count()));
    }
    double least = 0.0;
    for (std::size_t i = order.size(); i-- > 0;) {
      Member& member = members[flipped_.place[order[i]]];
      least = std::max(least, member.step_down_p);
      member.step_down_p = std::min(least, member.p);
    }
  }

  /// Pluses less minuses of a row's seeds under every choice. Most rows have all seeds.
  const std::vector<double>& balance_of(const std::vector<double>& present) {
    auto& balance = balances_[present];
    if (balance.empty()) balance = choices_.sums(present);
    return balance;
  }

  const Flipped& flipped_;
  Level level_;
  SignChoices choices_;
  Largest largest_;
  std::vector<Row> rows_;
  std::map<std::vector<double>, std::vector<double>> balances_;
};

Flipped align(std::span<const SeedRow> rows, const std::vector<std::size_t>& place) {
  std::set<std::int64_t> seeds;
  for (const std::size_t r : place) seeds.insert(rows[r].seeds.begin(), rows[r].seeds.end());
  Flipped flipped{.place = place, .units = {}, .values = {}, .present = {}};
  for (const std::size_t r : place) {
    flipped.units.push_back(unit_of(rows[r].values));
    std::vector<double> values(seeds.size(), 0.0), present(seeds.size(), 0.0);
    for (std::size_t i = 0; i < rows[r].seeds.size(); ++i) {
      const auto at = static_cast<std::size_t>(std::distance(seeds.begin(), seeds.find(rows[r].seeds[i])));
      values[at] = rows[r].values[i] / flipped.units.back();
      present[at] = 1.0;
    }
    flipped.values.push_back(std::move(values));
    flipped.present.push_back(std::move(present));
  }
  return flipped;
}

/// Who is judged how: rows flipped, rows judged by t.
struct Split {
  std::vector<std::size_t> flipped, by_t;
  std::size_t size = 0;
};

/// A row that has too few seeds for the flipped rows' share of the level leaves them, which makes the share
/// smaller: until none has.
Split split(std::vector<Member>& members, double level, std::size_t absent) {
  std::vector<std::size_t> flippable;
  for (std::size_t r = 0; r < members.size(); ++r) {
    if (members[r].summary.n >= 2) flippable.push_back(r);
  }
  Split result;
  for (;;) {
    result.size = flippable.size() + result.by_t.size() + absent;
    const double scale = static_cast<double>(result.size) / static_cast<double>(flippable.size());
    std::vector<std::size_t> kept;
    for (const std::size_t r : flippable) {
      if (scale * sign_flip_floor(members[r].summary.n) <= level) {
        kept.push_back(r);
      } else if (has_spread(members[r].summary)) {
        result.by_t.push_back(r);
      } else {
        members[r].reason = "the differences are all alike, and too few for an exact test";
      }
    }
    if (kept.size() == flippable.size()) break;
    flippable = std::move(kept);
  }
  result.flipped = std::move(flippable);
  result.size = result.flipped.size() + result.by_t.size() + absent;
  return result;
}

void judge_by_t(std::vector<Member>& members, const Split& split, double level) {
  const auto size = static_cast<double>(split.size);
  std::vector<double> plain;
  for (const std::size_t r : split.by_t) {
    Member& member = members[r];
    const double degrees = static_cast<double>(member.summary.n) - 1.0;
    plain.push_back(two_sided_t_p(member.t, degrees));
    member.judged = Judged::by_t;
    member.p = std::min(1.0, size * plain.back());
    member.smallest_p = 0.0;
    const double reach = t_quantile_above(level / (2.0 * size), degrees) * member.standard_error;
    member.interval = {member.summary.mean - reach, member.summary.mean + reach};
  }
  // Step by step only where no share of the level went to flips.
  plain.resize(split.size, 1.0);
  const std::vector<double> stepped = holm(plain);
  for (std::size_t i = 0; i < split.by_t.size(); ++i) {
    Member& member = members[split.by_t[i]];
    member.step_down_p = split.flipped.empty() ? std::min(stepped[i], member.p) : member.p;
  }
}

Member member_of(const SeedRow& row) {
  Member member{.summary = summarize(row.values)};
  const auto n = static_cast<double>(row.values.size());
  if (row.values.empty()) member.reason = "no seed is shared";
  if (row.values.size() == 1) member.reason = "a single pair has no spread";
  if (row.values.size() < 2) return member;
  member.standard_error = member.summary.standard_deviation / std::sqrt(n);
  if (has_spread(member.summary)) member.t = member.summary.mean / member.standard_error;
  return member;
}

void require_rows(std::span<const SeedRow> rows) {
  for (const SeedRow& row : rows) {
    const bool finite =
        std::all_of(row.values.begin(), row.values.end(), [](double x) { return std::isfinite(x); });
    if (row.seeds.size() != row.values.size() || !finite) {
      throw std::invalid_argument("a row has a finite value for each of its seeds");
    }
  }
}

}  // namespace

Family judge_family(std::span<const SeedRow> rows, double confidence, std::size_t absent) {
  require_confidence(confidence);
  require_rows(rows);
  Family family;
  for (const SeedRow& row : rows) family.members.push_back(member_of(row));
  const double level = 1.0 - confidence;
  const Split parts = split(family.members, level, absent);
  family.size = parts.size;
  if (!parts.by_t.empty()) judge_by_t(family.members, parts, level);
  if (!parts.flipped.empty()) {
    const Flipped flipped = align(rows, parts.flipped);
    const double scale = static_cast<double>(parts.size) / static_cast<double>(parts.flipped.size());
    FlippedFamily(flipped, {level, scale}).judge(family.members);
  }
  // Differences that are alike but for rounding are alike: a point, as those that are alike to the last bit have.
  for (Member& member : family.members) {
    const bool judged = member.judged != Judged::not_at_all;
    if (judged && !has_spread(member.summary)) member.interval = {member.summary.mean, member.summary.mean};
  }
  return family;
}

}  // namespace ablate
