#pragma once
/// A question about the runs, and the SQL that answers it. No database is needed here, and none is known.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ask/names.hpp"
#include "base/value.hpp"

namespace ablate::ask {

/// What `ablate runs` is asked, as it was typed. The language is in framework/ask/README.md.
struct Question {
  std::optional<std::int64_t> study_id;  ///< only this study's runs
  std::string where;                     ///< a condition; empty: all runs
  std::string columns;                   ///< names and functions between commas
  std::string sort;                      ///< keys between commas; empty: as planned
  bool newest_first = false;  ///< without `sort`: runs under way, then the newest that ended, then the others
  Vocabulary vocabulary = {};
  bool all = false;  ///< archived runs too; `where` may ask for them itself
  /// At most so many rows; 0: all. Without `sort`, runs under way and ended ones are kept before those still to come,
  /// and of these the ones planned last.
  std::int64_t limit = 0;
};

struct AskedColumn {
  std::string name;  ///< as it was asked for
  ValueKind kind = ValueKind::number;
  int decimals = -1;             ///< of a number, for people; -1: all
  std::optional<Name> own = {};  ///< a metric outside the suite, at the selected epoch
};

/// One statement, and its values: the first is ?1.
struct Statement {
  std::string sql;
  std::vector<Value> values;
};

/// The rows of an answer come in the order of `columns`. A truth is 1 or 0.
struct Asked {
  Statement rows;
  Statement count;  ///< of the rows without a limit: one number
  std::vector<AskedColumn> columns;
};

/// One row per run: those for which `where` is true, as in SQL: what compares with NULL is neither true nor
/// false. Throws RequestError with the place of what is wrong.
Asked ask_runs(const Question& question);

/// How many runs the answer leaves out because they are archived: one number.
Statement count_archived(const Question& question);

/// One row per group of runs that are equal in `by` (names between commas; `variant` brings its study along). A
/// row holds the values of `keys`; how many runs; for each of `values`, which must be numbers, how many runs
/// have one, their mean and the sum of squared deviations from it; how many of the runs are not done or are
/// obsolete; how many variants they are of; the first run's id. Columns that are keys are left out of `values`. Sorted by keys, means and
/// `runs`.
struct AskedGroups {
  Statement rows;
  Statement count;
  std::vector<AskedColumn> keys, values;
};
AskedGroups ask_groups(const Question& question, const std::string& by);

}  // namespace ablate::ask
