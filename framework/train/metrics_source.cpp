#include "train/metrics_source.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <glob.h>

#include "base/csv_line.hpp"
#include "base/error.hpp"
#include "base/text_value.hpp"
#include "config/line_pattern.hpp"
#include "train/epoch_writer.hpp"
#include "train/event_source.hpp"
#include "train/metrics_file.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// A number as programs print it, with a sign, a percent sign or punctuation behind it; nothing: it is none.
std::optional<double> number_in(std::string_view text) {
  while (!text.empty() && (text.back() == ',' || text.back() == ';' || text.back() == '%' ||
                           text.back() == ')' || text.back() == '\r' || text.back() == ' '))
    text.remove_suffix(1);
  while (!text.empty() && (text.front() == '+' || text.front() == ' ')) text.remove_prefix(1);
  return number_of<double>(text);
}

/// NaN for the words that say that there is none, as other programs write them.
std::optional<double> value_in(const std::string& text) {
  for (const std::string_view word : {"", "-", "null", "None", "NA", "N/A"}) {
    if (text == word) return std::numeric_limits<double>::quiet_NaN();
  }
  return number_in(text);
}

/// At most 200 bytes of it, with control characters (as of a colour) that can be seen.
std::string visible(std::string_view text) {
  std::string seen;
  for (const char c : text.substr(0, 200)) {
    const auto byte = static_cast<unsigned char>(c);
    seen += byte < 0x20 || byte == 0x7F ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return seen;
}

/// Lines of stdout that a pattern matches, an epoch each. A carriage return ends a line too, of a progress bar: of these
/// the last counts, once the next epoch begins or a whole line says it again.
class StdoutSource : public MetricsSource {
 public:
  StdoutSource(const std::string& pattern, EpochWriter writer)
      : pattern_(pattern), writer_(std::move(writer)) {}

  void heard(std::string_view bytes) override {
    for (const char c : bytes) {
      if (c == '\n' || c == '\r') {
        take(c == '\n');
      } else if (line_.size() <= pattern_.longest()) {
        line_ += c;
      }
    }
  }
  void look(bool is_over) override {
    if (is_over) take(true), flush();
    if (!fault_.empty()) throw BadLine(fault_, hint_);
  }
  std::string note() const override {
    if (too_long_ == 0) return {};
    return fmt::format(
        "{} of its stdout {} longer than {} KiB, and {} not matched with trainer.metrics_from.stdout",
        too_long_ == 1 ? "a line" : fmt::format("{} lines", too_long_), too_long_ == 1 ? "was" : "were",
        pattern_.longest() >> 10, too_long_ == 1 ? "was" : "were");
  }

 private:
  void take(bool is_whole) {
    const std::string line = std::exchange(line_, {});
    too_long_ += line.size() > pattern_.longest();
    const auto found = pattern_.find(line);
    if (!fault_.empty()) return;
    if (!found) {
      if (is_whole && line.empty() && !names_epoch_) flush();  // the bar is through
      return;
    }
    std::optional<int> epoch;
    EpochWriter::Values values;
    for (const auto& [name, text] : *found) {
      const auto value = value_in(text);
      if (!value) return refuse_number(line, name, text);
      if (name == "epoch") {
        if (!std::isnan(*value)) epoch = static_cast<int>(std::clamp(*value, 0.0, 1e9));
      } else {
        values.emplace_back(name, *value);
      }
    }
    names_epoch_ = epoch.has_value();
    const int now = epoch.value_or(bar_epoch_.value_or(last_ + 1));
    if (bar_epoch_ && *bar_epoch_ != now) flush();
    bar_epoch_ = now;
    bar_ = std::move(values);
    if (is_whole) flush();
  }

  void refuse_number(const std::string& line, const std::string& name, const std::string& text) {
    fault_ = fmt::format("stdout: '{}': {} is no number: '{}'", visible(line), name, visible(text));
    hint_ =
        "a group of trainer.metrics_from.stdout that holds the number alone: a decimal point, no unit, no colour";
  }

  /// Writes what is known of an epoch. Throws nothing: a second line with other numbers is a fault of the pattern.
  void flush() {
    if (!bar_epoch_ || !fault_.empty()) return;
    if (*bar_epoch_ != written_epoch_) written_.clear();
    for (const auto& [name, value] : bar_) {
      const auto same = [&name = name](const auto& other) { return other.first == name; };
      const auto before = std::find_if(written_.begin(), written_.end(), same);
      if (before == written_.end() || before->second == value || std::isnan(value)) continue;
      fault_ = fmt::format("stdout: several lines are of epoch {}: {} was {} and is {}", *bar_epoch_, name,
                           before->second, value);
      hint_ = "a pattern in trainer.metrics_from.stdout that matches one line of an epoch alone, its last";
      return;
    }
    last_ = written_epoch_ = *bar_epoch_;
    written_.insert(written_.end(), bar_.begin(), bar_.end());
    writer_.write(last_, bar_);
    bar_epoch_.reset();
  }

  LinePattern pattern_;
  EpochWriter writer_;
  std::string line_;
  std::string fault_, hint_;      ///< of the first line that cannot be taken
  std::size_t too_long_ = 0;      ///< lines
  std::optional<int> bar_epoch_;  ///< of what waits
  EpochWriter::Values bar_;       ///< its values
  bool names_epoch_ = true;       ///< the pattern tells which epoch a line is of
  int last_ = 0, written_epoch_ = -1;
  EpochWriter::Values written_;  ///< of the last epoch, by this attempt
};

/// A path as glob(3) takes it literally.
std::string literal(const fs::path& path) {
  std::string text;
  for (const char c : path.string()) {
    if (c == '*' || c == '?' || c == '[' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

/// Files of CSV that grow, a row or more an epoch. One whose header changed was rewritten with another column, as
/// Lightning does: it is read again from its begin.
class CsvSource : public MetricsSource {
 public:
  CsvSource(std::string pattern, int last_epoch, EpochWriter writer)
      : pattern_(std::move(pattern)),
        last_epoch_(last_epoch > 0 ? last_epoch : -1),
        writer_(std::move(writer)),
        written_(last_epoch_),
        line_(LineLimits::bytes) {
    for_each_file([&](const std::string& path) {
      std::error_code error;
      files_[path].old = static_cast<std::streamoff>(fs::file_size(path, error));
    });
  }

  void look(bool is_over) override {
    for_each_file([&](const std::string& path) { read(path, is_over); });
    if (is_over) flush();
  }
  void look_after_limit() override {
    look(false);
    flush();
  }

 private:
  struct File {
    std::streamoff read = 0, old = 0;  ///< bytes; those that an earlier attempt wrote
    std::string header;
    std::vector<std::string> head;  ///< its columns
    std::size_t epoch = 0;          ///< that of the epoch
    bool again = false;             ///< it is read again, up to what is not written yet
  };

  template <class Visit>
  void for_each_file(const Visit& visit) const {
    glob_t found{};
    std::vector<std::string> paths;  // a visit may throw
    if (::glob(pattern_.c_str(), 0, nullptr, &found) == 0)
      paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    ::globfree(&found);
    for (const std::string& path : paths) visit(path);
  }

  void read(const std::string& path, bool is_over) {
    File& file = files_[path];
    std::ifstream in(path, std::ios::binary);
    std::string line;
    if (!next_line(path, in, line, is_over)) return;
    if (line != file.header) take_head(path, file, line);
    for (in.seekg(file.read); next_line(path, in, line, is_over);) {
      const bool is_old = file.read < file.old;
      file.read += static_cast<std::streamoff>(line.size()) + 1;
      take(file, csv_fields(line), is_old);
    }
  }

  /// False at the end, and of a line without a line feed, which waits for it until all is over.
  bool next_line(const std::string& path, std::ifstream& in, std::string& line, bool is_over) {
    in.getline(line_.data(), static_cast<std::streamsize>(line_.size()));
    if (in.eof() && is_over && in.gcount() > 0) {
      line.assign(line_.data(), static_cast<std::size_t>(in.gcount()));
      return true;
    }
    if (in.eof() || in.bad()) return false;
    if (in.fail()) throw BadLine(fmt::format("{} has a line of more than {} MiB", path, line_.size() >> 20));
    line.assign(line_.data(), static_cast<std::size_t>(in.gcount()) - 1);
    return true;
  }

  static void take_head(const std::string& path, File& file, const std::string& line) {
    file.again = !file.header.empty();
    file.header = line;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    file.head = csv_fields(line.starts_with(byte_order_mark) ? std::string_view(line).substr(3) : line);
    file.read = static_cast<std::streamoff>(line.size()) + 1;
    for (const char* name : {"epoch", "step"}) {
      const auto column = std::find(file.head.begin(), file.head.end(), name);
      if (column == file.head.end()) continue;
      file.epoch = static_cast<std::size_t>(column - file.head.begin());
      return;
    }
    throw BadLine(fmt::format("{} has no column epoch, and none called step", path),
                  "trainer.metrics_from.csv reads a header, and a row or more for each epoch");
  }

  void take(File& file, const std::vector<std::string>& fields, bool is_old) {
    const auto epoch = file.epoch < fields.size() ? number_in(fields[file.epoch]) : std::nullopt;
    if (!epoch) return;
    const int now = static_cast<int>(std::clamp(*epoch, 0.0, 1e9));
    if ((is_old && now <= last_epoch_) || (file.again && now <= written_)) return;
    file.again = false;
    if (!values_.empty() && now != epoch_) flush();
    epoch_ = now;
    for (std::size_t i = 0; i < std::min(fields.size(), file.head.size()); ++i) {
      const auto value = i == file.epoch || file.head[i] == "step" ? std::nullopt : number_in(fields[i]);
      if (value) put_value(values_, file.head[i], *value);
    }
  }

  void flush() {
    if (!values_.empty()) writer_.write(written_ = epoch_, values_);
    values_.clear();
  }

  std::string pattern_;
  int last_epoch_;  ///< of earlier attempts; below 0: none, or one that was counted as 0, which may come again
  EpochWriter writer_;
  std::map<std::string, File> files_;
  int epoch_ = 0;
  EpochWriter::Values values_;  ///< of the epoch that is not whole yet
  int written_;                 ///< the epoch before it
  std::vector<char> line_;      ///< room for one
};

}  // namespace

std::unique_ptr<MetricsSource> make_metrics_source(const TrainerMetricsFrom& from, const fs::path& folder,
                                                   const fs::path& metrics, int last_epoch) {
  EpochWriter writer(metrics, from.names);
  if (!from.stdout_line.empty()) return std::make_unique<StdoutSource>(from.stdout_line, std::move(writer));
  if (!from.tensorboard.empty())
    return make_event_source(folder / from.tensorboard, from.steps_per_epoch, last_epoch, std::move(writer));
  return std::make_unique<CsvSource>(literal(folder) + '/' + from.csv, last_epoch, std::move(writer));
}

}  // namespace ablate
