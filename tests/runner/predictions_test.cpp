#include "runner/predictions.hpp"

#include <cmath>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "metrics/metric_table.hpp"
#include "runner/sweep.hpp"
#include "store/store_support.hpp"
#include "support/small_data.hpp"
#include "support/temporary_folder.hpp"
#include "train/trainer.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

const std::atomic<bool> stop = false;
const Pulse always = until(stop);

struct Quiet : SweepListener {
  void planned(const SweepCounts&, int) override {}
  void happened(const RunEvent&) override {}
};

/// A study of one run, trained.
struct Trained {
  explicit Trained(const std::string& training = "") {
    study = parse_study(
        fmt::format("study: s\nmodel: {{hidden: [5]}}\ndata: {{validation: 0.2}}\n"
                    "training: {{epochs: 6, batch_size: 8, learning_rate: {{initial: 0.5}}{}}}\nseeds: 1\n",
                    training),
        "s.yaml", {}, metric_names());
    DatasetCache datasets([](const DataSettings&) { return small_dataset(); });
    Quiet listener;
    SweepOptions options;
    options.jobs = 0;
    run_sweep(study, file, datasets, options, listener, stop);
  }

  RunPredictor predictor(const PredictionOptions& options = {}, Dataset dataset = small_dataset()) const {
    const Reader reader(file);
    return {reader,
            reader.run("1"),
            study.variants[0].config,
            std::make_shared<const Dataset>(std::move(dataset)),
            options,
            always};
  }

  TemporaryFolder folder;
  std::filesystem::path file = folder / "a.db";
  Study study;
};

struct Collected {
  std::vector<std::uint32_t> images;
  std::vector<std::uint8_t> truth, predicted;
  std::vector<float> probabilities;
};

Collected collect(RunPredictor predictor, SplitName split = SplitName::test) {
  Collected all;
  predictor.each_block(split, [&](const PredictionBlock& block) {
    all.images.insert(all.images.end(), block.images.begin(), block.images.end());
    all.truth.insert(all.truth.end(), block.truth.begin(), block.truth.end());
    all.predicted.insert(all.predicted.end(), block.predicted.begin(), block.predicted.end());
    all.probabilities.insert(all.probabilities.end(), block.probabilities.begin(), block.probabilities.end());
  });
  return all;
}

}  // namespace

TEST_CASE("from a run's predictions its stored test metrics can be recomputed") {
  // The plain formulas of the definitions; all metrics against scikit-learn:
  // tests/support/check_predictions.py.
  const Trained trained;
  const Collected all = collect(trained.predictor());
  REQUIRE(all.truth.size() == 30);
  double right = 0.0, log_loss = 0.0, brier = 0.0;
  for (std::size_t i = 0; i < 30; ++i) {
    CHECK(all.images[i] == 90 + i);
    right += all.truth[i] == all.predicted[i] ? 1.0 : 0.0;
    double sum = 0.0;
    for (std::size_t c = 0; c < 3; ++c) {
      const double p = all.probabilities[3 * i + c];
      sum += p;
      brier += std::pow(p - (c == all.truth[i] ? 1.0 : 0.0), 2.0);
    }
    CHECK(sum == Approx(1.0));
    log_loss -= std::log(double{all.probabilities[3 * i + all.truth[i]]});
  }
  const MetricSuite stored = Reader(trained.file).run_selected(1).back().suite;
  CHECK(right / 30.0 == Approx(stored.accuracy));
  CHECK(log_loss / 30.0 == Approx(stored.log_loss).epsilon(1e-5));
  CHECK(brier / 30.0 == Approx(stored.brier).epsilon(1e-5));
}

TEST_CASE("a run keeps what it takes each test image for, of its selected epoch, and the labels") {
  const std::string selects = ", early_stopping: {monitor: validation.accuracy, patience: 2}";
  const Trained trained(GENERATE_COPY(std::string(), selects, selects + ", keep_weights: false"));
  const Reader reader(trained.file);
  const auto kept = reader.predictions({7, 1});
  REQUIRE(kept.size() == 1);
  const bool weights = reader.run_model(1).has_value();
  const Collected all = collect(trained.predictor({.retrain = !weights, .on_epoch = {}}));
  CHECK(kept[0].classes == all.predicted);
  CHECK(reader.truth(kept[0].dataset_id) == all.truth);
  CHECK(reader.truth(kept[0].dataset_id + 1).empty());
}

