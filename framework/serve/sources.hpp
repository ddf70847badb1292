#pragma once
/// What the pages are made from.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "report/report.hpp"
#include "store/reader.hpp"
#include "text/table.hpp"

namespace ablate {

struct TitledTable {
  std::string title;
  Table table;
  bool tells_results = false;                  ///< by which a variant would be known from another
  std::vector<std::string> telling_rows = {};  ///< those of which this is said, by their first cells

  bool tells(const std::vector<Value>& row) const {
    return std::find(telling_rows.begin(), telling_rows.end(), to_string(row[0])) != telling_rows.end();
  }
};

struct LiveSources {
  std::filesystem::path database;
  std::filesystem::path program;  ///< ourselves: what is asked in words runs in a process of its own
  bool blind = false;  ///< no difference of a study is shown before it is done, or at a planned look
  /// What a report of the study rests on. Throws RequestError where this program cannot read its file.
  std::function<ReportOptions(const StudyRecord&)> settings;
  std::function<std::vector<TitledTable>(const Reader&, std::int64_t run_id)> run_tables;
  /// The name of the study that it tunes for; empty: it does not tune.
  std::function<std::string(const std::string& study)> tuned_study;
  /// A line on its runs that were sent to other machines; empty: none were.
  std::function<std::string(const std::string& study)> elsewhere = {};
  double elsewhere_seconds = 30.0;  ///< between two looks, which read a shared file system
  int rest_per_cost = 400;  ///< beside a sweep a study's answer takes at most one part in so many of the time
  int look_patience_milliseconds = 5'000;  ///< with others who write, before a look is said to be off record
  double query_seconds = 8.0;              ///< that a question in SQL may take
};

}  // namespace ablate
