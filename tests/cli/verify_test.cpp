#include <catch2/catch.hpp>

#include "base/file.hpp"
#include "cli/says.hpp"
#include "store/store_support.hpp"
#include "store/trained.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// A study of two variants under two seeds, trained by the program once for all tests.
struct Verified {
  TemporaryFolder folder;
  std::string original = (folder / "v.db").string();

  Verified() {
    fill_shared(folder, "verify_test", [this] { train(); });
  }

  void train() const {
    write_file(
        folder / "v.yaml",
        std::string("# Does the skip matter?\nstudy: small\n"
                    "data: {source: glyphs, train_images: 188, test_images: 94}\n"
                    "model: {hidden: [4], dropout: 0.2}\ntraining: {epochs: 2, optimizer: {type: adam}}\n"
                    "variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}\n"
                    "seeds: 2\n"));
    REQUIRE(ablate_says({"run", (folder / "v.yaml").string(), "-j", "1", "--quiet", "--db", original, "--out",
                         (folder / "report").string()})
                .code == exit_done);
  }

  /// What verify says of a copy of the file that `sql` changed.
  Said after(const std::string& sql) const {
    const std::string copy = (folder / "changed.db").string();
    std::filesystem::copy_file(original, copy, std::filesystem::copy_options::overwrite_existing);
    execute(copy, sql);
    return ablate_says({"verify", "small", "--runs", "4", "--db", copy, "--format", "csv"});
  }
};

const Verified& verified() {
  static const Verified one;
  return one;
}

}  // namespace

TEST_CASE("verify trains runs again and finds every stored bit the same") {
  const Said said =
      ablate_says({"verify", "small", "--runs", "4", "--db", verified().original, "--format", "csv"});
  CHECK(said.code == exit_done);
  CHECK(said.out ==
        "run,variant,seed,epochs,bits,what\n"
        "1,skip=none,1,2,same,\"every bit, weights included\"\n"
        "2,skip=none,2,2,same,\"every bit, weights included\"\n"
        "3,skip=projection,1,2,same,\"every bit, weights included\"\n"
        "4,skip=projection,2,2,same,\"every bit, weights included\"\n");
  CHECK_THAT(said.err, Contains("4 of 4 finished runs trained again: every stored bit is the same"));
}

TEST_CASE("verify trains as many runs as it is told, spread over the study") {
  const Said said =
      ablate_says({"verify", "small", "--runs", "2", "--db", verified().original, "--format", "csv"});
  CHECK_THAT(said.out, Contains("skip=none,2,") && Contains("skip=projection,2,"));
  CHECK_THAT(said.err, Contains("2 of 4 finished runs"));
}

TEST_CASE("verify names the first number that differs, in the last bit too, and exits with 1") {
  const auto names = [](const std::string& sql, const std::string& what) {
    const Said said = verified().after(sql);
    CAPTURE(sql, said.out, said.err);
    CHECK(said.code == exit_runs_failed);
    CHECK_THAT(said.out, Contains("DIFFERS") && Contains(what));
    CHECK_THAT(said.err, Contains("1 of 4 runs trained again differ from what is stored"));
  };
  const std::string of_run = " WHERE run_id = 1";
  names("UPDATE epoch_metric SET log_loss = log_loss * (1 + 2.3e-16)" + of_run +
            " AND epoch = 2 AND split = 'test'",
        "epoch 2: test.log_loss is ");
  names("UPDATE epoch_metric SET auc_roc = NULL" + of_run + " AND epoch = 1 AND split = 'validation'",
        "epoch 1: validation.auc_roc is nan in the file and ");
  names("DELETE FROM epoch_metric" + of_run + " AND split = 'train' AND epoch = 2",
        "epoch 2: train is not in the file");
  names("UPDATE epoch SET gradient_norm = gradient_norm * 1.5" + of_run, "epoch 1: the gradient norm is ");
  names("UPDATE confusion SET count = count + 1" + of_run + " AND split = 'test' AND truth = 3",
        "on test, class 3 taken for class ");
  names("UPDATE class_metric SET support = support + 1" + of_run + " AND split = 'test' AND class = 5",
        "the metrics of class 5 on test differ");
  names("UPDATE run SET best_epoch = 3 - best_epoch WHERE id = 1", "the selected epoch is ");
}

TEST_CASE("verify says beside a difference whether the same program made both numbers") {
  const std::string differs = "UPDATE epoch SET gradient_norm = gradient_norm * 1.5 WHERE run_id = 1; ";
  CHECK_THAT(verified().after(differs).err, Contains("run 1 was trained by this very program, "));
  CHECK_THAT(verified()
                 .after(differs + "UPDATE run SET program_sha256 = 'ab', code_version = '0.0.9', build = 'B'")
                 .err,
             Contains("run 1 was trained by 0.0.9 (B), and again by "));
}

TEST_CASE("verify leaves runs of another arithmetic alone, and says so where there are no others") {
  const Said some = verified().after("UPDATE run SET numbers = 1 WHERE id < 3");
  CHECK(some.code == exit_done);
  CHECK_THAT(some.err, Contains("2 of 2 finished runs") &&
                           Contains("2 more finished runs are of another numbers version"));
  const Said none = verified().after("UPDATE run SET numbers = NULL");
  CHECK(none.code == exit_wrong_request);
  CHECK_THAT(none.err, Contains("are of numbers version 1, this program computes version 2"));
}

TEST_CASE("verify refuses a study that is not there or has nothing to train again") {
  const Said unknown = ablate_says({"verify", "smal", "--db", verified().original});
  CHECK(unknown.code == exit_wrong_request);
  CHECK_THAT(unknown.err, Contains("'smal'") && Contains("small"));
  const Said nothing = verified().after("UPDATE run SET status = 'failed'");
  CHECK(nothing.code == exit_wrong_request);
  CHECK_THAT(nothing.err, Contains("no finished run to train again"));
}
