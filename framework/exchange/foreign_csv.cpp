#include <algorithm>
#include <fstream>
#include <set>

#include <fmt/format.h>

#include "base/csv_line.hpp"
#include "base/error.hpp"
#include "base/text_value.hpp"
#include "exchange/foreign_runs.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_line = 1u << 20;

/// One file, row by row.
class Table {
 public:
  explicit Table(const fs::path& path) : path_(path), in_(path, std::ios::binary) {
    if (!in_) throw RequestError(fmt::format("cannot read {}", path.string()));
    if (!next(head_))
      throw RequestError(fmt::format("{} is empty", path.string()), "a header, then one row per run");
    const std::size_t other = head_.front().find_first_of(";\t");
    if (head_.size() == 1 && other != std::string::npos)
      throw RequestError(
          Location{path.string(), 1, static_cast<int>(other) + 1},
          fmt::format("its fields are separated by {}", head_.front()[other] == ';' ? "';'" : "tabs"),
          "separate them by commas, with points in numbers; most programs can save CSV so");
  }

  bool next(std::vector<std::string>& fields) {
    std::string line;
    do {
      if (!std::getline(in_, line)) return false;
      ++number_;
      if (line.size() > longest_line) refuse(0, "a line of more than 1 MiB");
    } while (line.empty() || line == "\r");
    if (number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    fields = csv_fields(line);
    if (!head_.empty() && fields.size() != head_.size())
      refuse(0, fmt::format("found {} fields, the header has {}", fields.size(), head_.size()));
    return true;
  }

  double number(const std::vector<std::string>& fields, std::size_t column) const {
    const std::string& text = fields[column];
    const auto value = number_of<double>(text);
    if (!value) refuse(column, fmt::format("{}: found '{}', expected a number", head_[column], text));
    return *value;
  }

  const std::vector<std::string>& head() const { return head_; }

 private:
  [[noreturn]] void refuse(std::size_t column, const std::string& what) const {
    throw RequestError(Location{path_.string(), number_, static_cast<int>(column) + 1}, what);
  }

  fs::path path_;
  std::ifstream in_;
  int number_ = 0;
  std::vector<std::string> head_;
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
  void add(const std::map<std::string, std::string>& params, const std::vector<ForeignPoint>& points,
           const fs::path& file) {
    auto& places = places_[params];
    const auto has_none = [&](std::size_t place) {
      return std::none_of(points.begin(), points.end(), [&](const ForeignPoint& point) {
        return known_[place].contains({point.step, point.metric});
      });
    };
    auto place = std::find_if(places.begin(), places.end(), has_none);
    if (place == places.end()) {
      place = places.insert(places.end(), runs_.size());
      known_.emplace_back();
      ForeignRun& run = runs_.emplace_back();
      run.name = fmt::format("run {} of {}", runs_.size(), file.string());
      run.params = params;
    }
    for (const ForeignPoint& point : points) known_[*place].insert({point.step, point.metric});
    auto& all = runs_[*place].points;
    all.insert(all.end(), points.begin(), points.end());
  }

  std::vector<ForeignRun> take() { return std::move(runs_); }

 private:
  std::vector<ForeignRun> runs_;
  std::vector<std::set<std::pair<int, std::string>>> known_;  ///< steps and metrics
  std::map<std::map<std::string, std::string>, std::vector<std::size_t>> places_;
};

}  // namespace

std::vector<ForeignRun> read_csv_runs(const std::vector<fs::path>& files,
                                      const std::function<bool(const std::string&)>& is_metric) {
  Runs runs;
  for (const fs::path& path : files) {
    Table table(path);
    const std::vector<std::string>& head = table.head();
    const std::size_t step = step_column(head);
    for (std::vector<std::string> fields; table.next(fields);) {
      std::map<std::string, std::string> params;
      std::vector<ForeignPoint> points;
      const int at =
          step < head.size() ? static_cast<int>(std::clamp(table.number(fields, step), 0.0, 1e9)) : 1;
      for (std::size_t column = 0; column < head.size(); ++column) {
        if (column == step) continue;
        if (!is_metric(head[column])) {
          params[head[column]] = fields[column];
        } else if (!fields[column].empty()) {
          points.push_back({at, head[column], table.number(fields, column)});
        }
      }
      runs.add(params, points, path);
    }
  }
  return runs.take();
}

}  // namespace ablate
