#include <algorithm>
#include <filesystem>
#include <istream>
#include <iterator>
#include <optional>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"
#include "store/named_queries.hpp"
#include "store/query.hpp"
#include "text/table_writer.hpp"

namespace ablate {
namespace {

struct Asked {
  std::string words, file;              ///< SQL, a name or "-"; or the file that holds the SQL
  std::vector<std::string> parameters;  ///< "name=value"
  std::string database, format = "table";
  std::int64_t limit = 0;
  double seconds = QueryLimits{}.seconds;
  bool list = false, show = false;
};

std::vector<std::string> query_names() {
  std::vector<std::string> names;
  for (const NamedQuery& query : named_queries()) names.push_back(query.name);
  return names;
}

void declare_options(Options& options, Asked& asked) {
  options
      .positional("SQL", asked.words, false,
                  "one reading statement, or the name of a query; - reads SQL from standard input")
      .offers(query_names());
  options.flag(
      "list", asked.list,
      "list the named queries: what each answers, its parameters (those with a value may be left out)");
  options.flag("sql", asked.show,
               "print the SQL instead of running it: to read or to change what a name stands for");
  options.text("file", "FILE", asked.file, "take the SQL from this file");
  options.texts("param", "NAME=VALUE", asked.parameters,
                "the value of :NAME in the SQL: a number where it reads as one, else text ('12' in single "
                "quotes is text); may be repeated");
  options.count("limit", "N", asked.limit, 0, "at most this many rows; default: all");
  options.number("timeout", "SECONDS", asked.seconds, 0,
                 "stop the query after so many seconds; 0: never; default: 60");
  add_database_option(options, asked.database);
  add_format_option(options, asked.format);
}

/// ":study, :top=10": without a value where one must be given.
std::string parameters_text(const NamedQuery& query) {
  std::string text;
  for (const NamedQueryParameter& parameter : query.parameters) {
    text += fmt::format("{}:{}", text.empty() ? "" : ", ", parameter.name);
    if (parameter.has_default) text += '=' + to_string(parameter.usual);
  }
  return text;
}

void list(Console& console, Format format) {
  Table table{{{"name"}, {"answers"}, {"parameters"}}, {}};
  for (const NamedQuery& query : named_queries()) {
    table.rows.push_back({query.name, query.answers, parameters_text(query)});
  }
  print_table(console, table, format, {.cuts_texts = false});
}

QueryParameters given_parameters(const Asked& asked) {
  QueryParameters parameters;
  for (const std::string& text : asked.parameters) {
    const std::size_t equals = text.find('=');
    const std::size_t colon = text.starts_with(':') ? 1 : 0;
    if (equals == std::string::npos || equals == colon) {
      throw RequestError(fmt::format("--param '{}' is no NAME=VALUE", text), "--param study=quickstart");
    }
    const std::string name = text.substr(colon, equals - colon);
    if (!parameters.try_emplace(name, parameter_value(text.substr(equals + 1))).second) {
      throw RequestError(fmt::format("--param {} is given twice", name), "give it once");
    }
  }
  return parameters;
}

/// Refuses a study that no study is like: a named query would give no rows and no reason.
void check_study(const NamedQuery& query, const QueryParameters& parameters, const std::string& database) {
  const auto given = parameters.find("study");
  const bool takes_study =
      std::any_of(query.parameters.begin(), query.parameters.end(),
                  [](const NamedQueryParameter& parameter) { return parameter.name == "study"; });
  if (given == parameters.end() || !takes_study) return;
  std::vector<std::string> names;
  bool is_known = false;
  run_query(database_path(database), "SELECT name, name LIKE :study FROM study", {},
            {{},
             [&](const std::vector<Value>& row) {
               names.push_back(to_string(row[0]));
               is_known = is_known || row[1] == Value(std::int64_t{1});
             }},
            {*given});
  if (is_known) return;
  const std::string name = to_string(given->second);
  throw RequestError(fmt::format("there is no study '{}'", name), suggestion(name, names));
}

/// The whole of a stream that may have no end.
std::string read_at_most(std::istream& in, std::size_t longest) {
  std::string text(longest + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() <= longest) return text;
  throw RequestError(fmt::format("query: standard input holds more than {} bytes", longest),
                     "shorten the SQL: data belong in the database");
}

/// Data in a format for files are exact; a table is for eyes.
std::ostream& stream_of(Console& console, Format format) {
  return format == Format::csv || format == Format::json ? console.exact() : console.out;
}

/// Where the rows of a query go, as they come. On a terminal a table that is not too long to wait for is
/// fitted to it.
class QueryRows {
 public:
  QueryRows(Console& console, Format format)
      : console_(console), format_(format), waits_(format == Format::table && console.terminal.width > 0) {}

