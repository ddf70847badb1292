#include "base/leftovers.hpp"

#include <csignal>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

namespace fs = std::filesystem;

/// Beyond the largest number that Linux gives to a process.
constexpr int gone = 999'999'999;

/// NAME.PID.tmp.
fs::path left(const TemporaryFolder& folder, const std::string& name, int process = gone) {
  const std::string file = fmt::format("{}.{}.tmp", name, process);
  folder.write(file, "half");
  return folder / file;
}

}  // namespace

TEST_CASE("what a process that is gone left goes; what is in use or somebody else's stays", "[base]") {
  const TemporaryFolder folder;
  const fs::path old = left(folder, "a.svg"), part = folder / fmt::format("b.db.{}.part", gone);
  const fs::path room = folder / fmt::format("c.gp.{}.tmp", gone), alive = left(folder, "a.svg", ::getpid());
  folder.write(part.filename().string(), "half");
  fs::create_directory(room);
  write_file(room / "half.svg", "half");
  const fs::path elsewhere = left(folder, "d.svg");  // in use by a process of another container
  const int in_use = ::open(elsewhere.c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(::flock(in_use, LOCK_EX) == 0);
  for (const char* name : {"a.svg", "notes.tmp", "x.part", "2026.11.txt", ".tmp"}) folder.write(name, "mine");
  remove_leftovers(folder.path());
  for (const fs::path& path : {old, part, room}) CHECK_FALSE(fs::exists(path));
  CHECK(fs::exists(alive));
  CHECK(fs::exists(elsewhere));
  ::close(in_use);
  for (const char* name : {"a.svg", "notes.tmp", "x.part", "2026.11.txt", ".tmp"})
    CHECK(fs::exists(folder / name));
  remove_leftovers(folder / "no such folder");
}

TEST_CASE("what a killed process was writing goes with the next that writes it", "[base]") {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const TemporaryFile half(folder / "page.html");
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  CHECK(fs::exists(folder / fmt::format("page.html.{}.tmp", child)));
  write_file(folder / "page.html", "whole");
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("writing a file removes what a killed process left of this file, and of no other", "[base]") {
  const TemporaryFolder folder;
  const fs::path ours = left(folder, "page.html"), other = left(folder, "page.htm"),
                 longer = left(folder, "page.html2");
  write_file(folder / "page.html", "whole");
  CHECK_FALSE(fs::exists(ours));
  CHECK(fs::exists(other));
  CHECK(fs::exists(longer));
  CHECK(read_file(folder / "page.html", 100) == "whole");
}
