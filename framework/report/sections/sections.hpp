#pragma once
/// All sections of a report: what every renderer loops over.

#include <vector>

#include "report/sections/section.hpp"

namespace ablate {

/// In the order of a page. Pure.
std::vector<Section> sections(const Comparison& comparison);

/// The figures of all sections, numbered from 1 on by pages.
std::vector<Figure> figures(const std::vector<Section>& sections);

/// The first figure where it is that of the answer: nothing else belongs on the first screen.
const Figure* effect_figure(const std::vector<Section>& sections);

/// The tables for a paper of all sections that have rows.
std::vector<PaperTable> paper_tables(const std::vector<Section>& sections);

}  // namespace ablate
