#pragma once
/// Several differences judged together: one procedure for words, intervals and p.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "stats/contrast.hpp"
#include "stats/summary.hpp"

namespace ablate {

/// How a member was judged.
enum class Judged {
  by_flips,        ///< exact under symmetry: all signs of all seeds
  by_drawn_flips,  ///< more than `most_exact_pairs` seeds: signs drawn from a fixed stream
  by_e_value,      ///< at any number of looks: see stats/anytime.hpp
  by_t,            ///< too few seeds for flips: Student's t, which assumes normal errors
  not_at_all,      ///< see `reason`
};

/// What is said of one row. `p <= 1 - confidence` and "the interval excludes 0" are the same statement.
struct Member {
  Summary summary;
  double standard_error = undefined;
  double t = undefined;    ///< mean over its standard error; none without spread
  Interval interval = {};  ///< simultaneous with those of the other members
  double p = undefined;    ///< adjusted for the family, two-sided
  double step_down_p =
      undefined;  ///< never above p; of the difference from 0 alone, no interval belongs to it
  double smallest_p = undefined;  ///< below it no p of so many seeds can be
  Judged judged = Judged::not_at_all;
  std::string_view reason = {};  ///< why it is not judged; empty where it is
};

struct Family {
  std::vector<Member> members;  ///< as the rows
  std::size_t size = 0;         ///< what p and intervals are corrected for: judged members and absent ones
};

/// Rows are judged by single-step max-T: under the null, a seed's differences (of all rows at once) change
/// sign as one coin, so the signs of whole seeds are flipped jointly. p of row r: the share of the choices in
/// which some row has an |t| of at least |t_r|. The interval holds every mu that this test, with r's values
/// shifted by mu, does not refuse; as every choice of signs refuses on an interval around the mean, its ends
/// are order statistics, and p and interval cannot disagree. Rows that lack a seed keep their own seeds.
/// Source: Westfall and Young 1993, algorithms 2.5 (single-step) and 2.8 (step-down, for `step_down_p`);
/// inversion as in Tritchler 1984. The family-wise error is kept exactly where whole seeds are symmetric
/// around the true differences; skew and unequal spread together break it, as they break a t test.
///
/// Flips need 2 / 2^n <= 1 - confidence: six seeds at 0.95, for any number of rows. A row with fewer is
/// judged by t, corrected as by Bonferroni, and its share of the level is taken from the others. `absent`
/// counts comparisons that were tried and have no row here; they take their share too. A row with less than
/// two values, or with too few that are all alike, is not judged and is no member. Values are finite;
/// `confidence` in (0, 1), or std::invalid_argument is thrown.
Family judge_family(std::span<const SeedRow> rows, double confidence, std::size_t absent = 0);

}  // namespace ablate
