#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

std::string tried_text(const TunedVariant& tuned) {
  std::vector<std::string> texts;
  for (const TunedChoice& choice : tuned.choices) {
    texts.push_back(choice.by.n == 0 ? fmt::format("{}: none done", choice.label)
                                     : fmt::format("{}: {:.4g}", choice.label, choice.by.mean));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

/// The chosen value is the first or the last that was tried, so that a better one may lie beyond.
bool is_at_edge(const TunedVariant& tuned) {
  return tuned.chosen && tuned.choices.size() > 2 &&
         (*tuned.chosen == 0 || *tuned.chosen + 1 == tuned.choices.size());
}

Table tuning_page(const Tuning& tuning) {
  Table table{{{"variant"}, {"chosen"}, {fmt::format("tried: mean {}", to_string(tuning.asked.by))}}, {}};
  for (const TunedVariant& tuned : tuning.variants) {
    table.rows.push_back({tuned.variant,
                          tuned.chosen ? tuned.choices[*tuned.chosen].label : std::string("open"),
                          tried_text(tuned)});
  }
  return table;
}

Table tuning_data(const Tuning& tuning) {
  Table table;
  for (const char* name : {"variant", "tried", "by", "n", "mean", "sd", "ended", "chosen"})
    table.columns.push_back({name});
  for (const TunedVariant& tuned : tuning.variants) {
    for (std::size_t i = 0; i < tuned.choices.size(); ++i) {
      const TunedChoice& choice = tuned.choices[i];
      table.rows.push_back({tuned.variant, choice.label, to_string(tuning.asked.by), whole(choice.by.n),
                            number_or_null(choice.by.n ? choice.by.mean : undefined),
                            number_or_null(choice.by.n > 1 ? choice.by.standard_deviation : undefined),
                            whole(choice.ended), std::int64_t{tuned.chosen == i}});
    }
  }
  return table;
}

std::vector<std::string> tuning_notes(const Comparison& comparison) {
  const Tuning& tuning = *comparison.tuning;
  const VariantSummary* base = baseline(comparison);
  std::vector<std::string> notes = {fmt::format(
      "Every variant{} was tuned in the same way: {} over {} and {}, under seeds that the comparison does not use "
      "(study '{}'). The best mean of {} chose; test was not looked at.",
      base ? fmt::format(", the baseline {} included,", base->name) : "",
      fmt::format("{}", fmt::join(tuning.asked.keys, ", ")),
      counted(tuning.variants.empty() ? 0 : tuning.variants.front().choices.size(), "value"),
      counted(tuning.asked.seeds, "seed"), tuning.asked.study, to_string(tuning.asked.by))};
  const auto edge = std::count_if(tuning.variants.begin(), tuning.variants.end(), is_at_edge);
  if (edge > 0)
    notes.push_back(
        fmt::format("{} of {} variants got the first or the last value that was tried: a better one may lie "
                    "beyond.",
                    edge, tuning.variants.size()));
  return notes;
}

}  // namespace

Section tuning_section(const Comparison& comparison) {
  Section section{"tuning", "What each variant was tuned to"};
  section.is_shown = comparison.tuning.has_value();
  if (!comparison.tuning) return section;
  section.tables = {{"tuning", "Tuning", tuning_page(*comparison.tuning)}};
  section.notes = tuning_notes(comparison);
  section.links = {{"In full: ", "tables/tuning.csv", "."}};
  section.files = {{"tuning", tuning_data(*comparison.tuning)}};
  return section;
}

}  // namespace ablate
