#include "cli/script_study.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/says.hpp"
#include "config/study.hpp"
#include "metrics/metric_table.hpp"
#include "runner/shell_study.hpp"
#include "store/reader.hpp"
#include "support/running_program.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

TEST_CASE("a command becomes words as in a shell, and what only a shell understands is refused") {
  CHECK(command_words("python  'a b.py' --x=\"1 \\\" 2\" c\\ d ''") ==
        std::vector<std::string>{"python", "a b.py", "--x=1 \" 2", "c d", ""});
  CHECK_THROWS_WITH(command_words("python a.py > log"),
                    Catch::Contains("'>' means something to a shell only"));
  CHECK_THROWS_WITH(command_words("python 'a.py"), Catch::Contains("a quote ' is not closed"));
  CHECK_THROWS_WITH(command_words("  "), Catch::Contains("--command is empty"));
}

TEST_CASE("a script's options become settings, its seed the run's, and a number is varied") {
  const std::string text =
      script_study(
          "s", command_words("python3 train.py --lr 0.1 --epochs=30 --amp --name 'x: {y}' --seed 1 -v data"))
          .yaml;
  const Study study = parse_study(text, "s.yaml", {}, metric_names());
  REQUIRE(study.variants.size() == 2);
  CHECK(study.question == "Does lr matter?");
  CHECK(study.variants[1].name == "lr=0.05");
  CHECK(study.variants[0].is_baseline);
  CHECK(study.variants[0].config.training.epochs == 30);
  CHECK(study.trainer()->command ==
        std::vector<std::string>{"python3", "train.py", "--lr", "{lr}", "--epochs={epochs}",
                                 "{flag:--amp=amp}", "--name", "{name}", "--seed", "{seed}", "-v", "data"});
  CHECK_THAT(study.variants[0].yaml, Catch::Contains("name: \"x: {y}\""));
  const Study plain = parse_study(script_study("p", {"./run", "{"}).yaml, "p.yaml", {}, metric_names());
  CHECK(plain.variants.size() == 1);
  CHECK_THAT(script_study("r", command_words("python3 t.py --random-state 3 --lr 1")).yaml,
             Catch::Contains("\"--random-state\", \"{seed}\""));
}

TEST_CASE("settings as Hydra reads them and numbers of short options become settings, too") {
  const std::string text =
      script_study("s", command_words(
                            "python3 -m train opt.lr=1e-3 seed=3 epochs=20 -b 64 -v data=mnist -o out ./a=b"))
          .yaml;
  const Study study = parse_study(text, "s.yaml", {}, metric_names());
  CHECK(study.trainer()->command == std::vector<std::string>{"python3", "-m", "train", "opt.lr={opt_lr}",
                                                             "seed={seed}", "epochs={epochs}", "-b", "{b}",
                                                             "-v", "data={data}", "-o", "out", "./a=b"});
  CHECK(study.variants[1].name == "opt_lr=0.0005");
  CHECK(study.variants[0].config.training.epochs == 20);
}

TEST_CASE("init writes a study file for a script that can be read") {
  const TemporaryFolder folder;
  const std::string file = (folder / "mine.yaml").string();
  CHECK_THAT(ablate_says({"init", file, "--command", ""}).err, Catch::Contains("--command is empty"));
  CHECK(ablate_says({"init", file, "--command", "python3 train.py --lr 0.1 --seed 3"}).code == exit_done);
  const Study study = load_study(file, {}, metric_names());
  CHECK(study.name == "mine");
  CHECK(study.trainer()->command.front() == "python3");
}

TEST_CASE("run again tells of runs that other code of the script made, and how to have new ones") {
  ShellStudy shell;
  const std::vector<std::string> run = {
      "run",   (shell.folder / "study.yaml").string(), "-j", "1", "--db", shell.database().string(),
      "--out", (shell.folder / "report").string()};
  CHECK_THAT(ablate_says(run).err, !Catch::Contains("other code"));
  shell.folder.write("train.sh", shell_trainer + "# changed\n");
  const Said said = ablate_says(run);
  CHECK(said.code == exit_done);
  CHECK_THAT(said.err,
             Catch::Contains("everything is done") &&
                 Catch::Contains("note: 4 of 4 runs were made by other code of the script than that "
                                 "of now, and stay so\n  try: another `study` name"));
  fs::remove(shell.folder / "train.sh");
  CHECK(ablate_says(run).code == exit_done);
}

TEST_CASE("two sweeps of one study at once share its runs, and both end well") {
  ShellStudy calm, shared;
  Quiet quiet;
  calm.run(quiet);
  const std::vector<std::string> words = {
      "run",   (shared.folder / "study.yaml").string(), "--db", shared.database().string(), "-j", "1",
      "--out", (shared.folder / "report").string()};
  RunningProgram first(words, shared.folder / "first.txt"), second(words, shared.folder / "second.txt");
  CHECK(first.wait() == 0);
  CHECK(second.wait() == 0);
  const Reader one(calm.database()), other(shared.database());
  CHECK(one.fingerprint(1) == other.fingerprint(1));
  for (const RunRecord& run : shared.runs()) CHECK(run.attempt == 1);
}

}  // namespace
