#include "serve/guard.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text_value.hpp"

namespace ablate {
namespace {

bool is_known(const std::string& host, const GuardRules& rules) {
  if (host.empty()) return false;
  return std::find(rules.hosts.begin(), rules.hosts.end(), host) != rules.hosts.end() ||
         (rules.any_address && is_address(host));
}

/// A browser opens the start page because of a link somewhere: that page holds no data.
bool is_followed_link(const WebRequest& request) {
  return request.path == "/" && request.header("sec-fetch-mode") == "navigate" &&
         request.header("sec-fetch-dest") == "document";
}

bool is_from_elsewhere(const WebRequest& request) {
  if (request.headers.contains("origin")) {
    const std::string origin = lower_case(request.header("origin")),
                      host = lower_case(request.header("host"));
    if (origin != "http://" + host && origin != "https://" + host) return true;
  }
  if (!request.headers.contains("sec-fetch-site")) return false;
  const std::string site = request.header("sec-fetch-site");
  return site != "same-origin" && site != "none" && !is_followed_link(request);
}

/// The start page's address ends in the token.
bool brings_token(const WebRequest& request, const GuardRules& rules) {
  return request.path == "/" && equal_in_constant_time(request.parameter("token"), rules.token);
}

std::optional<WebAnswer> without_token(const WebRequest& request, const GuardRules& rules) {
  if (rules.token.empty() || equal_in_constant_time(request.cookie(rules.cookie), rules.token) ||
      brings_token(request, rules))
    return std::nullopt;
  return plain_answer(401, "open the address that `ablate serve` printed: it ends in the token");
}

}  // namespace

std::optional<WebAnswer> refusal(const WebRequest& request, const GuardRules& rules) {
  if (request.method != "GET" && request.method != "HEAD") {
    WebAnswer answer = plain_answer(405, "this page only reads: GET and HEAD");
    answer.headers = {{"Allow", "GET, HEAD"}};
    return answer;
  }
  const std::string host = host_without_port(request.header("host"));
  if (!is_known(host, rules)) {
    return plain_answer(403, "the page is not served under this name\n  try: ablate serve --allow-host NAME");
  }
  if (is_from_elsewhere(request)) return plain_answer(403, "another page may not ask here");
  return without_token(request, rules);
}

void keep_token(const WebRequest& request, const GuardRules& rules, WebAnswer& answer) {
  if (rules.token.empty() || !brings_token(request, rules)) return;
  answer.headers.emplace_back(
      "Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", rules.cookie, rules.token));
}

void protect(WebAnswer& answer) {
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
           {"X-Content-Type-Options", "nosniff"},
           {"X-Frame-Options", "DENY"},
           {"Referrer-Policy", "no-referrer"},
           {"Cross-Origin-Resource-Policy", "same-origin"},
           {"Cross-Origin-Opener-Policy", "same-origin"},
           {"Cache-Control", "no-store"}}) {
    answer.headers.emplace_back(name, value);
  }
}

std::string host_without_port(const std::string& host) {
  const std::size_t bracket = host.starts_with('[') ? host.find(']') : 0;
  if (bracket == std::string::npos) return {};
  const std::size_t colon = host.find(':', bracket);
  const std::string port = colon == std::string::npos ? "" : host.substr(colon + 1);
  const bool is_port = std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_port ? lower_case(host.substr(0, colon)) : std::string();
}

std::string allowed_host(const std::string& name) {
  std::string host = host_without_port(name);
  const bool is_name = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
  if (is_name || is_address(host)) return host;
  throw RequestError(fmt::format("--allow-host: '{}' is no name of a machine", name),
                     "the name alone, as in --allow-host lab.example.org");
}

bool is_address(const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    return ::inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), bytes) == 1;
  return ::inet_pton(AF_INET, host.c_str(), bytes) == 1;
}

bool equal_in_constant_time(const std::string& first, const std::string& second) {
  unsigned char different = first.size() == second.size() ? 0 : 1;
  for (std::size_t i = 0; i < second.size(); ++i) {
    const char c = first.empty() ? '\0' : first[i % first.size()];
    different = static_cast<unsigned char>(different | (c ^ second[i]));
  }
  return different == 0;
}

std::string new_token() {
  std::array<unsigned char, 16> bytes;
  if (::getentropy(bytes.data(), bytes.size()) != 0)
    throw std::runtime_error("the system gives no random numbers");
  std::string token;
  for (const unsigned char byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

}  // namespace ablate
