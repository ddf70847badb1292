#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "compute/dispatch.hpp"
#include "runner/machine.hpp"
#include "runner/sweep_support.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a study does not go on with other images than those it began with") {
  const TemporaryFolder folder;
  Silent listener;
  const Study study = study_of("{list: {a: {}}}");
  sweep(study, folder / "a.db", listener);
  DatasetCache others([](const DataSettings&) {
    Dataset dataset = small_dataset();
    dataset.test_sha256 = std::string(64, '9');
    return dataset;
  });
  const std::atomic<bool> never = false;
  const Study grown = study_of("{list: {a: {}, b: {model.skip: none}}}");
  CHECK_THROWS_WITH(run_sweep(grown, folder / "a.db", others, in_process(), listener, never),
                    Catch::Contains("the test images of small") && Catch::Contains(std::string(64, '2')) &&
                        Catch::Contains(std::string(64, '9')) &&
                        Catch::Contains("try: put the earlier files"));
  CHECK(ask(folder / "a.db", "SELECT count(*) FROM run")[0] == "2");
}

TEST_CASE("every run knows its data, its machine and its code") {
  const TemporaryFolder folder;
  Silent listener;
  sweep(study_of(two_skips), folder / "a.db", listener);
  CHECK(ask(folder / "a.db",
            "SELECT count(*) FROM run r JOIN machine m ON m.id = r.machine_id JOIN dataset d ON d.id = "
            "r.train_dataset_id WHERE r.code_version <> '' AND d.images = 90")[0] == "4");
  CHECK(this_machine().cores > 0);
  CHECK(this_machine().blas_core == std::string(compute::kernels().name));
}

TEST_CASE(
    "a sweep audits each data set once, before it trains, and stores what it found with the runs concerned") {
  const TemporaryFolder folder;
  Silent listener;
  const DatasetCache::Loader loader = [](const DataSettings& settings) {
    Dataset dataset = small_dataset();
    if (!settings.train_images) return dataset;
    std::vector<std::uint8_t> pixels(dataset.pixels.span().begin(), dataset.pixels.span().end());
    std::copy_n(pixels.begin(), 16,
                pixels.begin() + 90 * 16);  // the first test image is the first training image
    dataset.pixels = SharedBytes(std::move(pixels));
    return dataset;
  };
  DatasetCache datasets(loader);
  const std::atomic<bool> never = false;
  run_sweep(study_of("{list: {a: {}, b: {model.skip: none}, leaky: {data.train_images: 90}, "
                     "both: {data.train_images: 90, data.train_on: [train, test]}}}"),
            folder / "a.db", datasets, in_process(), listener, never);
  REQUIRE(listener.audits.size() == 1);
  CHECK(listener.audits[0].data.size() == 2);
  REQUIRE(listener.audits[0].findings.size() == 2);
  CHECK(listener.audits[0].findings[0].finding.kind == "trained_on_test");
  CHECK(listener.audits[0].findings[0].variants == std::vector<std::string>{"both"});
  CHECK(listener.audits[0].findings[1].variants == std::vector<std::string>{"leaky", "both"});
  CHECK(ask(folder / "a.db",
            "SELECT v.name, r.seed, l.kind, l.count FROM leak l JOIN run r ON r.id = l.run_id "
            "JOIN variant v ON v.id = r.variant_id ORDER BY r.seed, v.position, l.kind LIMIT 3") ==
        std::vector<std::string>{"leaky|1|duplicates_across|1", "both|1|duplicates_across|1",
                                 "both|1|trained_on_test|30"});
  CHECK(ask(folder / "a.db",
            "SELECT count(*), min(train_images), max(test_images), max(comparison) FROM audit") ==
        std::vector<std::string>{"8|90|30|exact"});
}

TEST_CASE("near-duplicates that were asked for are looked for before training and stored with the runs") {
  const TemporaryFolder folder;
  Silent listener;
  DatasetCache datasets([](const DataSettings&) {
    Dataset dataset = small_dataset();
    std::vector<std::uint8_t> pixels(dataset.pixels.span().begin(), dataset.pixels.span().end());
    std::copy_n(pixels.begin(), 16, pixels.begin() + 90 * 16);
    pixels[90 * 16] =
        static_cast<std::uint8_t>(pixels[90 * 16] ^ 1);  // a grey level in one of sixteen pixels
    dataset.pixels = SharedBytes(std::move(pixels));
    return dataset;
  });
  const std::atomic<bool> never = false;
  SweepOptions options = in_process();
  options.audit.near_threshold = 1.0;
  run_sweep(study_of("{list: {a: {}}}"), folder / "a.db", datasets, options, listener, never);
  CHECK(ask(folder / "a.db", "SELECT DISTINCT kind, count FROM leak")[0] == "near_duplicates|1");
  CHECK(ask(folder / "a.db", "SELECT DISTINCT comparison FROM audit")[0] ==
        "exact, and near: within 1 grey levels");
}

TEST_CASE("a data set is loaded once for all variants that differ only in how they divide it") {
  int loads = 0;
  DatasetCache datasets([&](const DataSettings&) {
    ++loads;
    return small_dataset();
  });
  DataSettings settings;
  const auto first = datasets.get(settings);
  settings.validation = 0.3;
  CHECK(datasets.get(settings) == first);
  settings.train_images = 20;
  CHECK(datasets.get(settings) != first);
  CHECK(loads == 2);
}
