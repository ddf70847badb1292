#pragma once
/// A study made up for the tests of the report: records as the database would give them.

#include <string>
#include <vector>

#include "report/collect.hpp"

namespace ablate::synthetic {

/// Names of the variants, the first of them the baseline, each with the factors model.skip and model.hidden.
struct Shape {
  std::vector<std::string> variants = {"no skip", "skip"};
  int seeds = 3;
  int epochs = 4;
  bool validation = true;
};

/// Every run done. Accuracies rise by a fixed rule, the second variant 0.01 (and a little that differs by
/// seed) above the first; no two numbers are alike by accident.
StudyRecords records(const Shape& shape = {});

/// A study whose test accuracies are the given ones: variants A, B, ... in rows, seeds 1, 2, ... in columns.
StudyRecords with_accuracies(const std::vector<std::vector<double>>& accuracies);

/// Marks a run as ended otherwise; its epochs stay.
void end(StudyRecords& records, std::int64_t run_id, RunStatus status, const std::string& error = {});

}  // namespace ablate::synthetic
