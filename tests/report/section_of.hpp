#pragma once
/// A section of a report and what is in it, by name.

#include <string>
#include <vector>

#include "report/sections/section.hpp"

namespace ablate {

/// All throw std::out_of_range where there is none.
Section section_of(const Comparison& comparison, const std::string& id);
/// The table as a page without a script shows it, and the file in full.
Table page_table(const Comparison& comparison, const std::string& id);
Table file_table(const Comparison& comparison, const std::string& name);
Figure figure_of(const Comparison& comparison, const std::string& name);
std::vector<PaperTable> papers_of(const Comparison& comparison);
std::vector<Figure> figures_of(const Comparison& comparison);
std::string html_page(const Comparison& comparison);

}  // namespace ablate
