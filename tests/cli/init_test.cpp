#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "config/study.hpp"
#include "metrics/metric_table.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

TEST_CASE("init writes a study file that plan understands, named after the file") {
  const TemporaryFolder folder;
  const std::string file = (folder / "my first.yaml").string();
  const Said said = ablate_says({"init", file});
  CHECK(said.code == 0);
  CHECK(said.out.empty());
  CHECK_THAT(said.err, Contains("next: ablate plan '" + file + "', then ablate run"));
  const Study study = parse_study(read_file(file, 1 << 16), file, {}, metric_names());
  CHECK(study.name == "my_first");
  CHECK(study.question == "Does the input-to-hidden skip connection help?");
  CHECK(study.variants.size() == 2);
  CHECK(study.warnings.empty());
  CHECK(ablate_says({"plan", file, "--db", (folder / "a.db").string()}).code == 0);
}

TEST_CASE(
    "init calls a study after its file in any script, and signs that a name cannot have become underscores") {
  const TemporaryFolder folder;
  for (const auto& [file, name] : {std::pair("ünï ☃.yaml", "ünï_☃"), std::pair("a+b\xff.yaml", "a_b_")}) {
    CHECK(ablate_says({"init", (folder / file).string()}).code == exit_done);
    CHECK(load_study(folder / file, {}, metric_names()).name == name);
  }
}

TEST_CASE("init refuses epochs that are no number by the command's own word, and writes nothing") {
  const TemporaryFolder folder;
  const std::string file = (folder / "t.yaml").string();
  for (const std::string epochs : {"ten", "0", "2.5"}) {
    const Said said = ablate_says({"init", file, "--command", "python3 t.py --epochs " + epochs});
    CHECK(said.code == exit_wrong_request);
    CHECK_THAT(said.err,
               Contains("--command: epochs is ") && Contains("--epochs 30") && !Contains("t.yaml:"));
  }
  CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("init leaves a file that is there as it is") {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.yaml").string();
  write_file(file, "mine");
  const Said said = ablate_says({"init", file});
  CHECK(said.code == 2);
  CHECK_THAT(said.err, Contains("s.yaml exists already"));
  CHECK(read_file(file, 100) == "mine");
}

TEST_CASE("init makes settings of a script's options, not of its launcher's, and none of several values") {
  const TemporaryFolder folder;
  const auto written = [&](const std::string& command) {
    const std::string file = (folder / "s.yaml").string();
    std::filesystem::remove(file);
    CHECK(ablate_says({"init", file, "--command", command}).code == exit_done);
    return read_file(file, 1 << 16);
  };
  CHECK_THAT(written("torchrun --nproc_per_node 2 train.py --lr 0.1"),
             Contains(R"(["torchrun", "--nproc_per_node", "2", "train.py", "--lr", "{lr}"])") &&
                 Contains("settings: {lr: 0.1}"));
  CHECK_THAT(written("python t.py --betas 0.9 0.99 --x 1"),
             Contains(R"("--betas", "0.9", "0.99", "--x", "{x}"])") && Contains("settings: {x: 1}"));
  CHECK_THAT(written("env OMP_NUM_THREADS=1 python t.py --x 1"),
             Contains(R"(["env", "OMP_NUM_THREADS=1", "python")"));
  CHECK_THAT(
      ablate_says({"init", (folder / "t.yaml").string(), "--command", "CUDA_VISIBLE_DEVICES=0 python t.py"})
          .err,
      Contains("'CUDA_VISIBLE_DEVICES=0' sets a variable") &&
          Contains("--command 'env CUDA_VISIBLE_DEVICES=0 ...'"));
}

TEST_CASE(
    "init takes the number of epochs from an option of any usual name, and tells of one that it does not take") {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.yaml").string();
  const auto told = [&](const std::string& options) {
    std::filesystem::remove(file);
    const Said said = ablate_says({"init", file, "--command", "python3 t.py --lr 0.1 --seed 1 " + options});
    CHECK(said.code == exit_done);
    return said.err;
  };
  const auto epochs = [&] { return load_study(file, {}, metric_names()).variants[0].config.training.epochs; };
  for (const std::string options :
       {"--max-epochs 7", "--num-epochs=7", "--n-epochs 7", "--num-train-epochs 7", "--num_train_epochs 7",
        "--max_epochs 7", "trainer.max_epochs=7"}) {
    INFO(options);
    CHECK_THAT(told(options), !Contains("note:"));
    CHECK(epochs() == 7);
  }
  CHECK_THAT(told("--epoch 7"),
             Contains("note: --epoch is not taken for the number of epochs; if it is, put it into "
                      "the line `epochs`"));
  CHECK(epochs() == 1);
  CHECK_THAT(
      told("--warmup-epochs 2 --max-epochs 7"),
      Contains("note: --warmup-epochs is not taken for the number of epochs, which is that of --max-epochs"));
  CHECK(epochs() == 7);
}

TEST_CASE("init makes no folders of a mistyped path, and says which is missing") {
  const TemporaryFolder folder;
  const Said said = ablate_says({"init", (folder / "none/such/s.yaml").string()});
  CHECK(said.code == exit_wrong_request);
  CHECK_THAT(said.err,
             Contains("there is no folder " + (folder / "none/such").string()) && Contains("try: make it"));
  CHECK_FALSE(std::filesystem::exists(folder / "none"));
}

TEST_CASE("init makes settings of flags that turn them on and off, and varies one where there is no number") {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.yaml").string();
  const auto study_of = [&](const std::string& command) {
    std::filesystem::remove(file);
    CHECK(ablate_says({"init", file, "--command", command}).code == exit_done);
    return load_study(file, {}, metric_names());
  };
  folder.write("t.py", "");
  const Study study = study_of("python3 t.py --epochs 3 --no-bn -v --shift -1 --amp");
  CHECK(study.trainer()->command == std::vector<std::string>{"python3", "t.py", "--epochs", "{epochs}",
                                                             "{flag:--no-bn=no_bn}", "-v", "--shift",
                                                             "{shift}", "{flag:--amp=amp}"});
  CHECK(study.variants.at(1).name == "shift=-2");
  const Study flags = study_of("python3 t.py --epochs 3 --no-bn -b x");
  CHECK(flags.question == "Does no_bn matter?");
  REQUIRE(flags.variants.size() == 2);
  CHECK(flags.variants[1].name == "no_bn=false");
  CHECK(ablate_says({"plan", file, "--db", (folder / "a.db").string()}).code == exit_done);
}

TEST_CASE("init keeps the digits of a number, and names the files of the script that make up the program") {
  const TemporaryFolder folder;
  const std::string file = (folder / "s.yaml").string();
  const auto written = [&](const std::string& command) {
    std::filesystem::remove(file);
    CHECK(ablate_says({"init", file, "--command", command}).code == exit_done);
    return read_file(file, 1 << 16);
  };
  CHECK_THAT(written("python3 t.py --id 007 --big 12345678901234567890 --x 0.5 --zero 0"),
             Contains(R"(settings: {id: "007", big: "12345678901234567890", x: 0.5, zero: 0})") &&
                 Contains("grid: {x: [0.5, 0.25]}") && Contains("\n  code: [\"*.py\"]\n"));
  CHECK_THAT(written("torchrun --nproc_per_node 2 ./src/t.py"), Contains("\n  code: [\"src/*.py\"]\n"));
  for (const std::string command :
       {"./run --x 1", "python3 -m train", "python3 /opt/t.py", "python3 ../t.py"})
    CHECK_THAT(written(command), Contains("# What else makes up the program") && !Contains("\n  code:"));
}
