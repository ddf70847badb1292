// What is asked in words: by this very program, in a process of its own.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "metrics/metric_table.hpp"
#include "serve/live_data.hpp"
#include "store/named_queries.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

/// Of this very program, started for one question: what a stranger's words make of the database (SQL, conditions, names)
/// happens in a process that can be ended.
constexpr CaptureLimits child_limits = {10.0, std::size_t{4} << 20};
constexpr int most_rows = 200, most_query_rows = 1000;

/// "ablate: what\n  try: hint" without the program's name.
std::string message_of(const std::string& said) {
  constexpr std::string_view name = "ablate: ";
  std::string text = said.starts_with(name) ? said.substr(name.size()) : said;
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string name_by_id(const Reader& reader, const char* sql, std::int64_t id) {
  std::string name;
  reader.select(sql, {id}, [&](const std::vector<Value>& row) { name = to_string(row[0]); });
  if (name.empty()) throw RequestError(fmt::format("there is nothing with the number {}", id));
  return name;
}

constexpr const char* study_by_id = "SELECT name FROM study WHERE id = ?1";
constexpr const char* variant_by_id =
    "SELECT study.name || '/' || variant.name FROM variant JOIN study ON study.id = variant.study_id WHERE variant.id = ?1";
constexpr const char* study_of_variant =
    "SELECT study.name FROM variant JOIN study ON study.id = variant.study_id WHERE variant.id = ?1";
constexpr const char* study_of_run =
    "SELECT study.name FROM run JOIN study ON study.id = run.study_id WHERE run.id = ?1";

/// What may be seen of a hidden study's runs.
constexpr const char* columns_of_progress = "run,variant,seed,status,epochs,started,duration";

/// The condition, but for runs of these studies.
std::string without(const std::vector<std::string>& studies, const std::string& where) {
  std::string names;
  for (std::string name : studies) {
    for (std::size_t at = 0; (at = name.find('\'', at)) != std::string::npos; at += 2)
      name.insert(at, 1, '\'');
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name);
  }
  if (studies.empty()) return where;
  return fmt::format("{}study not in ({})", where.empty() ? "" : "(" + where + ") and ", names);
}

/// A column of numbers on test: "test.f1", "last(test.f1)", or of a metric whose split is not said.
bool is_of_test(const std::string& column) {
  if (column.find("test.") != std::string::npos) return true;
  if (column.find("train.") != std::string::npos || column.find("validation.") != std::string::npos)
    return false;
  return std::any_of(metric_table().begin(), metric_table().end(), [&](const Metric& metric) {
    return column == metric.name || column.find('(' + std::string(metric.name)) != std::string::npos;
  });
}

/// The columns, and the status by which they are judged.
std::string with_status(const std::string& columns) {
  std::string names = ',' + columns + ',';
  std::erase(names, ' ');
  return names.find(",status,") == std::string::npos ? columns + ",status" : columns;
}

/// Takes numbers on test from runs that are not done, so that nobody chooses by them; true where there were any.
bool withhold_test(Json& rows) {
  bool any = false;
  for (Json& row : rows) {
    if (row.value("status", "") == "done") continue;
    for (auto& [column, value] : row.items()) {
      if (value.is_null() || !is_of_test(column)) continue;
      value = nullptr;
      any = true;
    }
  }
  return any;
}

/// What the list of runs lacks, and until when; empty: nothing.
std::string hidden_note(const std::vector<std::string>& studies, bool is_asked_for) {
  if (studies.empty()) return {};
  constexpr const char* until = "hidden until every run has ended";
  return is_asked_for ? fmt::format("what these runs reached is {}", until)
                      : fmt::format("left out: {}, {}", names_text(studies), until);
}

}  // namespace

void LiveData::stop() {
  const std::lock_guard lock(mutex_);
  stop_ = true;
  for (const auto& [page, is_over] : questions_) *is_over = true;
}

std::shared_ptr<const std::atomic<bool>> LiveData::next_question(const WebRequest& request) {
  const std::string word = request.parameter("page");
  if (word.empty()) return {std::shared_ptr<void>(), &stop_};
  const std::lock_guard lock(mutex_);
  std::erase_if(questions_, [](const auto& question) { return question.second.use_count() == 1; });
  auto& last = questions_[word];
  if (last) *last = true;
  return last = std::make_shared<std::atomic<bool>>(stop_.load());
}

Captured LiveData::ask_child(const std::vector<std::string>& words, const std::string& input,
                             const std::atomic<bool>& stop) {
  std::vector<std::string> command = {sources_.program.string()};
  command.insert(command.end(), words.begin(), words.end());
  return run_captured(command, child_limits, input, &stop);
}

std::string LiveData::child_json(const std::vector<std::string>& words, const std::string& input,
                                 const std::atomic<bool>& stop) {
  const Captured said = ask_child(words, input, stop);
  switch (said.end) {
    case Captured::End::too_late:
      throw RequestError(fmt::format("this took longer than {} s and was ended", child_limits.seconds),
                         "ask for less");
    case Captured::End::too_long:
      throw RequestError(fmt::format("the answer is longer than {} MiB", child_limits.bytes >> 20),
                         "ask for fewer rows");
    case Captured::End::stopped:
      throw RequestError(stop_ ? "the page is ending" : "the next question of this page took its place");
    case Captured::End::by_itself:
      break;
  }
  if (said.code != 0) throw RequestError(message_of(said.err));
  return Json{{"notes", message_of(said.err)}}
      .dump(-1, ' ', false, Json::error_handler_t::replace)
      .insert(1, "\"rows\":" + said.out + ",");
}

