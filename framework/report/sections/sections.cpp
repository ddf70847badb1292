#include "report/sections/sections.hpp"

#include "report/sections/list.hpp"

namespace ablate {

std::vector<Section> sections(const Comparison& comparison) {
  std::vector<Section> all;
  for (MakeSection* make : section_list) all.push_back(make(comparison));
  return all;
}

std::vector<Figure> figures(const std::vector<Section>& sections) {
  std::vector<Figure> all;
  for (const Section& section : sections)
    all.insert(all.end(), section.figures.begin(), section.figures.end());
  return all;
}

const Figure* effect_figure(const std::vector<Section>& sections) {
  for (const Section& section : sections) {
    if (section.figures.empty()) continue;
    const Figure& first = section.figures.front();
    return first.plot.name == "contrast" ? &first : nullptr;
  }
  return nullptr;
}

std::vector<PaperTable> paper_tables(const std::vector<Section>& sections) {
  std::vector<PaperTable> all;
  for (const Section& section : sections) {
    for (const PaperTable& table : section.papers) {
      if (!table.rows.empty()) all.push_back(table);
    }
  }
  return all;
}

}  // namespace ablate
