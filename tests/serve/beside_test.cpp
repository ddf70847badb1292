// `ablate run --serve`: the page beside a sweep.
#include <csignal>

#include <catch2/catch.hpp>
#include <sys/wait.h>

#include "base/file.hpp"
#include "cli/small_study.hpp"
#include "serve/served_page.hpp"
#include "support/running_program.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

constexpr const char* endless_study = R"(study: endless
data: {source: glyphs, train_images: 4700, test_images: 470}
model: {hidden: [64]}
training: {epochs: 100000}
seeds: 1
)";

/// A sweep with its page.
struct Beside {
  TemporaryFolder folder;
  std::filesystem::path said = folder / "said";
  RunningProgram sweep;

  explicit Beside(const std::string& study)
      : sweep({"run", written(study), "-j", "1", "--serve", "--db", (folder / "a.db").string(), "--out",
               (folder / "r").string()},
              said) {}

  /// Its port, once it is told.
  int port() const {
    const std::string before = "live page: http://127.0.0.1:";
    std::string text;
    const bool is_told = wait_until([&] {
      text = std::filesystem::exists(said) ? read_file(said, std::size_t{1} << 20) : std::string();
      const std::size_t at = text.find(before);
      return at != std::string::npos && text.find("/\n", at) != std::string::npos;
    });
    return is_told ? std::atoi(text.c_str() + text.find(before) + before.size()) : 0;
  }

 private:
  std::string written(const std::string& study) const {
    write_file(folder / "study.yaml", study);
    return (folder / "study.yaml").string();
  }
};

bool is_gone(int port) {
  return wait_until([&] {
    try {
      return ask_raw(port, "/").status == 0;
    } catch (const std::exception&) {
      return true;
    }
  });
}

}  // namespace

TEST_CASE("a sweep with its page beside it serves while it trains, and both end together") {
  Beside both(small_study);
  const int port = both.port();
  REQUIRE(port > 0);
  CHECK(both.sweep.wait() == 0);
  CHECK_THAT(read_file(both.said, std::size_t{1} << 20),
             Catch::Contains("it ends with this command; afterwards: ablate serve --db " +
                             (both.folder / "a.db").string() + "\n"));
  CHECK(is_gone(port));
  CHECK(read_file(both.said, std::size_t{1} << 20).find("4 of 4 runs done") != std::string::npos);
}

TEST_CASE("Ctrl-C ends a sweep and its page, and leaves no process") {
  Beside both(endless_study);
  const int port = both.port();
  REQUIRE(port > 0);
  CHECK(wait_until([&] { return both.sweep.workers().size() >= 2; }));  // the page and a worker
  CHECK(ask_raw(port, "/api/changes?since=").status == 200);
  const std::vector<pid_t> children = both.sweep.workers();
  for (const pid_t child : children) ::kill(child, SIGINT);  // a terminal sends it to all of them
  both.sweep.send(SIGINT);
  CHECK(both.sweep.wait() == 130);
  CHECK(is_gone(port));
  for (const pid_t child : children) CHECK(::kill(child, 0) != 0);
}

TEST_CASE("a page ends with a sweep that is killed") {
  Beside both(endless_study);
  const int port = both.port();
  REQUIRE(port > 0);
  both.sweep.send(SIGKILL);
  both.sweep.wait();
  CHECK(is_gone(port));
}

TEST_CASE("a page beside a sweep takes the next port where its own is in use") {
  const TemporaryFolder folder;
  const LivePage taken(live_sources(folder / "none.db"), {.next_free = true});
  const std::string& address = taken.address();
  Beside both(small_study);
  const int port = both.port();
  CHECK(port > 0);
  CHECK(address.find(fmt::format(":{}/", port)) == std::string::npos);
  CHECK(both.sweep.wait() == 0);
}

TEST_CASE("a pipe that a sweep with its page writes into ends with it") {
  const Small small;
  write_file(small.file, small_study);
  const std::string command = fmt::format("'{}' run '{}' -j 1 --serve --db '{}' --out '{}' 2>&1 | cat >'{}'",
                                          built_program().string(), small.file, small.database, small.report,
                                          (small.folder / "all").string());
  CHECK(std::system(command.c_str()) == 0);
  const std::string all = read_file(small.folder / "all", std::size_t{1} << 20);
  CHECK(all.find("live page: http://127.0.0.1:") != std::string::npos);
  CHECK(all.find("report: ") != std::string::npos);
}

TEST_CASE("serve waits for a results file that no run has made or filled yet, and says so") {
  const TemporaryFolder folder;
  const auto said = folder / "said";
  const bool is_empty = GENERATE(false, true);
  if (is_empty) write_file(folder / "none.db", "");
  RunningProgram serve({"serve", "--port", "0", "--db", (folder / "none.db").string()}, said);
  CHECK(wait_until([&] {
    return std::filesystem::exists(said) &&
           read_file(said, 4096).find("yet: the page waits until") != std::string::npos &&
           read_file(said, 4096).find("Ctrl-C ends it") != std::string::npos;
  }));
  CHECK(std::filesystem::exists(folder / "none.db") == is_empty);
  serve.send(SIGINT);
  CHECK(serve.wait() == 0);
}

TEST_CASE("a port that is none is refused, and told which there are") {
  for (const char* port : {"-1", "65536", "-70000"}) {
    const auto said = ablate_says({"serve", "--port", port, "--db", "none.db"});
    CAPTURE(port, said.err);
    CHECK(said.code != 0);
    CHECK(said.err.find(std::string("--port is ") + port + ", but must be 0 to 65535") != std::string::npos);
  }
}
