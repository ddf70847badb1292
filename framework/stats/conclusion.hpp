#pragma once
/// What a contrast allows to say: the rows' words, and whether the effect depends on another factor.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/contrast.hpp"
#include "stats/family.hpp"
#include "stats/interaction.hpp"
#include "stats/word.hpp"

namespace ablate {

struct ConclusionRules {
  double confidence = 0.95;
  double margin = 0.0;  ///< see `word_of`
  Best best = Best::highest;
  std::size_t absent = 0;                 ///< see `judge_family`
  std::vector<std::size_t> ordered = {};  ///< factors whose levels have an order
  /// Somebody looked while seeds came in: rows are judged by e-values, over seeds in the order in which they were
  /// run, and nothing is said to depend but what is opposed, as the other tests know of one look alone.
  bool anytime = false;
  std::vector<std::int64_t> order = {};
};

/// A row of which something is said.
struct Effect {
  Member member;
  Word word = Word::cannot_say;  ///< of its interval
  /// Factors on which the effect was found to depend (`Dependence::refused`) and over which the row is a mean.
  std::vector<std::size_t> depends_on = {};
  /// False where such a mean is no answer: of the pooled row always; of a level's where the word is not that of its
  /// mean at every level of those factors.
  bool is_told = true;
};

/// Whether the effect depends on the levels of one factor. Compared are the settings of the other factors that all
/// of its levels have: in an incomplete grid a level's row may differ because its settings do.
struct Dependence {
  std::size_t factor = 0;
  Interaction test;                  ///< against any difference between levels
  std::optional<Interaction> trend;  ///< of three ordered levels or more
  /// The smaller p of the two tests, twice where there are two, corrected for all factors with rows as by Holm.
  double p = undefined;
  double smallest_p = undefined;  ///< p where all these tests find as much as they can
  bool incomplete = false;        ///< its levels have not all the same settings
  bool has_rows = true;           ///< false of Contrast::tested: corrected for those alone, and never opposed
  bool opposed = false;  ///< intervals of its rows, or one and the pooled one, lie on both sides of 0
  bool refused = false;  ///< p <= 1 - confidence, or `opposed`: the main effect is not to be reported
  /// "It depends" may be said: `refused`, and some effect of the family is not 0 either. So chance makes an
  /// affirmative sentence, of whatever kind, no more often than it makes an effect. Of a factor without rows it is
  /// never said: two families of tests would say it falsely more often than one may.
  bool told = false;
};

struct Conclusion {
  Effect pooled;
  std::vector<Effect> levels;  ///< as Contrast::levels
  std::size_t family_size = 0;
  std::vector<Dependence> dependences;  ///< a factor with two levels or more, each: first those with rows
};

/// The family is the pooled row and the rows of all levels; with one level in all, the pooled row alone. The
/// pooled row stays a member where it is not told.
Conclusion conclude(const Contrast& contrast, const ConclusionRules& rules);

/// The same for several contrasts, judged as one family: the changes of a one-at-a-time study, or each level
/// of a factor against one.
std::vector<Conclusion> conclude(std::span<const Contrast> contrasts, const ConclusionRules& rules);

}  // namespace ablate
