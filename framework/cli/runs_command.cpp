#include <algorithm>
#include <cmath>
#include <limits>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ask/lexer.hpp"
#include "ask/parser.hpp"
#include "ask/question.hpp"
#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/compare_contrast.hpp"
#include "cli/fitted_table.hpp"
#include "cli/study_words.hpp"
#include "stats/summary.hpp"
#include "store/reader.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

constexpr std::int64_t rows_for_eyes = 50;
constexpr double confidence = 0.95;
std::int64_t one_number(const Reader& reader, const ask::Statement& statement) {
  std::int64_t number = 0;
  reader.select(statement.sql, statement.values,
                [&](const std::vector<Value>& row) { number = std::get<std::int64_t>(row.front()); });
  return number;
}

/// A truth in words.
Value shown(const Value& value, const ask::AskedColumn& column) {
  const auto* truth = std::get_if<std::int64_t>(&value);
  if (column.kind != ask::ValueKind::truth || !truth) return value;
  return std::string(*truth != 0 ? "yes" : "no");
}

Column column_of(const ask::AskedColumn& asked, const std::string& end = {}) {
  return {asked.name + end, asked.decimals};
}

Table run_table(const Reader& reader, const ask::Asked& asked) {
  Table table;
  for (const ask::AskedColumn& column : asked.columns) table.columns.push_back(column_of(column));
  reader.select(asked.rows.sql, asked.rows.values, [&](const std::vector<Value>& row) {
    auto& cells = table.rows.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(shown(row[i], asked.columns[i]));
  });
  return table;
}

double real(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  const auto* number = std::get_if<double>(&value);
  return number ? *number : undefined;
}

Value or_nothing(double number) { return std::isnan(number) ? Value() : Value(number); }

/// n, mean, standard deviation and interval of what the database summed up.
void add_summary(const Value& n, const Value& mean, const Value& squares, std::vector<Value>& cells) {
  Summary summary{.n = static_cast<std::size_t>(std::get<std::int64_t>(n)), .mean = real(mean)};
  if (summary.n > 1)
    summary.standard_deviation = std::sqrt(real(squares) / static_cast<double>(summary.n - 1));
  const Interval interval = t_interval(summary, confidence);
  cells.push_back(n);
  for (const double number : {summary.mean, summary.standard_deviation, interval.low, interval.high}) {
    cells.push_back(or_nothing(number));
  }
}

/// What weakens the numbers of groups.
struct GroupCaveats {
  std::int64_t unfinished = 0;  ///< runs
  bool mixed = false;           ///< a group holds runs of several variants
};

Table group_table(const Reader& reader, const ask::AskedGroups& asked, GroupCaveats& caveats) {
  constexpr std::size_t sums = 3;  // a value: n, mean, squares
  Table table;
  for (const ask::AskedColumn& key : asked.keys) table.columns.push_back(column_of(key));
  table.columns.push_back({"runs"});
  for (const ask::AskedColumn& value : asked.values) {
    table.columns.push_back({value.name + ".n"});
    for (const char* end : {".mean", ".sd", ".low", ".high"}) table.columns.push_back(column_of(value, end));
  }
  reader.select(asked.rows.sql, asked.rows.values, [&](const std::vector<Value>& row) {
    auto& cells = table.rows.emplace_back();
    std::size_t next = 0;
    for (const ask::AskedColumn& key : asked.keys) cells.push_back(shown(row[next++], key));
    cells.push_back(row[next++]);
    for (std::size_t i = 0; i < asked.values.size(); ++i, next += sums) {
      add_summary(row[next], row[next + 1], row[next + 2], cells);
    }
    caveats.unfinished += std::get<std::int64_t>(row[next]);
    caveats.mixed |= std::get<std::int64_t>(row[next + 1]) > 1;
  });
  return table;
}

/// That archived runs were left out.
void tell_archived(const Reader& reader, const ask::Question& question, Console& console) {
  const std::int64_t hidden = one_number(reader, ask::count_archived(question));
  if (hidden > 0)
    console.err << fmt::format("{} archived run{} left out; --all shows {}\n", hidden,
                               hidden == 1 ? " is" : "s are", hidden == 1 ? "it" : "them");
}

