#include "report/unpaired.hpp"

#include <cmath>

#include <fmt/format.h>

#include "report/answer_words.hpp"
#include "report/looks.hpp"
#include "report/lost_runs.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

std::string welch_text(const IndependentDifference& d) {
  const int decimals = decimals_of(d.interval, d.difference);
  const std::string difference = std::isfinite(d.difference) ? signed_text(d.difference, decimals) : "–";
  return d.reason.empty() ? fmt::format("{} ({})", difference, interval_text(d.interval, decimals))
                          : difference;
}

Table unpaired_page(const Comparison& comparison, const std::vector<UnpairedRow>& rows) {
  Table table{{{"variant"},
               {"runs", -1, Align::right},
               {"runs of the baseline", -1, Align::right},
               {fmt::format("difference in {}", comparison.primary.name), -1, Align::right},
               {"p", -1, Align::right},
               {"says"}},
              {}};
  for (const UnpairedRow& row : rows) {
    const IndependentDifference& d = row.difference;
    const VariantSummary& variant = comparison.variants[row.variant];
    table.rows.push_back(
        {short_name(comparison, variant) + std::string(mark(variant, comparison.primary.split)),
         std::to_string(d.to.n), std::to_string(d.from.n), welch_text(d), p_text(d.p),
         row.withheld ? fmt::format("cannot say: runs {}", how_lost(comparison, {row.variant, row.baseline}))
                      : word_text(row.word)});
  }
  return table;
}

Table unpaired_file(const Comparison& comparison, const std::vector<UnpairedRow>& rows) {
  Table table{{{"variant"},
               {"n"},
               {"baseline_n"},
               {"mean"},
               {"baseline_mean"},
               {"difference"},
               {"standard_error"},
               {"degrees"},
               {"t"},
               {"low"},
               {"high"},
               {"p"},
               {"word"}},
              {}};
  for (const UnpairedRow& row : rows) {
    const IndependentDifference& d = row.difference;
    table.rows.push_back({comparison.variants[row.variant].name, whole(d.to.n), whole(d.from.n),
                          number_or_null(d.to.mean), number_or_null(d.from.mean),
                          number_or_null(d.difference), number_or_null(d.standard_error),
                          number_or_null(d.degrees), number_or_null(d.t), number_or_null(d.interval.low),
                          number_or_null(d.interval.high), number_or_null(d.p), word_text(row.word)});
  }
  return table;
}

}  // namespace

Section unpaired_section(const Comparison& comparison) {
  Section section{"unpaired", "Difference from the baseline, unpaired"};
  const auto rows = unpaired_rows(comparison);
  section.is_shown = !rows.empty();
  if (rows.empty()) return section;
  section.tables.push_back({"unpaired", "differences, unpaired", unpaired_page(comparison, rows)});
  section.notes.push_back(fmt::format(
      "Runs are numbered, and share nothing under one number: variants are compared as independent "
      "samples. The {} intervals and p are those of Welch's t, corrected for {} as by Bonferroni; they "
      "assume that runs are a normal sample. Pairing by seed would detect smaller differences.",
      confidence_text(comparison.confidence), counted(rows.size(), "comparison")));
  if (const std::size_t looks = earlier_looks(comparison).size(); looks > 0)
    section.notes.push_back(
        fmt::format("Looked at {} before over fewer runs: p and intervals are those of one look only.",
                    looks == 1 ? "once" : fmt::format("{} times", looks)));
  section.evidence = comparison_source(comparison);
  section.files.push_back({"unpaired", unpaired_file(comparison, rows)});
  return section;
}

}  // namespace ablate
