#include "report/pair/pair_words.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/fairness.hpp"
#include "report/inference.hpp"
#include "report/judged_images.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"
#include "report/verdict.hpp"

namespace ablate {
namespace {

std::string reached(const Comparison& comparison, const VariantSummary& variant) {
  const Summary summary = primary(comparison, variant);
  return fmt::format("{} {} ({})", variant.name, mean_text(summary), counted(summary.n, "seed"));
}

/// "2 done, 1 diverged": how the runs of one side stand.
std::string counts_text(const Comparison& comparison, const VariantSummary& variant) {
  const RunCounts& counts = variant.counts;
  const std::size_t diverged = lost_runs(comparison, variant);
  const std::size_t unreported = unreported_runs(comparison, variant);
  const std::size_t with_value = counts.done + counts.diverged - diverged - unreported;
  const std::pair<std::size_t, const char*> all[] = {{with_value, "done"},
                                                     {unreported, "done without one"},
                                                     {diverged, "diverged"},
                                                     {counts.failed, "failed"},
                                                     {counts.stopped, "stopped"},
                                                     {counts.waiting, "waiting"},
                                                     {counts.interrupted, "interrupted"},
                                                     {counts.running, "running"},
                                                     {counts.missing, "planned"}};
  std::vector<std::string> parts;
  for (const auto& [n, word] : all) {
    if (n > 0) parts.push_back(fmt::format("{} {}", n, word));
  }
  return parts.empty() ? "no run" : fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<std::int64_t> seeds_of(const VariantSummary& variant) {
  std::vector<std::int64_t> seeds;
  for (const RunSummary& run : variant.runs) seeds.push_back(run.seed);
  return seeds;
}

std::string why_no_pair(const Comparison& comparison) {
  const VariantSummary &a = comparison.variants[0], &b = comparison.variants[1];
  const auto first = seeds_of(a), second = seeds_of(b);
  const bool share = std::any_of(first.begin(), first.end(), [&](std::int64_t seed) {
    return std::find(second.begin(), second.end(), seed) != second.end();
  });
  if (!share) {
    return fmt::format("no seed is shared ({} has {}, {} has {}), and differences are paired by seed", a.name,
                       seeds_text(first), b.name, seeds_text(second));
  }
  return fmt::format("there is no seed in which both have a value of {} ({}: {}; {}: {})",
                     comparison.primary.name, a.name, counts_text(comparison, a), b.name,
                     counts_text(comparison, b));
}

/// "seed 3: B diverged", for each seed of either that is not compared.
std::string left_out_text(const PairComparison& compared) {
  const auto& pairs = compared.primary.seeds.seeds;
  std::map<std::int64_t, std::vector<std::string>> why;
  const auto& variants = compared.comparison.variants;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    const char side = static_cast<char>('A' + i);
    for (const RunSummary& run : variants[i].runs) {
      if (std::find(pairs.begin(), pairs.end(), run.seed) != pairs.end()) continue;
      auto& reasons = why[run.seed];
      const std::string standing = standing_text(compared.comparison, run);
      if (standing != to_string(RunStatus::done)) reasons.push_back(fmt::format("{} is {}", side, standing));
      const auto& other = variants[1 - i].runs;
      const bool is_alone =
          std::none_of(other.begin(), other.end(), [&](const RunSummary& c) { return c.seed == run.seed; });
      if (is_alone) reasons.push_back(fmt::format("{} has no such run", i == 0 ? 'B' : 'A'));
    }
  }
  std::vector<std::string> parts;
  for (const auto& [seed, reasons] : why) {
    parts.push_back(fmt::format(
        "seed {} ({})", seed,
        reasons.empty() ? "no value on both sides" : fmt::format("{}", fmt::join(reasons, ", "))));
  }
  return names_text(parts, 12);
}

/// What the words of the verdict and their interval are made of.
std::string judged_text(const PairComparison& compared) {
  const Comparison& comparison = compared.comparison;
  const Member& member = comparison.answer->contrasts.front().conclusion.pooled.member;
  switch (member.judged) {
    case Judged::by_flips:
    case Judged::by_drawn_flips:
      return "The verdict rests on the sign-flip test and on the interval that belongs to it.";
    case Judged::by_t:
      return fmt::format(
          "The verdict rests on Student's t, which assumes normal errors: fewer than {} seeds allow no exact test.",
          pairs_needed(1, comparison.confidence));
    case Judged::by_e_value:
      return "The verdict rests on e-values, which hold at any number of looks.";
    case Judged::not_at_all:
      break;
  }
  return fmt::format("The verdict rests on no test: {}.", member.reason);
}

/// Empty where so many pairs can reach the level.
std::string floor_text(const PairComparison& compared) {
  const std::size_t pairs = compared.primary.paired.summary.n;
  if (pairs < 2) return "No p: of a single pair every exact p is 1.";
  const double level = 1.0 - compared.comparison.confidence, floor = smallest_corrected_p(pairs, 1);
  if (floor <= level) return {};
  return fmt::format(
      "{} cannot give an exact two-sided p below 2/2^{} = {}, whatever the difference; {} could reach {:.2g}.",
      counted(pairs, "pair"), pairs, p_text(floor),
      counted(pairs_needed(1, compared.comparison.confidence), "seed"), level);
}

void add_origin_notes(std::vector<std::string>& notes, const StudyRecords& pair,
                      const Comparison& comparison) {
  const auto& sides = comparison.variants;
  const auto trained = different_images(comparison, sides[0], sides[1], SplitName::train);
  if (trained.differ() && comparison.primary.split == SplitName::test) {
    notes.push_back(
        fmt::format("They were trained on different images (A: {}; B: {}): the difference is that "
                    "of the data too.",
                    fmt::join(trained.from, " and "), fmt::join(trained.to, " and ")));
  }
  std::set<std::string> versions;
  for (const RunRecord& run : pair.runs) {
    if (run.status == RunStatus::done) versions.insert(run.origin.code_version);
  }
  if (versions.size() > 1) {
    notes.push_back(
        fmt::format("The runs come from several versions of the program ({}).", fmt::join(versions, ", ")));
  }
  if (pair.machines.size() > 1)
    notes.push_back("The runs come from several machines: their seconds do not compare.");
  if (std::any_of(pair.runs.begin(), pair.runs.end(), [](const RunRecord& run) { return run.obsolete; }))
    notes.push_back("Some of these runs are obsolete: the study's newest plan lacks them.");
}

}  // namespace

std::string why_not_comparable(const Comparison& comparison, SplitName split) {
  const auto images = different_images(comparison, comparison.variants[0], comparison.variants[1], split);
  if (images.differ()) return "they were " + images.text("A", "B");
  for (const VariantSummary& variant : comparison.variants) {
    if (variant.counts.stopped == 0) continue;
    return fmt::format(
        "{} was cut by a stop rule because it did worse on validation, so a difference would mean nothing",
        variant.name);
  }
  return {};
}

std::string pair_verdict(const Comparison& comparison, const std::string& obstacle) {
  const VariantSummary &a = comparison.variants[0], &b = comparison.variants[1];
  if (b.difference) return verdict(comparison);
  const std::string why = obstacle.empty() ? why_no_pair(comparison) : obstacle;
  const bool leaked = any_leaked(comparison) && comparison.primary.split == SplitName::test;
  return fmt::format(
      "No verdict: {}. No difference is claimed. {}: {}; {}. {}{}", why, comparison.primary.name,
      reached(comparison, a), reached(comparison, b), weaknesses(comparison),
      leaked ? " Leaked: numbers marked † are no evidence of how a network performs on new images." : "");
}

std::vector<std::string> pair_notes(const StudyRecords& pair, const PairComparison& compared) {
  const Comparison& comparison = compared.comparison;
  std::vector<std::string> notes;
  if (comparison.variants[1].difference) {
    notes.push_back(fmt::format("Differences are B - A, paired by seed, over the {} that both finished.",
                                counted(compared.primary.seeds.seeds.size(), "seed")));
    notes.push_back(judged_text(compared));
    notes.push_back(fmt::format(
        "The tables treat each metric alone: intervals are Student's t at {}, p is that of the two-sided sign-flip "
        "test, {}; Holm p is corrected over the metrics of the table.",
        confidence_text(comparison.confidence),
        compared.primary.paired.permutation_error > 0.0 ? "of drawn signs" : "exact"));
    if (std::string floor = floor_text(compared); !floor.empty()) notes.push_back(std::move(floor));
    if (const std::string left_out = left_out_text(compared); !left_out.empty())
      notes.push_back(fmt::format("Left out, for want of a value on both sides: {}.", left_out));
  }
  if (any_leaked(comparison))
    notes.push_back(
        "† Leaked: not evidence of how a network performs on new images; `ablate show` says why.");
  add_origin_notes(notes, pair, comparison);
  return notes;
}

}  // namespace ablate
