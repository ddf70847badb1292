#include "serve/web_server.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "cli/small_study.hpp"
#include "serve/served_page.hpp"
#include "support/raw_http.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

/// Until "/stuck" may end.
std::atomic<bool> is_held = false;

/// Tells what was asked; "/slow" takes its time in a job, "/stuck" in one that may run away.
std::variant<WebAnswer, WebJob> echo(const WebRequest& request) {
  if (request.path == "/slow")
    return WebJob{[] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      return plain_answer(200, "slow");
    }};
  if (request.path == "/stuck")
    return WebJob{[] {
                    is_held.wait(true);
                    return plain_answer(200, "stuck");
                  },
                  true};
  std::string told = request.method + " " + request.path;
  for (const auto& [name, value] : request.parameters) told += " " + name + "=" + value;
  return plain_answer(200, told);
}

/// A server of a test's own, on any free port.
struct Served {
  int port;
  std::optional<WebServer> server;

  explicit Served(const WebLimits& limits = {}) : port(0) {
    Listener listener = listen_on("127.0.0.1", 0, false);
    port = listener.port;
    server.emplace(std::move(listener), echo, limits);
  }
};

constexpr const char* unfinished = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";

}  // namespace

TEST_CASE("a request's path and parameters arrive decoded, and its answer leaves whole") {
  const Served served;
  const RawReply reply = ask_raw(served.port, "/a%20b?x=1%2B1&y=&z=%3C%2Fscript%3E");
  CHECK(reply.status == 200);
  CHECK(reply.body == "GET /a b x=1+1 y= z=</script>\n");
  const RawReply head = ask_raw(served.port, "/", {}, "HEAD");
  CHECK(head.status == 200);
  CHECK(head.body.empty());
}

TEST_CASE("a slow answer keeps nobody waiting, and the end of the server nobody for long") {
  Served served;
  const RawConnection slow(served.port);
  slow.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  CHECK(ask_raw(served.port, "/quick").body == "GET /quick\n");
  CHECK(parse_reply(slow.read_all()).body == "slow\n");
  const RawConnection dropped(served.port);
  for (int i = 0; i < 4; ++i) dropped.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  served.server.reset();
  dropped.read_all();
  CHECK(dropped.closes_within(1.0));
}

TEST_CASE("headers and lines without end are refused, and the next one is answered") {
  const Served served;
  const std::string megabyte(std::size_t{1} << 20, 'a');
  for (const std::string& request : {"GET /" + megabyte + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                                     "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + megabyte + "\r\n\r\n",
                                     "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + megabyte, megabyte}) {
    const RawConnection connection(served.port);
    connection.send(request);
    const RawReply reply = parse_reply(connection.read_all());
    CHECK(reply.status != 200);
  }
  CHECK(ask_raw(served.port, "/next").status == 200);
}

TEST_CASE("bytes that are no request end their connection and nothing else") {
  const Served served;
  for (const char* bytes :
       {"\r\n\r\n\r\n", "\x16\x03\x01\x02", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "a: b\r\n\r\n"}) {
    const RawConnection connection(served.port);
    connection.send(bytes);
    CHECK(parse_reply(connection.read_all(0.3)).status != 200);
  }
  CHECK(ask_raw(served.port, "/next").status == 200);
}

TEST_CASE("hundreds of connections that never finish their request leave room for one that does") {
  const Served served({.seconds = 1000.0});  // none goes because it is late
  std::vector<RawConnection> slow;
  for (int i = 0; i < 400; ++i) {
    slow.emplace_back(served.port);
    slow.back().send(unfinished);
    if (i % 100 == 99) CHECK(ask_raw(served.port, "/between").status == 200);
  }
  CHECK(ask_raw(served.port, "/after").status == 200);
}

TEST_CASE("a request that comes a byte at a time is cut off after its time, however busy it seems") {
  const Served served({.seconds = 0.4});
  const RawConnection slow(served.port);
  slow.send(unfinished);
  bool is_cut = false;
  for (int i = 0; i < 400 && !is_cut; ++i) {
    slow.send("a");
    is_cut = slow.closes_within(0.05);
  }
  CHECK(is_cut);
}

TEST_CASE("more work than can wait is refused at once") {
  const Served served({.jobs = 1, .waiting_jobs = 1});
  std::vector<RawConnection> all;
  for (int i = 0; i < 6; ++i) {
    all.emplace_back(served.port);
    all.back().send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  }
  int done = 0, refused = 0;
  for (const RawConnection& one : all) {
    const int status = parse_reply(one.read_all()).status;
    done += status == 200;
    refused += status == 503;
  }
  CHECK(done >= 1);
  CHECK(done + refused == 6);
}

TEST_CASE("a taken port is said to be taken, or the next one is used where any will do") {
  const Listener first = listen_on("127.0.0.1", 0, false);
  REQUIRE_THROWS_WITH(listen_on("127.0.0.1", first.port, false),
                      Catch::Contains("is taken") && Catch::Contains("--port"));
  const Listener second = listen_on("127.0.0.1", first.port, true);
  CHECK(second.port > first.port);
  REQUIRE_THROWS_WITH(listen_on("no.such.host.invalid", 0, false),
                      Catch::Contains("--host no.such.host.invalid"));
}

TEST_CASE("jobs that run away hold up none but their own kind") {
  is_held = true;
  const Served served({.jobs = 2});
  std::vector<RawConnection> stuck;
  for (int i = 0; i < 4; ++i)
    stuck.emplace_back(served.port)
        .send("GET /stuck HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  CHECK(ask_raw(served.port, "/slow").status == 200);
  is_held = false;
  is_held.notify_all();
  for (const RawConnection& one : stuck) CHECK(parse_reply(one.read_all()).status == 200);
}

TEST_CASE("a Host that is sent twice is refused, alike or not") {
  const ServedPage served(trained().database);
  for (const char* second : {"Host: 127.0.0.1", "host: localhost", "Host: evil.example"})
    CHECK(ask_raw(served.port, "/api/studies", {"Host: 127.0.0.1", second}).status >= 400);
}
