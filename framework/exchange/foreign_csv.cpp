#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/csv_line.hpp"
#include "base/error.hpp"
#include "base/text_value.hpp"
#include "exchange/foreign_runs.hpp"
#include "exchange/named_params.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_record = 1u << 20;

/// One file, row by row.
class Table {
 public:
  explicit Table(const fs::path& path) : path_(path), in_(path, std::ios::binary) {
    if (fs::is_directory(path))
      throw RequestError(fmt::format("{} is a folder", path.string()), "the CSV files in it, by name");
    if (!in_) throw RequestError(fmt::format("cannot read {}", path.string()));
    if (!next(head_))
      throw RequestError(fmt::format("{} is empty", path.string()), "a header, then one row per run");
    if (head_.front().find('\0') != std::string::npos)
      throw RequestError(fmt::format("{} is no CSV: its first line is no text", path.string()),
                         "runs of MLflow, also in its SQLite file, come in by ablate import mlflow");
    const std::size_t other = head_.front().find_first_of(";\t");
    if (head_.size() == 1 && other != std::string::npos)
      throw RequestError(
          Location{path.string(), 1, static_cast<int>(other) + 1},
          fmt::format("its fields are separated by {}", head_.front()[other] == ';' ? "';'" : "tabs"),
          "separate them by commas, with points in numbers; most programs can save CSV so");
  }

  bool next(std::vector<std::string>& fields) {
    std::string record;
    do {
      record.clear();
      number_ = lines_ + 1;
      if (!add_line(record)) return false;
    } while (record.empty() || record == "\r");
    if (number_ == 1 && record.starts_with("\xEF\xBB\xBF")) record.erase(0, 3);
    if (record.find('\0') == std::string::npos) add_quoted_lines(record);
    fields = csv_fields(record);
    if (!head_.empty() && fields.size() != head_.size())
      refuse(0, fmt::format("found {}, the header has {}", counted(fields.size(), "field"), head_.size()));
    return true;
  }

  double number(const std::vector<std::string>& fields, std::size_t column) const {
    const std::string& text = fields[column];
    const auto value = number_of<double>(text);
    if (!value) refuse(column, fmt::format("{}: found '{}', expected a number", head_[column], text));
    return *value;
  }

  const std::vector<std::string>& head() const { return head_; }

  /// Refuses a header in which two columns have one of `names`, the columns' own or what they stand for; empty: none.
  void refuse_twice(const std::vector<std::string>& names) const {
    std::map<std::string, std::size_t> first;
    for (std::size_t column = 0; column < names.size(); ++column) {
      if (names[column].empty()) continue;
      const auto [known, is_new] = first.try_emplace(names[column], column);
      if (is_new) continue;
      throw RequestError(
          Location{path_.string(), 1, static_cast<int>(column) + 1},
          fmt::format("columns {} and {} are both '{}'", known->second + 1, column + 1, names[column]),
          "remove one of them, or give it another name");
    }
  }

 private:
  /// Adds the lines that belong to the record because a quote of it is open.
  void add_quoted_lines(std::string& record) {
    for (std::size_t known = 0, quotes = 0;;) {
      const auto added = record.begin() + static_cast<std::ptrdiff_t>(known);
      quotes += static_cast<std::size_t>(std::count(added, record.end(), '"'));
      if (quotes % 2 == 0) return;
      known = record.size();
      record += '\n';
      if (!add_line(record))
        refuse(0, "a quote of this row is not closed", "end the field with \"; within a field write \"\"");
    }
  }

  /// Adds a line of the file to a record; false: there is none.
  bool add_line(std::string& record) {
    std::string line;
    if (!std::getline(in_, line)) return false;
    ++lines_;
    record += line;
    if (record.size() > longest_record) refuse(0, "a row of more than 1 MiB", "is a quote in it not closed?");
    return true;
  }

  [[noreturn]] void refuse(std::size_t column, const std::string& what, const std::string& hint = {}) const {
    throw RequestError(Location{path_.string(), number_, static_cast<int>(column) + 1}, what, hint);
  }

  fs::path path_;
  std::ifstream in_;
  int lines_ = 0;   ///< read so far
  int number_ = 0;  ///< of the line where the row begins
  std::vector<std::string> head_;
};

/// "validation.acc" of "val_acc"; nothing where no split is before it.
std::string split_name(const std::string& column) {
  constexpr std::pair<std::string_view, std::string_view> splits[] = {
      {"train_", "train."}, {"val_", "validation."}, {"valid_", "validation."}, {"test_", "test."}};
  for (const auto& [theirs, ours] : splits) {
    if (column.size() > theirs.size() && column.starts_with(theirs))
      return std::string(ours) + column.substr(theirs.size());
  }
  return {};
}

