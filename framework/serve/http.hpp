#pragma once
/// A request and its answer, without the library that carries them.

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ablate {

struct WebRequest {
  std::string method;                               ///< as it was sent: "GET"
  std::string path;                                 ///< decoded, from its first slash up to the question mark
  std::map<std::string, std::string> parameters;    ///< behind the question mark, decoded
  std::multimap<std::string, std::string> headers;  ///< names in lower case

  /// Its only value; empty where it is missing or sent several times.
  std::string header(const std::string& name) const;
  /// Of the cookie of that name; empty without one.
  std::string cookie(const std::string& name) const;
  /// Of a parameter; empty where it is missing.
  std::string parameter(const std::string& name) const;
};

struct WebAnswer {
  int status = 200;
  std::string type = "application/json";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
};

WebAnswer plain_answer(int status, const std::string& text);

/// Work that takes longer than a moment, done away from the thread that carries requests.
struct WebJob {
  std::function<WebAnswer()> work;
  bool may_run_away = false;  ///< a foreign program, such as SQL: it waits for its own kind alone
};
using WebHandler = std::function<std::variant<WebAnswer, WebJob>(const WebRequest&)>;

}  // namespace ablate
