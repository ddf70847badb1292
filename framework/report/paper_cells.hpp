#pragma once
/// Cells that several tables for papers share.

#include <string>

#include "report/paper.hpp"

namespace ablate {

PaperCell number_cell(double value);
PaperCell number_cell(std::size_t value);
PaperCell mean_cell(const Summary& summary, bool leaked = false);
PaperCell interval_cell(const PairedDifference& paired, bool leaked);
PaperCell interval_cell(const Member& member, bool leaked);
/// "< 0.0001" for what four digits cannot distinguish from 0.
PaperCell p_cell(double p, bool leaked);

/// "skip (baseline)".
std::string paper_name(const VariantSummary& variant);
/// "difference (95% interval)".
std::string interval_head(const Comparison& comparison, const char* what);

}  // namespace ablate