/// What a training loop logs by itself: Lightning's CSVLogger has rows of an epoch and of a step within it, Keras'
/// CSVLogger has a metric of the training images beside the same of validation ("acc", "val_acc").
class Logger {
 public:
  explicit Logger(const std::vector<std::string>& head) : head_(head) {
    const bool by_epoch = has("epoch");
    const auto step = std::find(head.begin(), head.end(), "step");
    if (by_epoch && step != head.end()) step_ = static_cast<std::size_t>(step - head.begin());
    is_logger_ = by_epoch && (step_ || std::any_of(head.begin(), head.end(), [&](const std::string& column) {
                                return has("val_" + column);
                              }));
  }

  explicit operator bool() const { return is_logger_; }
  std::optional<std::size_t> step() const { return step_; }  ///< within an epoch

  /// Our name of a metric; empty: the column is none.
  std::string metric(const std::string& column) const {
    if (!is_logger_) return {};
    return has("val_" + column) ? "train." + column : split_name(column);
  }

 private:
  bool has(const std::string& column) const {
    return std::find(head_.begin(), head_.end(), column) != head_.end();
  }

  const std::vector<std::string>& head_;
  bool is_logger_ = false;
  std::optional<std::size_t> step_;
};

std::size_t step_column(const std::vector<std::string>& head) {
  for (const char* name : {"epoch", "step"}) {
    const auto found = std::find(head.begin(), head.end(), name);
    if (found != head.end()) return static_cast<std::size_t>(found - head.begin());
  }
  return head.size();
}

/// Runs in the order of their first rows.
class Runs {
 public:
  /// Adds a row to the first run with these parameters that has none of its values yet: what comes again is another
  /// run's.
  /// `within` is the row's place in its step, where it has one; a run of a `file` of its own has no rows of another.
  void add(const std::map<std::string, std::string>& params, const std::vector<ForeignPoint>& points,
           const fs::path& file, bool is_of_file, double within) {
    auto& places = places_[{params, is_of_file ? file : fs::path()}];
    const auto has_none = [&](std::size_t place) {
      return std::none_of(points.begin(), points.end(), [&](const ForeignPoint& point) {
        return known_[place].contains({point.step, within, point.metric});
      });
    };
    auto place = std::find_if(places.begin(), places.end(), has_none);
    if (place == places.end()) {
      place = places.insert(places.end(), runs_.size());
      known_.emplace_back();
      ForeignRun& run = runs_.emplace_back();
      run.name = fmt::format("run {} of {}", runs_.size(), file.string());
      if (is_of_file) run.folder = file.parent_path().parent_path().generic_string();
      run.params = params;
    }
    for (const ForeignPoint& point : points) known_[*place].insert({point.step, within, point.metric});
    auto& all = runs_[*place].points;
    all.insert(all.end(), points.begin(), points.end());
  }

  std::vector<ForeignRun> take() { return std::move(runs_); }

 private:
  std::vector<ForeignRun> runs_;
  std::vector<std::set<std::tuple<int, double, std::string>>> known_;  ///< steps, places within them, metrics
  std::map<std::pair<std::map<std::string, std::string>, fs::path>, std::vector<std::size_t>> places_;
};

}  // namespace

std::vector<ForeignRun> read_csv_runs(const std::vector<fs::path>& files, const CsvWords& words) {
  Runs runs;
  for (const fs::path& path : files) {
    Table table(path);
    const std::vector<std::string>& head = table.head();
    const std::size_t step = step_column(head);
    const Logger logger(head);
    std::map<std::string, std::string> of_file;
    if (logger) {
      of_file = words.settings_of(path);
      add_named_params(path.parent_path().generic_string(), of_file);
    }
    std::vector<std::string> metrics;
    for (const std::string& column : head)
      metrics.push_back(words.is_metric(column) ? column : logger.metric(column));
    table.refuse_twice(head);
    table.refuse_twice(metrics);
    for (std::vector<std::string> fields; table.next(fields);) {
      std::map<std::string, std::string> params = of_file;
      std::vector<ForeignPoint> points;
      const int at =
          step < head.size() ? static_cast<int>(std::clamp(table.number(fields, step), 0.0, 1e9)) : 1;
      for (std::size_t column = 0; column < head.size(); ++column) {
        if (column == step || column == logger.step()) continue;
        if (metrics[column].empty()) {
          params[head[column]] = fields[column];
        } else if (!fields[column].empty()) {
          points.push_back({at, metrics[column], table.number(fields, column)});
        }
      }
      const double within = logger.step() ? table.number(fields, *logger.step()) : 0.0;
      runs.add(params, points, path, static_cast<bool>(logger), within);
    }
  }
  return runs.take();
}

}  // namespace ablate
