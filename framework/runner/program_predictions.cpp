#include "runner/program_predictions.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text_value.hpp"
#include "compute/functions.hpp"
#include "data/csv_file.hpp"
#include "data/image_block.hpp"
#include "data/npy.hpp"
#include "metrics/evaluator.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_predictions = std::size_t{4} << 30, rows_at_once = 4096;
constexpr const char* form = "truth (the class, from 0), then a probability for each class";

/// Rows on their way to the evaluator: logits are logarithms of probabilities, which softmax turns back.
class Rows {
 public:
  explicit Rows(std::size_t classes) : classes_(classes), evaluator_(static_cast<int>(classes)) {}

  void add_truth(double truth) {
    truth_.push_back(static_cast<std::uint8_t>(truth));
    if (truth_.size() == rows_at_once) flush();
  }
  void add_probability(double p) {
    constexpr double least = std::numeric_limits<float>::min();
    logits_.push_back(static_cast<float>(compute::log(std::max(p, least))));
  }
  ProgramPredictions finish() {
    flush();
    return {evaluator_.finish(), std::move(all_truth_)};
  }
  bool is_class(double value) const {
    return value >= 0 && value < static_cast<double>(classes_) && value == std::floor(value);
  }
  bool any() const { return !truth_.empty() || !all_truth_.empty(); }

 private:
  void flush() {
    if (!truth_.empty()) evaluator_.add(logits_, truth_);
    all_truth_.insert(all_truth_.end(), truth_.begin(), truth_.end());
    logits_.clear();
    truth_.clear();
  }

  std::size_t classes_;
  Evaluator evaluator_;
  std::vector<float> logits_;
  std::vector<std::uint8_t> truth_, all_truth_;
};

/// A row may be rounded to two digits, but a number that was cut short or is a score of another kind shows.
bool is_distribution(double sum, std::size_t classes) {
  constexpr double most = 0.1;
  return std::abs(sum - 1.0) <= std::min(most, 0.001 + 0.005 * static_cast<double>(classes));
}

bool is_probability(double p) { return p >= 0.0 && p <= 1.0 + 1e-6; }

std::string no_distribution(double sum) {
  return fmt::format("the probabilities of the row add up to {:.4g}, not 1: was the file cut short?", sum);
}

double number_in(const CsvFile& file, std::size_t field) {
  const std::string& text = file.fields()[field];
  const auto value = number_of<double>(text);
  if (!value) file.refuse(field, fmt::format("found '{}', expected a number", text), form);
  return *value;
}

void check_classes(std::size_t classes, const std::string& file) {
  if (classes >= 2 && classes <= most_classes) return;
  throw RequestError(
      fmt::format("{} has probabilities of {} classes, expected 2 to {}", file, classes, most_classes), form);
}

ProgramPredictions read_csv(const fs::path& path) {
  CsvFile file(path);
  if (!file.next() || file.fields()[0] != "truth")
    throw RequestError(fmt::format("{} does not begin with a column truth", path.string()), form);
  const std::size_t columns = file.fields().size();
  check_classes(columns - 1, path.string());
  Rows rows(columns - 1);
  while (file.next()) {
    if (file.fields().size() != columns)
      file.refuse(file.fields().size(),
                  fmt::format("found {} fields, expected {}", file.fields().size(), columns), form);
    const double truth = number_in(file, 0);
    if (!rows.is_class(truth))
      file.refuse(0, fmt::format("{} is no class from 0 to {}", truth, columns - 2), form);
    double sum = 0.0;
    for (std::size_t i = 1; i < columns; ++i) {
      const double p = number_in(file, i);
      if (!is_probability(p)) file.refuse(i, fmt::format("{} is no probability", p), form);
      rows.add_probability(p);
      sum += p;
    }
    if (!is_distribution(sum, columns - 1)) file.refuse(1, no_distribution(sum), form);
    rows.add_truth(truth);
  }
  if (!rows.any()) throw RequestError(fmt::format("{} has no row below its header", path.string()), form);
  return rows.finish();
}

ProgramPredictions read_npy(const fs::path& path) {
  const std::string bytes = read_file(path, largest_predictions);
  const NpyArray array(bytes, path.string());
  if (array.shape().size() != 2 || array.shape()[0] < 1 || array.shape()[1] < 1)
    array.refuse("it has no rows of predictions", form);
  const std::size_t columns = array.shape()[1];
  check_classes(columns - 1, path.string());
  Rows rows(columns - 1);
  for (std::size_t row = 0; row < array.shape()[0]; ++row) {
    const double truth = array.at(row * columns);
    if (!rows.is_class(truth)) array.refuse(fmt::format("row {}: {} is no class", row, truth), form);
    double sum = 0.0;
    for (std::size_t i = 1; i < columns; ++i) {
      const double p = array.at(row * columns + i);
      if (!is_probability(p)) array.refuse(fmt::format("row {}: {} is no probability", row, p), form);
      rows.add_probability(p);
      sum += p;
    }
    if (!is_distribution(sum, columns - 1))
      array.refuse(fmt::format("row {}: {}", row, no_distribution(sum)), form);
    rows.add_truth(truth);
  }
  return rows.finish();
}

/// The files that a split has.
std::vector<fs::path> files_of(const fs::path& folder, const char* split) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const char* ending : {"csv", "npy"}) {
    fs::path path = folder / fmt::format("predictions_{}.{}", split, ending);
    if (fs::exists(path, error)) found.push_back(std::move(path));
  }
  return found;
}

}  // namespace

std::optional<ProgramPredictions> read_predictions(const fs::path& folder, const char* split) {
  const std::vector<fs::path> files = files_of(folder, split);
  if (files.empty()) return std::nullopt;
  const fs::path& path = files.front();
  return path.extension() == ".csv" ? read_csv(path) : read_npy(path);
}

bool has_predictions(const fs::path& folder) {
  return !files_of(folder, "test").empty() || !files_of(folder, "validation").empty();
}

std::string unread_predictions(const fs::path& folder) {
  std::string told;
  for (const char* split : {"validation", "test"}) {
    if (files_of(folder, split).size() > 1)
      told += fmt::format("; predictions_{0}.npy is not read, predictions_{0}.csv is", split);
  }
  return told;
}

}  // namespace ablate