TEST_CASE("predictions that were changed in the file are not used, and the check names them") {
  const Trained trained;
  const std::string sql = GENERATE("UPDATE prediction SET classes = zeroblob(30)",
                                   "UPDATE prediction SET classes = x'00'", "UPDATE dataset SET images = 31");
  execute(trained.file, sql);
  const Reader reader(trained.file);
  CHECK(reader.predictions({1}).empty());
  const bool changed = sql.starts_with("UPDATE prediction");
  CHECK(reader.faults() ==
        (changed ? std::vector<std::string>{"the predictions of run 1 are damaged; reports leave them out"}
                 : std::vector<std::string>{}));
}

TEST_CASE("training a run again gives the predictions of the weights that were kept, bit for bit") {
  const Trained trained, without(", keep_weights: false");
  CHECK_THROWS_WITH(without.predictor(), Catch::Contains("keeps no weights") && Catch::Contains("--retrain"));
  PredictionOptions again;
  again.retrain = true;
  int told = 0;
  again.on_epoch = [&](int epoch, int) { told = epoch; };
  CHECK(collect(without.predictor(again)).probabilities == collect(trained.predictor()).probabilities);
  CHECK(told == Reader(without.file).run("1").best_epoch);
}

TEST_CASE("predictions of the validation split are those of the images that were held back") {
  const Trained trained;
  const Collected held_back = collect(trained.predictor(), SplitName::validation);
  const Collected learned = collect(trained.predictor(), SplitName::train);
  CHECK(held_back.images.size() == 18);
  CHECK(learned.images.size() == 72);
  for (const std::uint32_t image : held_back.images) {
    CHECK(std::find(learned.images.begin(), learned.images.end(), image) == learned.images.end());
  }
}

TEST_CASE("predictions are refused for other images, other weights, and a run that is not done") {
  const Trained trained;
  Dataset other = small_dataset();
  other.train_sha256 = std::string(64, '7');
  CHECK_THROWS_WITH(trained.predictor({}, other), Catch::Contains(std::string(64, '1')) &&
                                                      Catch::Contains(std::string(64, '7')) &&
                                                      Catch::Contains("data.path"));
  other = small_dataset();
  other.classes[2] = "d";
  CHECK_THROWS_WITH(trained.predictor({}, other),
                    Catch::Contains("class 2 was called 'c' and is called 'd'"));
  const Collected sound = collect(trained.predictor());
  const std::size_t count = std::stoul(row(trained.file, "SELECT length(weights) / 4 FROM model"));
  for (const char* damage : {"zeroblob(length(weights))", "x'0011'"}) {
    execute(trained.file, fmt::format("UPDATE model SET weights = {}", damage));
    CHECK_THROWS_WITH(trained.predictor(), Catch::Contains("damaged") && Catch::Contains("--retrain"));
    REQUIRE(Reader(trained.file).faults().size() == 1);
    CHECK_THAT(Reader(trained.file).faults()[0], Catch::Contains("the weights of run 1 are damaged"));
  }
  // Older programs wrote no digest beside the weights: then the metrics tell.
  for (const std::string number : {"00000000", "0000c07f"}) {  // zero, and what is no number
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) bytes += number;
    execute(trained.file, fmt::format("UPDATE model SET weights = x'{}', sha256 = NULL", bytes));
    CHECK_THROWS_WITH(trained.predictor(), Catch::Contains("are not those of the run: --retrain"));
  }
  PredictionOptions again;
  again.retrain = true;
  CHECK(collect(trained.predictor(again)).probabilities == sound.probabilities);
  execute(trained.file, "UPDATE run SET status = 'interrupted'");
  CHECK_THROWS_WITH(trained.predictor(), Catch::Contains("interrupted"));
}
