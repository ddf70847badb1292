#include "report/fairness.hpp"

#include "report/sections/list.hpp"

namespace ablate {

Section fairness_section(const Comparison& comparison) {
  Section section{"fairness", "What weakens the answer"};
  for (const Warning& warning : fairness_warnings(comparison))
    section.notes.push_back(as_sentence(warning.text) + " " + warning.rule);
  section.is_shown = !section.notes.empty();
  return section;
}

}  // namespace ablate
