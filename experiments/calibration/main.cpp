/// Are the words, intervals and p of a report calibrated? Made-up studies through the library; Markdown to stdout.

#include "simulate.hpp"

int main() {
  calibration::print_null_studies();
  calibration::print_families();
  calibration::print_two_levels();
  calibration::print_looks();
  calibration::print_power();
}
