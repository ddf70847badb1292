#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/paper_cells.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/shown.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

using Notes = std::vector<std::string>;

Evidence rank_source(const Comparison& comparison) {
  return primary_source(
      comparison, {"run_metric", fmt::format(" AND m.split = '{}'", to_string(comparison.primary.split))});
}

/// Places in RankAnalysis::variants of those that pages show, the best first.
std::vector<std::size_t> shown_ranks(const Comparison& comparison) {
  const auto& [places, test] = *comparison.ranks;
  std::vector<std::size_t> order;
  const auto shown = shown_variants(comparison);
  for (std::size_t i = 0; i < test.mean_ranks.size(); ++i) {
    const auto* variant = &comparison.variants[places[i]];
    if (std::find(shown.begin(), shown.end(), variant) != shown.end()) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&ranks = test.mean_ranks](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  return order;
}

Table rank_data(const Comparison& comparison) {
  Table table{{{"variant"},
               {"mean_rank"},
               {"seeds"},
               {"seeds_left_out"},
               {"friedman_chi_squared"},
               {"friedman_p"},
               {"critical_difference"},
               {"leaked"}},
              {}};
  const FriedmanTest& test = comparison.ranks->test;
  for (std::size_t i = 0; i < test.mean_ranks.size(); ++i) {
    table.rows.push_back({comparison.variants[comparison.ranks->variants[i]].name, test.mean_ranks[i],
                          whole(test.seeds), whole(test.left_out), number_or_null(test.chi_squared),
                          number_or_null(test.p), number_or_null(test.critical_difference),
                          std::int64_t{!mark_of_all(comparison).empty()}});
  }
  return table;
}

Table rank_page(const Comparison& comparison) {
  Table table{{{"variant"}, {"mean rank", -1, Align::right}}, {}};
  for (const std::size_t i : shown_ranks(comparison)) {
    const auto& variant = comparison.variants[comparison.ranks->variants[i]];
    table.rows.push_back(
        {variant.name + (variant.is_baseline ? " (baseline)" : ""),
         fmt::format("{:.2f}", comparison.ranks->test.mean_ranks[i]).append(mark_of_all(comparison))});
  }
  return table;
}

Notes rank_notes(const Comparison& comparison) {
  const FriedmanTest& test = comparison.ranks->test;
  if (test.mean_ranks.empty()) return {fmt::format("No ranks: {}.", test.reason)};
  const std::size_t variants = comparison.ranks->variants.size();
  Notes notes = {
      fmt::format("Rank 1 is the best {}; mean over the {} in which all {} variants have a value{}.",
                  comparison.primary.name, counted(test.seeds, "seed"), variants,
                  test.left_out > 0 ? fmt::format(" ({} left out)", counted(test.left_out, "seed")) : "")};
  notes.push_back(test.reason.empty()
                      ? fmt::format("Friedman test that all rank alike: χ² = {:.2f} with {} degrees of "
                                    "freedom, p = {}; an approximation, cautious for few seeds.",
                                    test.chi_squared, variants - 1, p_text(test.p))
                      : fmt::format("No Friedman test: {}.", test.reason));
  if (!std::isfinite(test.critical_difference)) return notes;
  const auto [least, most] = std::minmax_element(test.mean_ranks.begin(), test.mean_ranks.end());
  notes.push_back(fmt::format(
      "Nemenyi's critical difference: {:.2f}. Variants whose mean ranks differ by less cannot be told apart "
      "at {}{}.",
      test.critical_difference, confidence_text(comparison.confidence),
      *most - *least < test.critical_difference ? "; here, no two can" : ""));
  return notes;
}

PaperTable rank_paper(const Comparison& comparison) {
  PaperTable table{"ranks", "Mean ranks",           {{"variant"}, {"mean rank", PaperKind::number, 2}},
                   {},      rank_notes(comparison), rank_source(comparison)};
  const bool leaked = !mark_of_all(comparison).empty();
  for (const std::size_t i : shown_ranks(comparison)) {
    table.rows.push_back({{paper_name(comparison.variants[comparison.ranks->variants[i]])},
                          {"", {comparison.ranks->test.mean_ranks[i]}, leaked}});
  }
  return table;
}

}  // namespace

Section ranks_section(const Comparison& comparison) {
  Section section{"ranks", "Ranks"};
  section.is_shown = comparison.ranks.has_value();
  if (!comparison.ranks) return section;
  section.tables.push_back({"ranks", "Mean ranks of the variants", rank_page(comparison)});
  section.notes = rank_notes(comparison);
  section.links = {{"In full: ", "tables/ranks.csv", "."}};
  section.evidence = rank_source(comparison);
  section.files.push_back({"ranks", rank_data(comparison)});
  section.papers.push_back(rank_paper(comparison));
  return section;
}

}  // namespace ablate
