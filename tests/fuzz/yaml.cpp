/// Any text as a study file: it gives a study whose canonical text gives the same study, or a RequestError.

#include <stdexcept>

#include "base/error.hpp"
#include "config/study.hpp"
#include "fuzz/targets.hpp"
#include "metrics/metric_table.hpp"

void ablate::fuzz::yaml(Bytes bytes) {
  static const std::vector<std::string> metrics = metric_names();
  const std::string text(bytes.begin(), bytes.end());
  Study study;
  try {
    study = parse_study(text, "fuzz.yaml", {}, metrics);
  } catch (const RequestError&) {
    return;
  }
  const Study again = parse_study(study.yaml, "canonical.yaml", {}, metrics);
  if (again.yaml != study.yaml || again.plan_sha256 != study.plan_sha256)
    throw std::logic_error("the canonical text stands for another study:\n" + study.yaml + "\nand\n" +
                           again.yaml);
}