/// Of columns without a value, whose metric has values in epochs that no run selected.
void tell_unselected(const Table& table, const ask::Asked& asked, const ask::Vocabulary& vocabulary,
                     Console& console) {
  for (std::size_t i = 0; i < asked.columns.size() && !table.rows.empty(); ++i) {
    const std::optional<ask::Name>& own = asked.columns[i].own;
    const bool is_empty = std::all_of(
        table.rows.begin(), table.rows.end(),
        [i](const std::vector<Value>& row) { return std::holds_alternative<std::monostate>(row[i]); });
    if (!own || !is_empty || !vocabulary.is_in_epochs(own->full)) continue;
    console.err << fmt::format(
        "note: {} stands in epochs, but in no run's selected one; over all epochs: {}\n",
        escape_terminal(own->full), escape_terminal(ask::over_epochs(*own)));
  }
}

/// What was left out, what the numbers rest on, or why there are none.
void remark(const Reader& reader, const ask::Statement& count, std::size_t shown, bool limited,
            const char* what, Console& console) {
  if (shown == 0) {
    const bool any = one_number(reader, {"SELECT count(*) FROM run", {}}) > 0;
    console.err << (any ? "no run fits\n" : "no runs yet; begin with: ablate run configs/quickstart.yaml\n");
  } else if (limited && shown == static_cast<std::size_t>(rows_for_eyes)) {
    const std::int64_t all = one_number(reader, count);
    if (all > rows_for_eyes)
      console.err << fmt::format("{} of {} {}; --limit 0 gives all\n", shown, all, what);
  }
}

/// A run of these is being trained.
bool is_under_way(const Reader& reader, const std::optional<StudyRecord>& study) {
  const std::string of_study = study ? " AND study_id = ?1" : "";
  std::vector<Value> values;
  if (study) values.emplace_back(study->id);
  return one_number(reader, {"SELECT EXISTS (SELECT 1 FROM run WHERE status = 'running'" + of_study + ")",
                             values}) > 0;
}

/// `--by`: the groups, and what weakens their numbers.
void show_groups(const Reader& reader, const ask::Question& question, const std::string& by, Format chosen,
                 bool limit_is_ours, const Fitting& fitting, Console& console) {
  const ask::AskedGroups asked = ask::ask_groups(question, by);
  GroupCaveats caveats;
  const Table table = group_table(reader, asked, caveats);
  print_table(console, table, chosen, fitting);
  remark(reader, asked.count, table.rows.size(), limit_is_ours, "groups", console);
  tell_archived(reader, question, console);
  if (caveats.mixed) {
    console.err
        << "note: these groups mix variants, and an interval treats all runs of its group as independent; "
           "to compare variants: ablate compare\n";
  }
  if (caveats.unfinished > 0) {
    console.err << fmt::format(
        "{} of these runs {} not done, or obsolete: --where 'status = done and not obsolete'\n",
        caveats.unfinished, caveats.unfinished == 1 ? "is" : "are");
  }
}

/// What was asked for, before the database is known.
struct RunsRequest {
  std::string study, database, format = "table", by, contrast;
  ask::Question question;
};

/// False where the help page was all that was asked for.
bool read_runs_request(const Command& self, const std::vector<std::string>& arguments, Console& console,
                       RunsRequest& request) {
  ask::Question& question = request.question;
  question.limit = std::numeric_limits<std::int64_t>::min();  // not given
  Options options(self);
  options.positional("STUDY", request.study, false, "only this study's runs");
  options.text("where", "CONDITION", question.where,
               "only matching runs: \"skip = none and best(validation.f1) > 0.8\"; names, functions and "
               "examples: ablate help where");
  options.text("by", "NAME,...", request.by,
               "one row per group of runs that share these (`variant`, factors, settings): n, mean, "
               "standard deviation and Student's 95% interval of each column");
  options.text(
      "contrast", "FACTOR", request.contrast,
      "the pairs of runs behind a factor's effect instead: same seed, all else equal; `ablate compare "
      "FACTOR` judges them");
  options.text("sort", "KEY,...", question.sort,
               "names or functions: metrics best first, others ascending; -KEY and `KEY desc` mean "
               "descending; default: as planned, but during a sweep running ones first, then the newest");
  options.text("columns", "NAME,...", question.columns, "which names or functions, in which order");
  options.count(
      "limit", "N", question.limit, 0,
      "at most this many rows, 0: all; without --sort the latest are kept, planned ones only where there is room; "
      "default: 50 of a table, else all");
  options.flag("all", question.all, "archived runs too, and those of archived studies");
  add_database_option(options, request.database);
  add_format_option(options, request.format);
  return options.parse(arguments, console);
}

