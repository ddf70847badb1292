#pragma once
/// What may be said of the contrasts, given who looked when.

#include "report/comparison.hpp"

namespace ablate {

/// Judges all contrasts as one family and fills their conclusions, words and `answer.looks`. Planned looks are made again
/// one after the other, each over the seeds up to it and at the level that it may spend: a contrast keeps the
/// conclusion of the look that settled it. Where somebody looked at fewer seeds without a plan, all of it rests on
/// e-values. `answer` has its contrasts with their pairs.
void judge(StudyAnswer& answer, const Comparison& comparison);

/// Every row of which something is said is better, worse or the same: the pooled one, or each level's where the
/// effect depends. A word that is held back because runs were lost is none. So is a contrast without any pair, of which one side diverged, and one of different images.
bool is_settled(const AnsweredContrast& of);

/// The contrast over these of its pairs: rows by `of.by`, and a test of dependence for all other factors.
Contrast contrast_over(const std::vector<ContrastPair>& pairs, const AnsweredContrast& of);

/// At which the contrast was judged: the study's, or of planned looks 1 less what the one that it keeps may claim at.
double judged_confidence(const Comparison& comparison, const AnsweredContrast& of);

/// "8, 12, 16": the planned looks.
std::string looks_text(const SeedsUntilSettled& until);

Best best_of(const Comparison& comparison);

/// Every planned run with the levels of all factors; of one without a value it is not a number, and so of all of a
/// variant that a stop rule cut. Empty where two variants have the same levels, so that runs would appear twice.
std::vector<FactorialRun> runs_of(const Comparison& comparison, const std::vector<JointFactor>& factors);

/// Of these looks those at fewer seeds than there are now that no plan foresaw, the first at each number of them.
std::vector<LookRecord> unplanned_looks(const Comparison& comparison, const std::vector<LookRecord>& looks,
                                        std::size_t seeds_now);

/// Nothing is said of it: no interval, no p.
void silence(Member& member, std::string_view why);

/// A stop rule cut it.
bool is_stopped(const VariantSummary& variant);

}  // namespace ablate
