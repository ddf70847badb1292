#include "store/named_queries.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "metrics/metric_table.hpp"
#include "store/query.hpp"
#include "store/sql_files.hpp"

namespace ablate {
namespace {

/// Of ":name = default  meaning" or ":name  meaning".
NamedQueryParameter parameter_of(const std::string& line) {
  const std::size_t gap = line.find("  ");
  if (gap == std::string::npos) throw std::logic_error("a parameter without a meaning: " + line);
  NamedQueryParameter parameter;
  parameter.meaning = line.substr(gap + 2);
  const std::string head = line.substr(1, gap - 1);
  const std::size_t equals = head.find(" = ");
  parameter.name = head.substr(0, equals);
  parameter.has_default = equals != std::string::npos;
  if (parameter.has_default) parameter.usual = parameter_value(head.substr(equals + 3));
  return parameter;
}

/// "CASE name WHEN 'accuracy' THEN test.accuracy ... END".
std::string of_suite(const std::string& table) {
  std::string text = "CASE name";
  for (const Metric& metric : metric_table())
    text += fmt::format(" WHEN '{0}' THEN {1}.{0}", metric.name, table);
  return text + " END";
}

/// Which way the suite's metrics go: those of which less is better.
std::string names_of_down() {
  std::string text;
  for (const Metric& metric : metric_table()) {
    if (metric.better == Better::down) text += fmt::format("{}'{}'", text.empty() ? "" : ", ", metric.name);
  }
  return text;
}

/// The finished runs of studies like :study, each with its value of the study's primary metric, of the suite or not, and the
/// one that may choose among runs; `sign` is -1 where less is better.
std::string judged_text() {
  return fmt::format(R"(WITH own AS MATERIALIZED (
  SELECT id, study, metric, substr(metric, 1, instr(metric, '.') - 1) AS split,
    substr(metric, instr(metric, '.') + 1) AS name
  FROM (SELECT id, name AS study, iif(instr(config, mark) = 0, 'test.accuracy', trim(substr(
      config, instr(config, mark) + length(mark), instr(substr(config, instr(config, mark) + length(mark)), char(10)) - 1), '"'))
      AS metric
    FROM study, (SELECT char(10) || 'report:' || char(10) || '  primary: ' AS mark)
    WHERE study.name LIKE :study AND NOT archived)
), judged AS (
  SELECT run.id AS run_id, run.study_id, study, run.variant_id, run.seed, own.metric,
    iif(name IN ({down}) OR setting.value = 'down', -1, 1) AS sign,
    coalesce(free.value, {value}) AS value,
    coalesce(free_chosen.value, {chosen}, free.value, {value}) AS chosen_by
  FROM own JOIN run ON run.study_id = own.id AND run.status = 'done' AND NOT run.obsolete AND NOT run.archived
  LEFT JOIN setting ON setting.variant_id = run.variant_id AND setting.key = 'trainer.metrics.' || own.metric
  LEFT JOIN run_metric AS suite ON suite.run_id = run.id AND suite.split = own.split
  LEFT JOIN run_metric AS chosen ON chosen.run_id = run.id AND chosen.split = 'validation'
  LEFT JOIN run_value AS free ON free.run_id = run.id AND free.split = own.split AND free.metric = name
  LEFT JOIN run_value AS free_chosen
    ON free_chosen.run_id = run.id AND free_chosen.split = 'validation' AND free_chosen.metric = name
))",
                     fmt::arg("down", names_of_down()), fmt::arg("value", of_suite("suite")),
                     fmt::arg("chosen", of_suite("chosen")));
}

/// A query's text, in which a line "@judged" is what several begin with.
std::string sql_of(std::string text) {
  constexpr std::string_view judged = "@judged";
  const std::size_t at = text.find(judged);
  return at == std::string::npos ? text : text.replace(at, judged.size(), judged_text());
}

NamedQuery parse(const EmbeddedFile& file) {
  NamedQuery query{std::string(stem_of(file)), {}, {}, sql_of(std::string(file.text))};
  std::istringstream lines(query.sql);
  for (std::string line; std::getline(lines, line) && line.starts_with("-- ");) {
    const std::string text = line.substr(3);
    if (text.starts_with(':')) {
      query.parameters.push_back(parameter_of(text));
    } else {
      query.answers += (query.answers.empty() ? "" : " ") + text;
    }
  }
  if (query.answers.empty()) throw std::logic_error("a named query without a comment: " + query.name);
  return query;
}

bool continues_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

}  // namespace

const std::vector<NamedQuery>& named_queries() {
  static const std::vector<NamedQuery> all = [] {
    std::vector<NamedQuery> queries;
    for (const EmbeddedFile& file : query_files()) queries.push_back(parse(file));
    return queries;
  }();
  return all;
}

bool is_query_name(const std::string& text) {
  return !text.empty() && text != "-" && std::all_of(text.begin(), text.end(), continues_word);
}

const NamedQuery& find_named_query(const std::string& name) {
  std::vector<std::string> names;
  for (const NamedQuery& query : named_queries()) {
    if (query.name == name) return query;
    names.push_back(query.name);
  }
  throw RequestError(fmt::format("there is no query named '{}'", name), suggestion(name, names));
}

}  // namespace ablate
