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