  void begin(const std::vector<std::string>& names) {
    for (const std::string& name : names) held_.columns.push_back({name});
    if (!waits_) write_held();
  }
  void add(const std::vector<Value>& row) {
    is_empty_ = false;
    if (writer_) return writer_->row(row);
    held_.rows.push_back(row);
    if (held_.rows.size() > most_held) write_held();
  }
  bool is_empty() const { return is_empty_; }
  void finish() { writer_ ? writer_->finish() : print_table(console_, held_, format_); }

 private:
  static constexpr std::size_t most_held = 1000;

  void write_held() {
    writer_.emplace(stream_of(console_, format_), format_, held_.columns);
    for (const auto& row : held_.rows) writer_->row(row);
    held_.rows.clear();
  }

  Console& console_;
  Format format_;
  bool waits_, is_empty_ = true;
  Table held_;
  std::optional<TableWriter> writer_;
};

/// The text to run; a name's defaults join `parameters`.
std::string sql_of(const Asked& asked, QueryParameters& parameters, Console& console) {
  constexpr std::size_t longest = std::size_t{1} << 20;
  if (!asked.file.empty() && !asked.words.empty()) {
    throw RequestError("query: both SQL and --file", "give one of them");
  }
  const std::string standard_input = "-";
  if (asked.words == standard_input || asked.file == standard_input) return read_at_most(console.in, longest);
  if (!asked.file.empty()) return read_file(asked.file, longest);
  if (asked.words.empty()) {
    throw RequestError("query: SQL is missing",
                       "ablate query 'SELECT * FROM results', or a name of ablate query --list");
  }
  if (!is_query_name(asked.words)) return asked.words;
  const NamedQuery& query = find_named_query(asked.words);
  if (!asked.show) check_study(query, parameters, asked.database);
  for (const NamedQueryParameter& parameter : query.parameters) {
    if (parameter.has_default) parameters.try_emplace(parameter.name, parameter.usual);
  }
  return query.sql;
}

}  // namespace

int query_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  Asked asked;
  Options options(self);
  declare_options(options, asked);
  if (!options.parse(arguments, console)) return exit_done;
  const Format format = parse_format(asked.format);
  if (asked.list) {
    list(console, format);
    return exit_done;
  }
  QueryParameters parameters = given_parameters(asked);
  const std::string sql = sql_of(asked, parameters, console);
  if (asked.show) {
    console.out << sql << (sql.ends_with('\n') ? "" : "\n");
    return exit_done;
  }
  QueryRows rows(console, format);
  const QuerySink sink{[&](const std::vector<std::string>& names) { rows.begin(names); },
                       [&](const std::vector<Value>& row) { rows.add(row); }};
  const QueryLimits limits{
      .rows = static_cast<std::size_t>(asked.limit), .seconds = asked.seconds, .on_stuck = [&] {
        console.leave_stuck(
            fmt::format("the query was stopped after {} s, within one function of SQL", asked.seconds));
      }};
  const bool cut = run_query(database_path(asked.database), sql, limits, sink, parameters);
  rows.finish();
  if (rows.is_empty() && is_query_name(asked.words))
    console.err << fmt::format("no rows; {} answers: {}\n", asked.words,
                               find_named_query(asked.words).answers);
  if (cut) console.err << fmt::format("cut after {} rows by --limit\n", asked.limit);
  return exit_done;
}

}  // namespace ablate
