#include "runner/forecast.hpp"

#include <catch2/catch.hpp>

#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

VariantRecord variant(const std::string& name, std::int64_t flops) {
  VariantRecord record = variant_named(name);
  record.flops_per_sample = flops;
  return record;
}

/// One study with the variants "a" (10 FLOPs an image) and "b" (30), a run each; only the first has epochs.
struct Measured {
  Folder folder;
  std::filesystem::path file = folder / "a.db";
  Store store{file};
  std::int64_t study_id = store.plan(study_named("s"), {variant("a", 10), variant("b", 30)}, {1});
  std::int64_t run_id = claim(store, study_id)->id;

  /// An epoch of 100 images: a second to train, the rest to evaluate and store.
  void add_epoch(int epoch, double evaluate_seconds, const std::string& store_seconds) {
    EpochRecord record = epoch_of(epoch, 0.5);
    record.train_seconds = 1.0;
    record.evaluate_seconds = evaluate_seconds;
    record.samples_per_second = 100.0;
    store.add_epoch(run_id, record, 60.0);
    execute(file,
            "UPDATE epoch SET store_seconds = " + store_seconds + " WHERE epoch = " + std::to_string(epoch));
  }
};

}  // namespace

TEST_CASE("a forecast rests on the configuration's own runs: training, evaluating and storing an image") {
  Measured measured;
  measured.add_epoch(1, 0.5, "0.5");
  measured.add_epoch(2, 2.5, "0.5");
  const auto forecast = Rates(Reader(measured.file)).forecast(variant("a", 10), 1'000);
  REQUIRE(forecast);
  CHECK(forecast->seconds == Approx(1'000 * 6.0 / 200));
  CHECK(forecast->basis == ForecastBasis::own_runs);
}

TEST_CASE("a configuration without runs is forecast from the others by its FLOPs") {
  Measured measured;
  measured.add_epoch(1, 0.5, "0.5");
  const auto forecast = Rates(Reader(measured.file)).forecast(variant("b", 30), 1'000);
  REQUIRE(forecast);
  CHECK(forecast->seconds == Approx(1'000 * 30 * 2.0 / (100 * 10)));
  CHECK(forecast->basis == ForecastBasis::other_runs);
}

TEST_CASE("without an epoch nothing is forecast") {
  Measured measured;
  CHECK_FALSE(Rates(Reader(measured.file)).forecast(variant("a", 10), 1'000));
  CHECK_FALSE(Rates().forecast(variant("a", 10), 1'000));
}
