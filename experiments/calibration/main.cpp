/// Are the words, intervals and p of a report calibrated? Made-up studies through the library; Markdown to stdout.
/// `calibration WORD...` prints the sections of those names alone.

#include <algorithm>
#include <string_view>
#include <utility>

#include "simulate.hpp"

int main(int count, char** words) {
  const std::pair<std::string_view, void (*)()> sections[] = {
      {"null", calibration::print_null_studies},     {"dependences", calibration::print_dependences},
      {"words", calibration::print_words},           {"families", calibration::print_families},
      {"two_levels", calibration::print_two_levels}, {"grid", calibration::print_two_levels_of_a_grid},
      {"looks", calibration::print_looks},           {"power", calibration::print_power}};
  for (const auto& [name, print] : sections) {
    if (count == 1 || std::count(words + 1, words + count, name) > 0) print();
  }
}
