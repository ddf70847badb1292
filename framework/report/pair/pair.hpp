#pragma once
/// Two variants, or two runs, side by side: A, and B against it.

#include <optional>
#include <string>
#include <vector>

#include "report/collect.hpp"
#include "report/comparison.hpp"

namespace ablate {

/// One of the two: a variant with its runs, or a run alone.
struct PairSide {
  std::string name;  ///< what pages call it
  VariantRecord variant;
  std::vector<RunRecord> runs;
  bool is_run = false;  ///< that somebody named by itself
};

/// What the database holds of the two, as of a study of two variants: A first, in the baseline's place. The
/// variants' ids are 1 and 2 here, the names those of the sides.
StudyRecords read_pair(const Reader& reader, const PairSide& first, const PairSide& second);

struct PairOptions {
  std::string metric = "test.accuracy";  ///< the one that is reported in full
  std::optional<SplitName> split = {};   ///< of the table of all metrics; nothing: that metric's
  double confidence = 0.95;
  std::vector<std::string> afterthoughts = {};  ///< as in ReportOptions
};

/// One metric of one split, B - A over the seeds in which both have a value.
struct MetricPair {
  std::size_t metric = 0;  ///< place in the comparison's metrics
  SeedPairs seeds;         ///< its first is B, for `differences` are B - A
  Summary first, second;   ///< A and B over those seeds; where nothing is paired, over all finished runs
  PairedDifference paired;
  double holm_p = undefined;  ///< the sign-flip p, corrected over the split's metrics that have one
  /// That a run of B does better than one of A, over the same seeds; and P(higher) - P(lower).
  double probability_of_improvement = undefined, cliffs_delta = undefined;

  /// Neither side differs between its seeds, three and more: they are one pair, repeated.
  bool is_repeated() const {
    return paired.summary.n > 2 && first.minimum == first.maximum && second.minimum == second.maximum;
  }
  /// Of a single pair every exact p is 1, and none is reported.
  bool has_p() const { return paired.summary.n > 1 && !is_repeated(); }
};

struct PairComparison {
  /// Of the two alone: costs, counts, curves, the difference in the metric that is reported in full.
  Comparison comparison;
  SplitName split = SplitName::test;
  MetricPair primary;               ///< not corrected: it is one
  std::vector<MetricPair> metrics;  ///< of `split`, in the order of the comparison's metrics
  std::string verdict;              ///< by the rules of a report's, or why there is none
  std::vector<std::string> notes;   ///< what a reader must know beyond the tables
};

/// Pure. Only finished runs have a value, and only seeds that both finished are compared. No difference and
/// no p is made of runs that were judged by different images, or that a stop rule cut. Throws RequestError
/// for a metric that is no "split.metric", or a confidence outside (0, 1).
PairComparison compare_pair(const StudyRecords& pair, const PairOptions& options);

}  // namespace ablate
