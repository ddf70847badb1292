/// How `ablate run` ends tells what became of the runs.

#include <csignal>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/interrupt.hpp"
#include "cli/says.hpp"
#include "runner/program_files.hpp"
#include "store/reader.hpp"
#include "support/as_nobody.hpp"
#include "support/running_program.hpp"
#include "support/source_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

std::string study(int epochs, const std::string& variants) {
  return fmt::format(
      "study: s\nquestion: Well?\ndata: {{source: glyphs, train_images: 94, test_images: 47}}\n"
      "model: {{hidden: [4]}}\ntraining: {{epochs: {}}}\nvariants: {}\nseeds: 1\n",
      epochs, variants);
}

bool has_epochs(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return false;
  try {
    return !Reader(file).run_epochs(1).empty();
  } catch (const RequestError&) {
    return false;  // it is being made
  }
}

}  // namespace

TEST_CASE("a sweep with a diverged run exits with 1 and names it, also when there is nothing left to do") {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.yaml").string();
  write_file(
      file,
      study(
          3,
          "{list: {wild: {training.learning_rate: {schedule: constant, initial: 1000}, training.optimizer: {type: sgd, weight_decay: 1000}}, "
          "tame: {}}}"));
  const std::vector<std::string> words = {
      "run", file, "-j", "1", "--db", (folder / "a.db").string(), "--out", (folder / "r").string()};
  for (int time = 0; time < 2; ++time) {
    const Said said = ablate_says(words);
    CHECK(said.code == exit_runs_failed);
    CHECK_THAT(said.err, Contains("1 of 2 runs done\n1 diverged: wild seed 1\n"));
  }
}

TEST_CASE("a signal to a worker or to the sweep, or a closed terminal, ends it with 130, and it resumes") {
  const TemporaryFolder folder;
  const std::string yaml = (folder / "s.yaml").string();
  write_file(yaml, study(1'000'000, "{list: {a: {}}}"));
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    const auto database = folder / fmt::format("{}.db", signal);
    const auto output = folder / "output";
    RunningProgram program(
        {"run", yaml, "-j", "1", "--db", database.string(), "--out", (folder / "r").string()}, output);
    REQUIRE(wait_until([&] { return has_epochs(database) && !program.workers().empty(); }));
    signal == SIGTERM ? static_cast<void>(::kill(program.workers().front(), signal)) : program.send(signal);
    CHECK(program.wait() == exit_interrupted);
    CHECK_THAT(read_file(output, 1 << 20),
               Contains("interrupted: 0 of 1 runs done") && !Contains("other workers"));
    CHECK(Reader(database).run("1").status == RunStatus::interrupted);
  }
}

TEST_CASE(
    "the first Ctrl-C tells what it waits for, the second kills programs at once, and nothing is left") {
  const TemporaryFolder folder;
  folder.write("train.sh",
               "trap '' TERM\necho '{\"epoch\": 1, \"test.accuracy\": 0.5}' >> \"$ABLATE_METRICS\"\n"
               "while :; do sleep 0.1; done\n");
  folder.write("s.yaml", R"(study: s
trainer:
  command: [sh, train.sh]
  settings: {x: 0}
  epochs: 2
  metrics: {test.accuracy: up}
  limits: {grace: 1h}
variants: {list: {a: {}}}
seeds: 1
)");
  const auto yaml = folder / "s.yaml", database = folder / "a.db", output = folder / "output";
  const auto says = [&](const char* text) {
    return wait_until([&] { return read_file(output, 1 << 20).find(text) != std::string::npos; });
  };
  RunningProgram program(
      {"run", yaml.string(), "-j", "1", "--db", database.string(), "--out", (folder / "r").string()}, output);
  REQUIRE(wait_until([&] { return has_epochs(database); }));
  program.send(SIGINT);
  CHECK(says("for 1 program (limits.grace); Ctrl-C again kills it"));
  ::usleep(600'000);  // one that comes within half a second is the same
  program.send(SIGINT);
  CHECK(program.wait() == exit_interrupted);
  CHECK_THAT(read_file(output, 1 << 20),
             Contains("killing 1 program, which had up to ") && Contains("interrupted: 0 of 1 runs done"));
  const RunRecord run = Reader(database).run("1");
  CHECK(run.status == RunStatus::interrupted);
  CHECK(run.epochs_done == 1);
  CHECK(std::system(
            ("grep -lqsz 'ABLATE_DIR=" + run_folder(database, run.uuid).string() + "$' /proc/[0-9]*/environ")
                .c_str()) != 0);
}

TEST_CASE("Ctrl-C before anything is written ends the program at once, with a word and 130") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    const InterruptFlag interrupt(InterruptFlag::At::once);
    std::raise(SIGINT);
    ::_exit(0);
  }
  ::close(ends[1]);
  char words[100] = {};
  CHECK(::read(ends[0], words, sizeof words - 1) > 0);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WEXITSTATUS(status) == exit_interrupted);
  CHECK(std::string(words) == "interrupted: nothing was written\n");
}

TEST_CASE("a limit on file sizes is told with the file's name, and what was committed is kept") {
  const TemporaryFolder folder;
  const std::string yaml = (folder / "s.yaml").string(), database = (folder / "a.db").string();
  write_file(yaml, study(100'000, "{list: {a: {}}}"));
  // Blocks of 512 bytes: enough for the schema and some epochs.
  const std::string command = fmt::format(
      "ulimit -f 800; exec '{}' run '{}' -j 1 --db '{}' --out '{}' 2>'{}'", built_program().string(), yaml,
      database, (folder / "r").string(), (folder / "err").string());
  const int status = std::system(command.c_str());
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == exit_wrong_request);
  const std::string said = read_file(folder / "err", 1 << 20);
  CHECK_THAT(said, Contains("a.db: no file may be longer than 409600 bytes here") && Contains("ulimit -f") &&
                       !Contains("other workers"));
  CHECK_FALSE(Reader(database).run_epochs(1).empty());
}

TEST_CASE("a report's folder that cannot be written is refused before anything is trained") {
  const TemporaryFolder folder;
  const std::string yaml = (folder / "s.yaml").string(), database = (folder / "a.db").string();
  write_file(yaml, study(1, "{list: {a: {}}}"));
  ::chmod(folder.path().c_str(), 0777);
  const Said file = ablate_says({"run", yaml, "--db", database, "--out", yaml + "/below"});
  CHECK(file.code == exit_wrong_request);
  CHECK_THAT(file.err, Contains("s.yaml is a file") && Contains("--out"));
  {
    const AsNobody rights;
    const Said refused = ablate_says({"run", yaml, "--db", database, "--out", "/usr/ablate/report"});
    CHECK(refused.code == exit_wrong_request);
    CHECK_THAT(refused.err, Contains("cannot be written"));
  }
  CHECK_FALSE(std::filesystem::exists(database));
}

TEST_CASE("where a report cannot be written after all, the message tells where the results are") {
  const TemporaryFolder folder;
  const std::string yaml = (folder / "s.yaml").string(), database = (folder / "a b.db").string();
  write_file(yaml, study(1, "{list: {a: {}}}"));
  write_file(folder / "r/tables", "in the way");
  const Said said = ablate_says({"run", yaml, "-j", "1", "--db", database, "--out", (folder / "r").string()});
  CHECK(said.code == exit_wrong_request);
  CHECK_THAT(said.err, Contains("the results are in " + database) &&
                           Contains("try: ablate report s --db '" + database + "' --out DIR"));
}
