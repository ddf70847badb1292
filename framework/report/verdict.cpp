#include "report/verdict.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/suggest.hpp"
#include "report/answer_words.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"

namespace ablate {
namespace {

using Variants = std::vector<const VariantSummary*>;

std::string reached(const Comparison& comparison, const VariantSummary& variant) {
  const Summary summary = primary(comparison, variant);
  const char* spread = summary.n > 1 ? "mean ± standard deviation, " : "";
  return fmt::format("{} with {} {} ({}{})", variant.name, comparison.primary.name, mean_text(summary),
                     spread, counted(summary.n, "seed"));
}

std::string without_difference(const Comparison& comparison, const std::string& reason) {
  const Variants order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  if (order.size() == 1) return fmt::format("{}. {}.", reason, reached(comparison, *order.front()));
  // The best of many on test is the luckiest, too.
  const VariantSummary* chosen = best_by_validation(comparison);
  return fmt::format("{}, so no difference is claimed. {}.", reason,
                     chosen ? "Chosen by validation: " + reached(comparison, *chosen)
                            : fmt::format("None of the {} is chosen: no run has a validation value",
                                          counted(comparison.variants.size(), "variant")));
}

bool all_diverged(const Comparison& comparison, const VariantSummary& variant) {
  const std::size_t lost = lost_runs(comparison, variant);
  return lost > 0 && lost == variant.counts.planned;
}

/// Why variants have no difference: "diverged under every seed: B, C; stopped early by the stop rule: D".
std::string why_not_compared(const Comparison& comparison, const Variants& variants) {
  std::vector<std::string> diverged, stopped, unfinished, parts;
  for (const auto* variant : variants) {
    auto& names = variant->counts.stopped > 0          ? stopped
                  : all_diverged(comparison, *variant) ? diverged
                                                       : unfinished;
    names.push_back(variant->name);
  }
  const auto add = [&](const std::vector<std::string>& names, const char* what) {
    if (!names.empty()) parts.push_back(fmt::format("{}: {}", what, names_text(names, 3)));
  };
  add(diverged, "diverged under every seed");
  add(stopped, "stopped early by the stop rule, on validation");
  add(unfinished, "no value under any seed of the baseline's");
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string nothing_to_compare(const Comparison& comparison, const Variants& others) {
  const VariantSummary& base = *baseline(comparison);
  const auto all = [&](auto is) { return std::all_of(others.begin(), others.end(), is); };
  if (all([&](const auto* variant) { return all_diverged(comparison, *variant); })) {
    return fmt::format(
        "All others diverged: under every seed, the loss of the {} beside the baseline ceased to be a finite "
        "number, so there is nothing to compare. {}.",
        counted(others.size(), "variant"), reached(comparison, base));
  }
  if (all([](const auto* variant) { return variant->counts.stopped > 0; })) {
    return fmt::format(
        "All others were stopped early by the stop rule, because they did worse on validation; no difference "
        "is measured. {}.",
        reached(comparison, base));
  }
  return without_difference(comparison,
                            fmt::format("No variant shares a finished seed with the baseline ({})",
                                        why_not_compared(comparison, others)));
}

/// The metrics of which some finished run has a value.
std::vector<std::string> reported_metrics(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const SplitName split : {SplitName::test, SplitName::validation, SplitName::train}) {
    for (std::size_t metric = 0; metric < comparison.metrics.size(); ++metric) {
      const bool is_there =
          std::any_of(comparison.variants.begin(), comparison.variants.end(),
                      [&](const VariantSummary& variant) { return selected(variant, split, metric).n > 0; });
      if (is_there)
        names.push_back(fmt::format("{}.{}", to_string(split), comparison.metrics.at(metric).name));
    }
  }
  return names;
}

/// What the runs report in place of the primary metric, whose name may be misspelt; begins with a space.
std::string reported_instead(const Comparison& comparison) {
  constexpr std::size_t most = 10;
  const std::vector<std::string> names = reported_metrics(comparison);
  if (names.empty()) return {};
  const std::string& wanted = comparison.primary.name;
  auto meant = nearest(wanted, names);
  for (std::size_t i = 0; i < names.size() && !meant; ++i) {
    if (nearest(names[i], std::span(&wanted, 1))) meant = names[i];
  }
  const std::size_t told = std::min(most, names.size());
  return fmt::format(" They report {}{}.{}",
                     fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(told), ", "),
                     told < names.size() ? fmt::format(" and {} more", names.size() - told) : "",
                     meant ? fmt::format(" Is {} meant?", *meant) : "");
}

/// That runs report the metric, but not at the epoch that counts; begins with a space. Empty where none does.
std::string reported_elsewhere(const Comparison& comparison) {
  int last = 0;
  for (const VariantSummary& variant : comparison.variants) {
    for (const RunSummary& run : variant.runs) {
      for (const EpochValue& at : run.curve) last = is_value(at.value) ? std::max(last, at.epoch) : last;
    }
  }
  if (last == 0) return {};
  return fmt::format(
      " at the epoch that counts. They report it at others, the last of which is {}: the program must report it "
      "with its last epoch, or with the one that trainer.select chooses.",
      last);
}

/// Of those that the program ended well.
std::size_t runs_that_ended_as_nan(const Comparison& comparison) {
  std::size_t ended = 0;
  for (const VariantSummary& variant : comparison.variants) {
    for (const RunSummary& run : variant.runs)
      ended += run.status == RunStatus::done && is_loss(comparison, run);
  }
  return ended;
}

std::string no_values(const Comparison& comparison) {
  const RunCounts& counts = comparison.counts;
  if (counts.planned > 0 && counts.diverged == counts.planned) {
    return fmt::format("No verdict: all {} diverged.", counted(counts.planned, "run"));
  }
  if (counts.done == 0) {
    return fmt::format("No verdict: none of the {} is finished.", counted(counts.planned, "planned run"));
  }
  const std::size_t ended_as_nan = runs_that_ended_as_nan(comparison);
  if (ended_as_nan == counts.done)
    return fmt::format("No verdict: {} of the {} is not a number at the epoch that counts: {} diverged.",
                       comparison.primary.name, counted(counts.done, "finished run"),
                       counts.done == 1 ? "it" : "they");
  const std::string elsewhere = reported_elsewhere(comparison);
  return fmt::format("No verdict: none of the {} has a value of {}{}", counted(counts.done, "finished run"),
                     comparison.primary.name,
                     elsewhere.empty() ? "." + reported_instead(comparison) : elsewhere);
}

std::string not_compared(const Comparison& comparison) {
  const VariantSummary* base = baseline(comparison);
  if (!base) return without_difference(comparison, "No variant is named as the baseline");
  if (primary(comparison, *base).n == 0) {
    return without_difference(
        comparison, fmt::format("The baseline {} has no value{}", base->name,
                                all_diverged(comparison, *base) ? " (it diverged under every seed)" : ""));
  }
  Variants others;
  for (const auto& variant : comparison.variants) {
    if (!variant.is_baseline) others.push_back(&variant);
  }
  return nothing_to_compare(comparison, others);
}

}  // namespace

std::string why_no_answer(const Comparison& comparison) {
  const Variants order = ranked(comparison, comparison.primary.split, comparison.primary.metric);
  if (order.empty()) return no_values(comparison);
  if (comparison.variants.size() == 1)
    return without_difference(comparison, "One variant, nothing to compare it with");
  return not_compared(comparison);
}

std::string verdict(const Comparison& comparison) {
  const bool leaked = any_leaked(comparison) && comparison.primary.split == SplitName::test;
  std::string text = leaked ? "Leaked: test images leaked into these runs (marked †), so what follows is no "
                              "evidence of how a network performs on new images. "
                            : "";
  text += headline(comparison);
  for (const std::string& bullet : answer_bullets(comparison)) text += " " + bullet;
  return text;
}

}  // namespace ablate
