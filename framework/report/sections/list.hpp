#pragma once
/// The sections of a report in the order of its pages: what a new one adds, beside its file, is its name here
/// and its place below.

#include "report/sections/section.hpp"

namespace ablate {

/// Pure.
using MakeSection = Section(const Comparison& comparison);

MakeSection runs_section;
MakeSection leak_audit_section;
MakeSection contrasts_section;
MakeSection unpaired_section;
MakeSection fairness_section;
MakeSection pair_curves_section;
MakeSection tuning_section;
MakeSection comparison_section;
MakeSection factors_section;
MakeSection ranks_section;
MakeSection metrics_section;
MakeSection effects_section;
MakeSection curves_section;
MakeSection classes_section;
MakeSection confidence_section;
MakeSection images_section;
MakeSection rates_section;
MakeSection origin_section;

inline constexpr MakeSection* section_list[] = {
    contrasts_section,  unpaired_section,   fairness_section,   pair_curves_section, tuning_section,
    comparison_section, effects_section,    factors_section,    ranks_section,       metrics_section,
    curves_section,     classes_section,    confidence_section, images_section,      rates_section,
    runs_section,       leak_audit_section, origin_section};

}  // namespace ablate
