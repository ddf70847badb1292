#include "serve/guard.hpp"

#include <catch2/catch.hpp>

#include "cli/live_sources.hpp"
#include "serve/live_page.hpp"
#include "support/raw_http.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

using Headers = std::multimap<std::string, std::string>;

const GuardRules here{{"localhost", "127.0.0.1", "[::1]"}, false, {}, "ablate_8765"};
const GuardRules elsewhere{{"lab.example"}, true, "5ec2e7", "ablate_8765"};

int status(const Headers& headers, const GuardRules& rules = here, const std::string& method = "GET",
           const std::string& path = "/api/studies",
           const std::map<std::string, std::string>& parameters = {}) {
  const auto refused = refusal({method, path, parameters, headers}, rules);
  return refused ? refused->status : 200;
}

}  // namespace

TEST_CASE("the live page answers under this machine's own names, whatever the port and the letters' case") {
  for (const char* host :
       {"localhost", "LocalHost:8765", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8765"}) {
    CAPTURE(host);
    CHECK(status({{"host", host}}) == 200);
  }
}

TEST_CASE(
    "a name that was made to resolve to this machine is refused, and so is a request without one name") {
  for (const char* host :
       {"evil.example", "evil.example:8765", "localhost.evil.example", "127.0.0.1.evil.example",
        "127.0.0.1:8765@evil.example", "192.168.1.7", "", "localhost:80:80", "[::1", "localhost."}) {
    CAPTURE(host);
    CHECK(status({{"host", host}}) == 403);
  }
  CHECK(status({}) == 403);
  CHECK(status({{"host", "localhost"}, {"host", "evil.example"}}) == 403);
}

TEST_CASE("a name that --allow-host gave is a name of the page") {
  GuardRules rules = here;
  rules.hosts.push_back("lab.example");
  CHECK(status({{"host", "LAB.example:443"}}, rules) == 200);
}

TEST_CASE("what no browser sends as a host is refused where --allow-host names it") {
  CHECK(allowed_host("LAB.example:443") == "lab.example");
  CHECK(allowed_host("[::2]:80") == "[::2]");
  for (const char* name : {"a b", "", "http://lab.example", "lab.example/", "*.example", "[lab]", "a:b"}) {
    CAPTURE(name);
    CHECK_THROWS_WITH(allowed_host(name), Catch::Contains("is no name of a machine"));
  }
}

TEST_CASE("the address that a page prints is one that it answers under") {
  const LivePage page(live_sources("none.db"), {.host = "127.0.0.2", .port = 0});
  const std::string& address = page.address();
  REQUIRE(address.starts_with("http://127.0.0.2:"));
  const RawConnection browser(std::stoi(address.substr(address.rfind(':') + 1)), "127.0.0.2");
  browser.send("GET / HTTP/1.1\r\nHost: 127.0.0.2\r\nConnection: close\r\n\r\n");
  CHECK(parse_reply(browser.read_all()).status == 200);
}

TEST_CASE("another page may not ask, whether its origin or its browser gives it away") {
  CHECK(status({{"host", "localhost:8765"}, {"origin", "http://evil.example"}}) == 403);
  CHECK(status({{"host", "localhost:8765"}, {"origin", "null"}}) == 403);
  CHECK(status({{"host", "localhost:8765"}, {"origin", "http://localhost:9999"}}) == 403);
  CHECK(status({{"host", "localhost:8765"}, {"origin", "http://localhost:8765"}}) == 200);
  for (const char* site : {"cross-site", "same-site", "anything"}) {
    CHECK(status({{"host", "localhost"}, {"sec-fetch-site", site}}) == 403);
  }
  CHECK(status({{"host", "localhost"}, {"sec-fetch-site", "same-origin"}}) == 200);
  CHECK(status({{"host", "localhost"}, {"sec-fetch-site", "none"}}) == 200);
}

TEST_CASE("a link somewhere else may open the start page, which holds no data, and nothing more") {
  const Headers link = {{"host", "localhost"},
                        {"sec-fetch-site", "cross-site"},
                        {"sec-fetch-mode", "navigate"},
                        {"sec-fetch-dest", "document"}};
  CHECK(status(link, here, "GET", "/") == 200);
  CHECK(status(link, here, "GET", "/api/studies") == 403);
  Headers frame = link;
  frame.erase("sec-fetch-dest");
  frame.emplace("sec-fetch-dest", "iframe");
  CHECK(status(frame, here, "GET", "/") == 403);
}

TEST_CASE("the live page takes GET and HEAD and names them to whoever tries another method") {
  CHECK(status({{"host", "localhost"}}, here, "HEAD") == 200);
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND"}) {
    CAPTURE(method);
    const auto refused = refusal({method, "/", {}, {{"host", "localhost"}}}, here);
    REQUIRE(refused);
    CHECK(refused->status == 405);
    CHECK(refused->headers.front() == std::pair<std::string, std::string>("Allow", "GET, HEAD"));
  }
}

TEST_CASE(
    "where others can reach it, the token in the address becomes a cookie that no other site sends and no script reads") {
  const Headers host = {{"host", "10.0.0.7:8765"}};
  CHECK(status(host, elsewhere) == 401);
  CHECK(status(host, elsewhere, "GET", "/", {{"token", "5ec2e8"}}) == 401);
  CHECK(status(host, elsewhere, "GET", "/", {{"token", ""}}) == 401);
  CHECK(status(host, elsewhere, "GET", "/api/studies", {{"token", "5ec2e7"}}) == 401);
  const WebRequest entering = {"GET", "/", {{"token", "5ec2e7"}}, host};
  CHECK_FALSE(refusal(entering, elsewhere));
  WebAnswer page, none;
  keep_token(entering, elsewhere, page);
  keep_token({"GET", "/", {{"token", "5ec2e8"}}, host}, elsewhere, none);
  keep_token({"GET", "/", {{"token", ""}}, host}, here, none);
  using Header = std::pair<std::string, std::string>;
  CHECK(page.headers ==
        std::vector<Header>{{"Set-Cookie", "ablate_8765=5ec2e7; Path=/; HttpOnly; SameSite=Strict"}});
  CHECK(none.headers.empty());
  Headers with = host;
  with.emplace("cookie", "other=1; ablate_8765=5ec2e7");
  CHECK(status(with, elsewhere) == 200);
  Headers wrong = host;
  wrong.emplace("cookie", "xablate_8765=5ec2e7; ablate_8765=5ec2e");
  CHECK(status(wrong, elsewhere) == 401);
}

TEST_CASE("tokens are compared whole: neither a part nor a longer one is equal, and no two are alike") {
  CHECK(equal_in_constant_time("5ec2e7", "5ec2e7"));
  for (const char* other : {"", "5", "5ec2e", "5ec2e75ec2e7", "6ec2e7", "5ec2e6"})
    CHECK_FALSE(equal_in_constant_time(other, "5ec2e7"));
  CHECK(new_token().size() == 32);
  CHECK(new_token() != new_token());
}

TEST_CASE("every answer forbids scripts of others, frames, guesses of its type and copies") {
  WebAnswer answer;
  protect(answer);
  const std::map<std::string, std::string> headers(answer.headers.begin(), answer.headers.end());
  const std::string& policy = headers.at("Content-Security-Policy");
  CHECK(policy.find("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'") == 0);
  CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(headers.at("X-Content-Type-Options") == "nosniff");
  CHECK(headers.at("Cache-Control") == "no-store");
  CHECK_FALSE(headers.contains("Access-Control-Allow-Origin"));
}
