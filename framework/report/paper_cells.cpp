#include "report/paper_cells.hpp"

#include <cmath>

#include <fmt/format.h>

#include "report/phrases.hpp"

namespace ablate {

PaperCell number_cell(double value) { return {"", {value}}; }
PaperCell number_cell(std::size_t value) { return number_cell(static_cast<double>(value)); }

PaperCell mean_cell(const Summary& summary, bool leaked) {
  if (summary.n == 0) return {};
  return {"", {summary.mean, summary.n > 1 ? summary.standard_deviation : undefined}, leaked};
}

PaperCell interval_cell(const PairedDifference& paired, bool leaked) {
  const bool wide = paired.summary.n > 1;
  return {
      "",
      {paired.summary.mean, wide ? paired.interval.low : undefined, wide ? paired.interval.high : undefined},
      leaked};
}

PaperCell interval_cell(const Member& member, bool leaked) {
  const bool wide = member.interval.has_width();
  return {"",
          {member.summary.n ? member.summary.mean : undefined, wide ? member.interval.low : undefined,
           wide ? member.interval.high : undefined},
          leaked};
}

/// "< 0.0001" for what four digits cannot distinguish from 0.
PaperCell p_cell(double p, bool leaked) {
  if (!std::isfinite(p)) return {};
  return p < 1e-4 ? PaperCell{"< 0.0001", {}, leaked} : PaperCell{"", {p}, leaked};
}

std::string paper_name(const VariantSummary& variant) {
  return variant.name + (variant.is_baseline ? " (baseline)" : "");
}

std::string interval_head(const Comparison& comparison, const char* what) {
  return fmt::format("{} ({} interval)", what, confidence_text(comparison.confidence));
}

}  // namespace ablate