WebAnswer LiveData::runs(const WebRequest& request) {
  const Reader reader(sources_.database);
  const std::vector<std::string> hidden = hidden_studies(reader);
  const std::string where = request.parameter("where"), sort = request.parameter("sort");
  std::string columns = request.parameter("columns"), study;
  if (request.parameters.contains("study")) study = name_by_id(reader, study_by_id, id_of(request, "study"));
  const bool is_hidden = std::find(hidden.begin(), hidden.end(), study) != hidden.end();
  if (is_hidden && !(where + sort + columns).empty()) refuse_hidden({study}, "ablate runs");
  if (is_hidden) columns = columns_of_progress;
  const bool is_archived = !study.empty() && reader.study(study).archived;
  const auto asked = [&](const std::string& condition, std::vector<std::string> more) {
    std::vector<std::string> words = {"runs", "--db=" + sources_.database.string(), "--format=json"};
    if (is_archived) words.push_back("--all");
    if (!condition.empty()) words.push_back("--where=" + condition);
    words.insert(words.end(), more.begin(), more.end());
    if (!study.empty()) words.insert(words.end(), {"--", study});
    return words;
  };
  // The condition as it was typed comes first: what is wrong with it is reported in these words.
  const std::vector<std::string> by_study = {"--by=study", "--columns=seed"};
  std::string studies = child_json(asked(where, by_study));
  std::vector<std::string> more = {fmt::format("--limit={}", most_rows)};
  if (!sort.empty()) more.push_back("--sort=" + sort);
  if (!columns.empty()) more.push_back("--columns=" + with_status(columns));
  Json runs = Json::parse(child_json(asked(is_hidden ? where : without(hidden, where), more)));
  std::vector<std::string> lacks;
  if (withhold_test(runs["rows"])) lacks.emplace_back("numbers on test come with the end of a run");
  if (const std::string note = hidden_note(hidden, is_hidden); !note.empty()) lacks.push_back(note);
  if (!is_hidden && !hidden.empty()) studies = child_json(asked(without(hidden, where), by_study));
  return {200,
          "application/json",
          fmt::format("{{\"runs\":{},\"studies\":{},\"hidden\":{}}}", runs.dump(), studies,
                      json_text(fmt::format("{}", fmt::join(lacks, "; ")))),
          {}};
}

WebAnswer LiveData::compared(const WebRequest& request) {
  const std::int64_t a = id_of(request, "a"), b = id_of(request, "b");
  const Reader reader(sources_.database);
  const bool are_runs = request.parameter("runs") == "1";
  std::vector<std::int64_t> studies;
  for (const std::int64_t id : {a, b}) {
    const std::string study = name_by_id(reader, are_runs ? study_of_run : study_of_variant, id);
    const StudyCounts counts = reader.counts(study).value();
    if (hides(reader, counts)) refuse_hidden({study}, "ablate compare");
    studies.push_back(counts.study.id);
  }
  std::vector<std::string> words = {"compare", "--db=" + sources_.database.string(), "--format=json", "--"};
  if (are_runs) {
    words.insert(words.end(), {std::to_string(a), std::to_string(b)});
  } else {
    words.insert(words.end(), {name_by_id(reader, variant_by_id, a), name_by_id(reader, variant_by_id, b)});
  }
  const std::string compared = child_json(words);
  const std::string weakened = are_runs || studies[0] != studies[1] ? "" : weakness(studies[0]);
  return {200,
          "application/json",
          fmt::format("{{\"studies\":{},\"weakened\":{},", Json(studies).dump(), json_text(weakened)) +
              compared.substr(1),
          {}};
}

WebAnswer LiveData::asked(const WebRequest& request, const std::atomic<bool>& is_over) {
  const auto hidden = hidden_studies(Reader(sources_.database));
  if (!hidden.empty()) refuse_hidden(hidden, "ablate query");
  std::vector<std::string> words = {"query", "--db=" + sources_.database.string(), "--format=json",
                                    fmt::format("--limit={}", most_query_rows),
                                    fmt::format("--timeout={}", sources_.query_seconds)};
  if (const std::string name = request.parameter("name"); !name.empty()) {
    if (const std::string study = request.parameter("study"); !study.empty())
      words.push_back("--param=study='" + study + "'");
    words.insert(words.end(), {"--", find_named_query(name).name});
  } else {
    words.push_back("-");
  }
  const std::string sql = request.parameter("name").empty() ? request.parameter("sql") : "";
  return {200, "application/json", child_json(words, sql, is_over), {}};
}

WebAnswer LiveData::queries(const WebRequest&) {
  Json list = Json::array();
  for (const NamedQuery& query : named_queries()) {
    const bool needs_study = std::any_of(
        query.parameters.begin(), query.parameters.end(),
        [](const auto& parameter) { return parameter.name == "study" && !parameter.has_default; });
    list.push_back(
        {{"name", query.name}, {"answers", query.answers}, {"study", needs_study}, {"sql", query.sql}});
  }
  return {200, "application/json", Json{{"queries", std::move(list)}}.dump(), {}};
}

}  // namespace ablate
