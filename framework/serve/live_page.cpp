#include "serve/live_page.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/error.hpp"
#include "report/templates.hpp"
#include "serve/guard.hpp"
#include "serve/listener.hpp"
#include "serve/live_data.hpp"
#include "serve/page_files.hpp"
#include "serve/web_server.hpp"

namespace ablate {
namespace {

struct Address {
  std::string_view path;
  WebAnswer (LiveData::*answer)(const WebRequest&);
};
/// Each is done by a thread for what takes longer.
constexpr Address addresses[] = {
    {"/api/studies", &LiveData::studies}, {"/api/study", &LiveData::study},
    {"/api/run", &LiveData::run},         {"/api/runs", &LiveData::runs},
    {"/api/offers", &LiveData::offers},   {"/api/compare", &LiveData::compared},
    {"/api/queries", &LiveData::queries}, {"/api/variants", &LiveData::variants}};

WebAnswer fault_answer(int status, const std::string& what) {
  const nlohmann::json json = {{"error", what}};
  return {
      status, "application/json", json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), {}};
}

/// What went wrong becomes an answer; the page goes on.
template <class Ask>
WebAnswer answered(Ask&& ask) {
  WebAnswer answer;
  try {
    answer = ask();
  } catch (const RequestError& error) {
    answer = fault_answer(400, error.what());
  } catch (const std::exception& error) {
    answer = fault_answer(500, fmt::format("internal fault: {}", error.what()));
  }
  protect(answer);
  return answer;
}

/// The files of the page by their names: a path is compared with these, and nothing is looked for anywhere.
std::optional<WebAnswer> file_answer(const std::string& path) {
  if (path == "/")
    return WebAnswer{200, "text/html; charset=utf-8", std::string(page_files().front().text), {}};
  constexpr const char* script = "text/javascript; charset=utf-8";
  constexpr const char* style = "text/css; charset=utf-8";
  static const Templates of_reports;
  if (path == "/chart.js") return WebAnswer{200, script, std::string(chart_script()), {}};
  if (path == "/page.js") return WebAnswer{200, script, of_reports.text("page.js"), {}};
  if (path == "/report.css") return WebAnswer{200, style, of_reports.text("report.css"), {}};
  for (const EmbeddedFile& file : page_files().subspan(1)) {
    if (path.substr(1) == file.name)
      return WebAnswer{200, file.name.ends_with(".css") ? style : script, std::string(file.text), {}};
  }
  return std::nullopt;
}

std::string own_name() {
  std::array<char, 256> name = {};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data())
                                                          : std::string("localhost");
}

bool is_everywhere(const std::string& host) { return host == "0.0.0.0" || host == "::"; }

std::string in_address(const std::string& host) {
  return host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
}

GuardRules rules_of(const LiveOptions& options, int port) {
  GuardRules rules{{"localhost", "127.0.0.1", "[::1]"}, false, {}, fmt::format("ablate_{}", port)};
  for (const std::string& name : options.allowed_hosts) rules.hosts.push_back(allowed_host(name));
  rules.hosts.push_back(host_without_port(in_address(options.host)));
  if (is_loopback(options.host)) return rules;
  rules.hosts.push_back(host_without_port(own_name()));
  rules.any_address = true;
  rules.token = new_token();
  return rules;
}

}  // namespace

struct LivePage::Parts {
  LiveData data;
  GuardRules rules;
  std::string address;
  std::optional<WebServer> server;

  explicit Parts(LiveSources sources) : data(std::move(sources)) {}

  std::variant<WebAnswer, WebJob> answer(const WebRequest& request) {
    if (auto refused = refusal(request, rules)) return answered([&] { return std::move(*refused); });
    if (request.path == "/api/ask" && request.method != "HEAD") {
      const auto work = [this, request, is_over = data.next_question(request)] {
        return answered([&] { return data.asked(request, *is_over); });
      };
      return WebJob{work, true};
    }
    if (request.path == "/api/changes") return answered([&] { return data.changes(request); });
    for (const Address& one : addresses) {
      if (request.path == one.path && request.method == "HEAD") return answered([] { return WebAnswer(); });
      if (request.path == one.path)
        return WebJob{
            [this, ask = one.answer, request] { return answered([&] { return (data.*ask)(request); }); }};
    }
    return answered([&] {
      WebAnswer file = file_answer(request.path).value_or(plain_answer(404, "there is no such page"));
      keep_token(request, rules, file);
      return file;
    });
  }
};

LivePage::LivePage(LiveSources sources, const LiveOptions& options) {
  Listener listener = listen_on(options.host, options.port, options.next_free);
  parts_ = std::make_unique<Parts>(std::move(sources));
  parts_->rules = rules_of(options, listener.port);
  const std::string host = is_everywhere(options.host) ? own_name() : in_address(options.host);
  parts_->address = fmt::format("http://{}:{}/", host, listener.port);
  if (!parts_->rules.token.empty()) parts_->address += "?token=" + parts_->rules.token;
  parts_->server.emplace(std::move(listener), [parts = parts_.get()](const WebRequest& request) {
    return parts->answer(request);
  });
}

LivePage::~LivePage() {
  if (parts_) parts_->data.stop();
}
LivePage::LivePage(LivePage&&) noexcept = default;

const std::string& LivePage::address() const { return parts_->address; }

}  // namespace ablate
