#pragma once
/// The answer to a study's question: the declared contrasts, judged as one family.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "stats/conclusion.hpp"
#include "stats/contrast.hpp"
#include "stats/divergence.hpp"
#include "stats/planned_looks.hpp"
#include "stats/two_levels.hpp"
#include "store/records.hpp"

namespace ablate {

struct Comparison;

/// A factor of the study, or several that only change together, as the columns of a zip do.
struct JointFactor {
  std::vector<std::size_t> keys;  ///< places in Comparison::factor_keys
  std::vector<std::vector<Value>>
      levels;            ///< of each level one value per key; rising where ordered, else as planned
  bool ordered = false;  ///< one key, and all its levels are numbers
  std::optional<std::size_t> baseline;  ///< the baseline's level
};

/// The factors that vary: keys whose values tell the variants apart in the same way are one.
std::vector<JointFactor> joint_factors(const Comparison& comparison);

/// The level of a factor that a variant has.
std::size_t level_of(const JointFactor& factor, const std::vector<Value>& values);

/// A word that the runs allow: one side that diverged or failed where the other finished is never called the better.
struct Said {
  Word word = Word::cannot_say;
  bool withheld = false;  ///< the interval alone would have said something else
  SignTest outcomes;      ///< counts a seed in which one side alone diverged or failed as its loss
  std::vector<std::size_t> depends_on = {};  ///< see Effect
  bool is_told = true;                       ///< where it is not, the word is `cannot_say`
};

/// A contrast with its conclusion, and with what both were made of.
struct AnsweredContrast {
  std::string name;                                     ///< "skip: none → projection"
  std::string subject;                                  ///< "skip"; empty where whole variants are compared
  std::string from, to;                                 ///< what pages call the sides
  std::vector<std::string> asked_keys;                  ///< of the factor that changes
  std::vector<std::size_t> from_variants, to_variants;  ///< places in Comparison::variants, by stratum
  std::vector<std::vector<std::size_t>> settings =
      {};  ///< of each pair of variants, a level a place of `others`
  Contrast contrast;
  Conclusion conclusion;
  Said pooled;
  std::vector<Said> levels;                    ///< as Contrast::levels
  std::vector<std::size_t> others = {};        ///< the factor of each place of a setting
  std::vector<ContrastPair> pairs = {};        ///< all there are: a planned look may take fewer seeds
  std::vector<std::size_t> by = {};            ///< places of a setting whose levels have rows
  bool other_images = false;                   ///< its sides were judged by different images: nothing is said
  std::optional<std::size_t> settled_at = {};  ///< seeds of the planned look that settled it
  TwoLevels pooled_images = {.reason = "no predictions were read"};  ///< the second level of chance
  std::vector<TwoLevels> level_images = {};                          ///< as Contrast::levels
};

/// Who looked before all seeds were there, and what that does to the verdict.
struct LooksTaken {
  std::size_t seeds = 0;  ///< of this look: the most that a contrast has
  std::vector<LookRecord> unplanned =
      {};                   ///< earlier, at fewer seeds, the first at each number of them; rising
  std::size_t replans = 0;  ///< that set results aside
  bool by_e_value = false;  ///< words, intervals and p are those of any number of looks
  std::vector<PlannedLook> in_plan = {};
  std::size_t made = 0;  ///< of those: all their runs have ended
};

struct StudyAnswer {
  std::vector<JointFactor> factors;
  std::vector<AnsweredContrast> contrasts;  ///< one family; never empty
  double margin = 0.0;
  LooksTaken looks;
  bool declared = false;       ///< the study file names the question
  bool is_unanswered = false;  ///< but no two variants with finished runs differ in it alone
  bool of_changes = false;     ///< of a one-at-a-time study, or of whole variants: each against the baseline
  bool seeds_idle = false;  ///< every variant has one value under all of its seeds: nothing is said of chance
};

/// What the study's options and design ask; nothing where there is nothing to contrast: `why_no_answer` says
/// why. Pure.
std::optional<StudyAnswer> answer(const Comparison& comparison);
std::string why_no_answer(const Comparison& comparison);

/// The place of the pair of variants in the baseline's setting of all other factors, or the first.
std::size_t main_setting(const Comparison& comparison, const AnsweredContrast& of);

/// What pages call a setting of the other factors, "hidden 256, learning_rate step".
std::string levels_text(const Comparison& comparison, const AnsweredContrast& of,
                        const std::vector<std::size_t>& setting);
/// The same of a pair of variants; empty where there are no other factors.
std::string setting_name(const Comparison& comparison, const AnsweredContrast& of, std::size_t pair);

/// What pages call a joint factor, "optimizer + initial", and its level, "adam + 0.001".
std::string joint_name(const Comparison& comparison, const JointFactor& factor);
std::string joint_label(const Comparison& comparison, const JointFactor& factor, std::size_t level);

}  // namespace ablate
