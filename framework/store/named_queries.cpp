#include "store/named_queries.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
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

NamedQuery parse(const EmbeddedFile& file) {
  NamedQuery query{std::string(stem_of(file)), {}, {}, std::string(file.text)};
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
