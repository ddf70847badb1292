// What is asked in words: by this very program, in a process of its own.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "serve/child_program.hpp"
#include "serve/live_data.hpp"
#include "store/named_queries.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

constexpr int most_rows = 200, most_query_rows = 1000;
constexpr double most_query_seconds = 8.0;

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

}  // namespace

std::string LiveData::child_json(const std::vector<std::string>& words, const std::string& input) {
  const ChildLimits limits;
  const ChildSaid said = ask_child(sources_.program, words, input, limits, stop_);
  switch (said.end) {
    case ChildSaid::End::too_late:
      throw RequestError(fmt::format("this took longer than {} s and was ended", limits.seconds),
                         "ask for less");
    case ChildSaid::End::too_long:
      throw RequestError(fmt::format("the answer is longer than {} MiB", limits.bytes >> 20),
                         "ask for fewer rows");
    case ChildSaid::End::stopped:
      throw RequestError("the page is ending");
    case ChildSaid::End::by_itself:
      break;
  }
  if (said.code != 0) throw RequestError(message_of(said.err));
  return Json{{"notes", message_of(said.err)}}
      .dump(-1, ' ', false, Json::error_handler_t::replace)
      .insert(1, "\"rows\":" + said.out + ",");
}

WebAnswer LiveData::child_answer(const std::vector<std::string>& words, const std::string& input) {
  return {200, "application/json", child_json(words, input), {}};
}

WebAnswer LiveData::runs(const WebRequest& request) {
  std::vector<std::string> words = {"runs", "--db=" + sources_.database.string(), "--format=json"};
  for (const char* option : {"where", "sort", "columns"}) {
    if (const std::string value = request.parameter(option); !value.empty())
      words.push_back(fmt::format("--{}={}", option, value));
  }
  std::vector<std::string> counting = {"runs", "--db=" + sources_.database.string(), "--format=json",
                                       "--by=study"};
  if (const std::string where = request.parameter("where"); !where.empty())
    counting.push_back("--where=" + where);
  words.push_back(fmt::format("--limit={}", most_rows));
  if (request.parameters.contains("study")) {
    const Reader reader(sources_.database);
    const std::string name = name_by_id(reader, study_by_id, id_of(request, "study"));
    for (auto* list : {&words, &counting}) list->insert(list->end(), {"--", name});
  }
  const std::string list = child_json(words), studies = child_json(counting);
  return {200, "application/json", fmt::format("{{\"runs\":{},\"studies\":{}}}", list, studies), {}};
}

WebAnswer LiveData::compared(const WebRequest& request) {
  const std::int64_t a = id_of(request, "a"), b = id_of(request, "b");
  if (sources_.blind)
    throw RequestError("this page is blind: it compares nothing",
                       "ablate compare, or ablate serve without --blind");
  std::vector<std::string> words = {"compare", "--db=" + sources_.database.string(), "--format=json", "--"};
  if (request.parameter("runs") == "1") {
    words.insert(words.end(), {std::to_string(a), std::to_string(b)});
  } else {
    const Reader reader(sources_.database);
    words.insert(words.end(), {name_by_id(reader, variant_by_id, a), name_by_id(reader, variant_by_id, b)});
  }
  return child_answer(words);
}

WebAnswer LiveData::asked(const WebRequest& request) {
  std::vector<std::string> words = {"query", "--db=" + sources_.database.string(), "--format=json",
                                    fmt::format("--limit={}", most_query_rows),
                                    fmt::format("--timeout={}", most_query_seconds)};
  if (const std::string name = request.parameter("name"); !name.empty()) {
    if (const std::string study = request.parameter("study"); !study.empty())
      words.push_back("--param=study='" + study + "'");
    words.insert(words.end(), {"--", find_named_query(name).name});
    return child_answer(words);
  }
  words.push_back("-");
  return child_answer(words, request.parameter("sql"));
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