/// What the runs are sorted by and no column shows yet, each behind a comma.
std::string sorted_by(const std::string& sort, const std::string& columns) {
  const auto written = [](const std::string& text, const ask::Operand& operand) {
    return text.substr(operand.at, operand.end - operand.at);
  };
  std::string all = columns;
  if (sort.empty()) return all.substr(columns.size());
  for (const ask::SortKey& key : ask::parse_sort(sort)) {
    const std::string name = written(sort, key.operand);
    const std::vector<ask::Operand> shown = ask::parse_columns(all);
    const bool is_shown = std::any_of(shown.begin(), shown.end(), [&](const ask::Operand& column) {
      const std::string other = written(all, column);
      return other == name || other.ends_with('.' + name);
    });
    if (!is_shown) all += ',' + name;
  }
  return all.substr(columns.size());
}

/// The columns that are shown where none are named: on a terminal a study's factors in place of its variants' names,
/// for which it has no room.
std::string usual_columns(const Reader& reader, const std::optional<StudyRecord>& study,
                          const RunsRequest& request, bool on_terminal) {
  std::vector<std::string> metrics = usual_metrics(reader, study);
  for (std::string& name : metrics) name = ask::written_name(name);
  const std::string numbers = fmt::format("{}", fmt::join(metrics, ","));
  if (!request.by.empty()) return numbers;
  const std::string columns = fmt::format(
      "run,study,{},seed,status,epochs,selected,{}",
      study && on_terminal ? factor_columns(reader, *study, request.question.vocabulary) : "variant",
      numbers);
  return columns + sorted_by(request.question.sort, columns) + ",leaked";
}

/// `--contrast`: the pairs of runs that a factor's effect is made of.
void show_pairs(const Reader& reader, const RunsRequest& request, Format chosen, Console& console) {
  const ask::Question& question = request.question;
  if (!request.by.empty() || !question.where.empty() || !question.sort.empty() || !question.columns.empty())
    throw RequestError(
        "runs: --contrast shows pairs of runs, and takes no --where, --by, --sort or --columns");
  const Comparison comparison = ask_contrast(reader, {request.study, request.contrast, {}, {}, {}, {}, {}});
  Table pairs = contrast_pairs_table(comparison);
  for (std::size_t c = pairs.columns.size() - 3; chosen == Format::table && c < pairs.columns.size(); ++c)
    pairs.columns[c].decimals = 4;
  print_table(console, pairs, chosen, {.drops_constants = true});
  record_comparison(comparison, database_path(request.database), console);
}

}  // namespace

int runs_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  RunsRequest request;
  if (!read_runs_request(self, arguments, console, request)) return exit_done;
  ask::Question& question = request.question;
  const Format chosen = parse_format(request.format);
  const bool limit_is_ours = question.limit < 0 && chosen == Format::table;
  if (question.limit < 0) question.limit = limit_is_ours ? rows_for_eyes : 0;

  const Reader reader = Reader::snapshot(database_path(request.database));
  if (!request.contrast.empty()) {
    show_pairs(reader, request, chosen, console);
    return exit_done;
  }
  std::optional<StudyRecord> only;
  if (!request.study.empty()) only = reader.study(request.study);
  if (only) question.study_id = only->id;
  question.vocabulary = vocabulary_of(reader, only);
  question.newest_first = chosen == Format::table && is_under_way(reader, only);
  const Fitting fitting{.drops_constants = question.columns.empty()};
  if (question.columns.empty()) {
    const bool on_terminal = chosen == Format::table && console.terminal.width > 0;
    question.columns = usual_columns(reader, only, request, on_terminal);
  }
  if (!request.by.empty()) {
    show_groups(reader, question, request.by, chosen, limit_is_ours, fitting, console);
    return exit_done;
  }
  const ask::Asked asked = ask::ask_runs(question);
  const Table table = run_table(reader, asked);
  print_table(console, table, chosen, fitting);
  tell_unselected(table, asked, question.vocabulary, console);
  remark(reader, asked.count, table.rows.size(), limit_is_ours, "runs", console);
  tell_archived(reader, question, console);
  return exit_done;
}

}  // namespace ablate
