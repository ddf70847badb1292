#include "base/work_folder.hpp"

#include <cerrno>
#include <csignal>

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a name that is taken is not given again, and what has it stays", "[base]") {
  const TemporaryFolder folder;
  folder.write("a", "first");
  folder.write("b", "second");
  CHECK_FALSE(rename_new(folder / "b", folder / "a"));
  CHECK(errno == EEXIST);
  CHECK(read_file(folder / "a", 100) == "first");
  std::filesystem::create_directory(folder / "d");
  CHECK_FALSE(rename_new(folder / "b", folder / "d"));
  CHECK(rename_new(folder / "b", folder / "c"));
  CHECK(read_file(folder / "c", 100) == "second");
}

TEST_CASE("a work folder goes with its owner, and one that a killed process left goes with the next",
          "[base]") {
  const TemporaryFolder folder;
  const auto prefix = folder / "work";
  const pid_t child = ::fork();
  if (child == 0) {
    const WorkFolder left(prefix);
    write_file(left.path() / "file", std::string("x"));
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  folder.write("work-notours", "a file");
  std::filesystem::create_directory(folder / "working-abcdef");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 3);
  {
    const WorkFolder first(prefix);
    const WorkFolder second(prefix);
    CHECK(std::filesystem::is_directory(first.path()));
    CHECK(std::filesystem::is_directory(second.path()));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 4);
  }
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
  CHECK_THROWS_AS(WorkFolder(folder / "no" / "work"), RequestError);
}
