#pragma once
/// What another program says of each image or sample, from the file that it left: our whole suite of it.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "metrics/evaluation.hpp"

namespace ablate {

struct ProgramPredictions {
  Evaluation evaluation;
  std::vector<std::uint8_t> truth;  ///< of every sample, in the order of the rows
};

/// Reads `predictions_SPLIT.csv` (a column `truth`, the class from 0, then a probability for each class) or
/// `predictions_SPLIT.npy` (the same as an array of rows) of a run's folder; nothing: there is neither. The
/// probabilities of a row add up to 1, but for rounding, and count in proportion. Throws RequestError with the place for
/// a file that is something else.
std::optional<ProgramPredictions> read_predictions(const std::filesystem::path& folder, const char* split);

/// Whether there is such a file, of test or validation.
bool has_predictions(const std::filesystem::path& folder);

/// "; predictions_test.npy is not read, predictions_test.csv is", where a split has both.
std::string unread_predictions(const std::filesystem::path& folder);

}  // namespace ablate
