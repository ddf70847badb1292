#include "data/audit.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <numeric>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/random.hpp"
#include "data/equal_images.hpp"
#include "data/near_images.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

/// Images of 3 x 5 pixels with their labels, which a test may change before it makes a data set of them.
struct Images {
  std::vector<std::vector<std::uint8_t>> pixels;
  std::vector<std::uint8_t> labels;
  std::size_t train = 0;
  std::size_t classes = 3;

  Dataset dataset() const {
    Dataset made;
    made.rows = 3, made.columns = 5;
    for (std::size_t c = 0; c < classes; ++c)
      made.classes.push_back(std::string(1, static_cast<char>('a' + c)));
    made.train_images = train;
    made.test_images = labels.size() - train;
    std::vector<std::uint8_t> bytes;
    for (const auto& image : pixels) bytes.insert(bytes.end(), image.begin(), image.end());
    made.pixels = SharedBytes(std::move(bytes));
    made.labels = SharedBytes(labels);
    return made;
  }
};

/// Noise, in classes that come in turn.
Images clean(std::size_t train = 60, std::size_t test = 30, std::uint64_t seed = 1) {
  Stream stream(seed, "test/audit");
  Images made;
  made.train = train;
  for (std::size_t i = 0; i < train + test; ++i) {
    auto& image = made.pixels.emplace_back(15);
    for (auto& pixel : image) pixel = static_cast<std::uint8_t>(stream.below(256));
    made.labels.push_back(static_cast<std::uint8_t>(i % made.classes));
  }
  return made;
}

using Counts = std::vector<std::string>;  // "kind count", in the order of the report

Counts counts(const std::vector<DataFinding>& findings) {
  Counts all;
  for (const DataFinding& found : findings) all.push_back(fmt::format("{} {}", found.kind, found.count));
  return all;
}

Counts counts(const Images& images, const AuditOptions& options = {}) {
  return counts(audit(images.dataset(), options).findings);
}

AuditOptions near(double threshold) {
  AuditOptions options;
  options.near_threshold = threshold;
  return options;
}

/// A few of each fault.
Images faulty() {
  Images images = clean(200, 100);
  images.pixels[210] = images.pixels[211] = images.pixels[7];  // 210 and 211 as class 0 and 1, 7 as class 1
  images.pixels[30] = images.pixels[33];
  images.pixels[90] = images.pixels[91] = images.pixels[92];
  images.pixels[250] = images.pixels[40];
  images.pixels[250][3] ^= 8;
  return images;
}

Images shuffled(const Images& images, std::uint64_t seed) {
  std::vector<std::size_t> order(images.labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Stream stream(seed, "test/audit/shuffle");
  shuffle(std::span(order).first(images.train), stream);
  shuffle(std::span(order).subspan(images.train), stream);
  Images made = images;
  for (std::size_t i = 0; i < order.size(); ++i) {
    made.pixels[i] = images.pixels[order[i]];
    made.labels[i] = images.labels[order[i]];
  }
  return made;
}

}  // namespace

TEST_CASE("clean data give no finding, near-duplicates included") {
  CHECK(counts(clean()).empty());
  CHECK(counts(clean(), near(usual_near_threshold)).empty());
  CHECK(audit(clean().dataset()).train_images == 60);
  CHECK_FALSE(audit(clean().dataset()).near_threshold);
}

TEST_CASE("a test image that stands in train is a leak that names both") {
  Images images = clean();
  images.pixels[72] = images.pixels[9];
  images.labels[72] = images.labels[9];
  const auto findings = audit(images.dataset()).findings;
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].kind == "duplicates_across");
  CHECK(findings[0].severity() == Severity::leak);
  CHECK(findings[0].count == 1);
  CHECK_THAT(findings[0].detail, Contains("1 test image is in train as well") &&
                                     Contains("test image 12, equal to training image 9"));
}

TEST_CASE("an image that differs in one pixel by one grey level is not a duplicate") {
  Images images = clean();
  images.pixels[72] = images.pixels[9];
  images.pixels[72][14] ^= 1;
  CHECK(counts(images).empty());
  CHECK(counts(images, near(0)).empty());
  CHECK(counts(images, near(0.07)) == Counts{"near_duplicates 1"});
}

TEST_CASE("images that repeat within a split are counted without their first") {
  Images images = clean();
  for (const std::size_t copy : {3U, 6U, 9U}) images.pixels[copy] = images.pixels[0];
  images.pixels[63] = images.pixels[60];
  CHECK(counts(images) == Counts{"duplicates_in_train 3", "duplicates_in_test 1"});
}

TEST_CASE("the same image under two labels is a conflict, within a split and between the two") {
  Images images = clean();
  images.pixels[1] = images.pixels[0];
  CHECK(counts(images) == Counts{"duplicates_in_train 1", "label_conflicts 2"});
  images = clean();
  images.pixels[61] = images.pixels[0];
  CHECK(counts(images) == Counts{"duplicates_across 1", "label_conflicts 1"});
  images.pixels[62] = images.pixels[0];
  const auto findings = audit(images.dataset()).findings;
  CHECK(counts(findings) ==
        Counts{"duplicates_across 2", "duplicates_in_test 1", "label_conflicts 2", "label_conflicts 2"});
  CHECK(findings[0].severity() == Severity::leak);
  CHECK(findings[1].severity() == Severity::warning);
}

TEST_CASE("groups of equal images are exact whatever the hash") {
  const Dataset dataset = faulty().dataset();
  const auto groups = equal_images(dataset);
  CHECK(groups == std::vector<std::vector<std::uint32_t>>{{7, 210, 211}, {30, 33}, {90, 91, 92}});
  CHECK(equal_images(dataset, [](std::span<const std::uint8_t>) { return std::uint64_t{0}; }) == groups);
  CHECK(equal_images(dataset, [](std::span<const std::uint8_t> p) { return std::uint64_t{p[0]} % 4; }) ==
        groups);
}

TEST_CASE("a data set of one image many times over is one group") {
  Images images = clean(20, 10);
  for (auto& image : images.pixels) image = images.pixels[0];
  const auto groups = equal_images(images.dataset());
  REQUIRE(groups.size() == 1);
  CHECK(groups[0].size() == 30);
}

TEST_CASE("the order of the images changes no count") {
  const AuditOptions options = near(2.0);
  const Counts expected = counts(faulty(), options);
  CHECK(expected == Counts{"duplicates_across 2", "near_duplicates 1", "duplicates_in_train 3",
                           "duplicates_in_test 1", "label_conflicts 3", "label_conflicts 2",
                           "label_conflicts 1"});
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    CHECK(counts(shuffled(faulty(), seed), options) == expected);
}

TEST_CASE("the search for near-duplicates misses none and names none beyond the threshold") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Images images = clean(80, 40, seed);
    Stream stream(seed, "test/near");
    for (std::size_t i = 80; i < 120; i += 2) {  // half the test images: a training image with noise
      images.pixels[i] = images.pixels[stream.below(80)];
      for (auto& pixel : images.pixels[i]) {
        pixel = static_cast<std::uint8_t>(
            std::clamp<int>(int{pixel} + static_cast<int>(stream.below(41)) - 20, 0, 255));
      }
    }
    const Dataset dataset = images.dataset();
    for (const double threshold : {0.0, 3.0, 9.0, 10.0, 40.0, 70.0, 255.0}) {
      std::size_t expected = 0;
      for (std::uint32_t test = 80; test < 120; ++test) {
        double least = 256.0;
        for (std::uint32_t train = 0; train < 80; ++train) {
          int sum = 0;
          for (std::size_t p = 0; p < 15; ++p)
            sum += std::abs(dataset.image(test)[p] - dataset.image(train)[p]);
          least = std::min(least, sum / 15.0);
        }
        expected += least <= threshold;
      }
      const NearSearch search = near_images(dataset, threshold, 1'000'000);
      CAPTURE(seed, threshold);
      CHECK(search.checked == 40);
      CHECK(search.pairs.size() == expected);
      for (const NearPair& pair : search.pairs) CHECK(pair.difference <= threshold);
    }
  }
}

TEST_CASE("a search that became too long says how far it got") {
  const Dataset dataset = clean().dataset();
  AuditOptions options = near(255.0);
  options.most_comparisons = 10 * 60;
  const AuditReport report = audit(dataset, options);
  CHECK(report.near_checked == 10);
  CHECK(counts(report.findings) == Counts{"near_duplicates 10"});
}

TEST_CASE("exact copies are not told a second time as near ones") {
  Images images = clean();
  images.pixels[60] = images.pixels[0];
  images.labels[60] = images.labels[0];
  images.pixels[61] = images.pixels[1];
  images.pixels[61][0] ^= 1;
  CHECK(counts(images, near(1.0)) == Counts{"duplicates_across 1", "near_duplicates 1"});
}

TEST_CASE("a class that one split lacks is told by its name, and one that both lack is a note") {
  Images images = clean();
  images.classes = 4;
  std::replace(images.labels.begin() + 60, images.labels.end(), std::uint8_t{1}, std::uint8_t{2});
  const auto findings = audit(images.dataset()).findings;
  CHECK(counts(findings) == Counts{"missing_class 1", "unused_class 1"});
  CHECK_THAT(findings[0].detail, Contains("images in train and none in test: 'b'"));
  CHECK(findings[1].severity() == Severity::note);
  std::replace(images.labels.begin(), images.labels.begin() + 60, std::uint8_t{0}, std::uint8_t{1});
  CHECK_THAT(audit(images.dataset()).findings[0].detail, Contains("images in test and none in train: 'a'"));
}

TEST_CASE("a split without an image is told once, without its missing classes") {
  CHECK(counts(clean(60, 0)) == Counts{"empty_split 1"});
  CHECK(counts(clean(0, 30)) == Counts{"empty_split 1"});
  CHECK(counts(clean(0, 0)) == Counts{"empty_split 1", "empty_split 1", "unused_class 3"});
  CHECK(counts(clean(60, 0), near(1.0)) == Counts{"empty_split 1"});
}

TEST_CASE("labels beyond the classes are counted") {
  Images images = clean();
  images.labels[5] = 3;
  images.labels[80] = 255;
  CHECK(counts(images) == Counts{"labels_beyond_classes 2"});
}

TEST_CASE("class shares that differ are told, and what chance explains is not") {
  Images images = clean(600, 300);
  CHECK(counts(images).empty());
  for (std::size_t i = 600; i < 900; ++i)
    images.labels[i] = static_cast<std::uint8_t>(i % 10 < 6 ? 0 : 1 + i % 2);
  const auto findings = audit(images.dataset()).findings;
  REQUIRE(counts(findings) == Counts{"class_shares 1"});
  CHECK_THAT(findings[0].detail, Contains("33.33% of train, 60.00% of test"));
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    Stream stream(seed, "test/shares");
    Images random = clean(700, 300, seed);
    random.classes = 10;
    for (auto& label : random.labels) label = static_cast<std::uint8_t>(stream.below(10));
    CHECK(counts(random).empty());
  }
}

TEST_CASE("a validation share that leaves a class with nothing is told") {
  Images images = clean();
  images.classes = 4;
  images.labels[17] = 3;
  images.labels[70] = 3;
  const Dataset dataset = images.dataset();
  DataSettings settings;
  settings.validation = 0.1;
  const auto findings = audit_partition(dataset, partition(dataset, settings, 1));
  REQUIRE(counts(findings) == Counts{"missing_class 1"});
  CHECK_THAT(findings[0].detail, Contains("images to train on and none for validation: 'd'"));
  settings.validation = 0.0;
  CHECK(audit_partition(dataset, partition(dataset, settings, 1)).empty());
}

TEST_CASE("glyphs are clean") {
  DataSettings settings;
  settings.train_images = 4700;
  settings.test_images = 1880;
  CHECK(counts(audit(load_dataset(settings), near(usual_near_threshold)).findings).empty());
}

TEST_CASE("real EMNIST characters are clean, and every fault planted among them is found") {
  const char* named = std::getenv("ABLATE_EMNIST47");
  const std::string folder =
      named ? named : ablate::test::source_folder().string() + "/../shared/data/emnist-47";
  if (!std::filesystem::exists(folder)) {
    WARN("no real EMNIST images at hand: set ABLATE_EMNIST47 to the folder of emnist-47");
    return;
  }
  DataSettings settings;
  settings.source = Source::emnist;
  settings.path = folder;
  settings.split = "47";
  Dataset dataset = load_dataset(settings);
  CHECK(counts(audit(dataset, near(usual_near_threshold)).findings).empty());

  const auto bytes = dataset.pixels.span();
  std::vector<std::uint8_t> pixels(bytes.begin(), bytes.end());
  const auto copy = [&](std::size_t from, std::size_t to) {
    std::copy_n(pixels.begin() + static_cast<std::ptrdiff_t>(from * 784), 784,
                pixels.begin() + static_cast<std::ptrdiff_t>(to * 784));
  };
  for (std::size_t i = 0; i < 100; ++i) copy(i * 7, dataset.train_images + i * 11);
  for (std::size_t i = 0; i < 50; ++i) copy(40'000 + i, 50'000 + i);
  dataset.pixels = SharedBytes(std::move(pixels));
  CHECK_THAT(counts(audit(dataset).findings),
             Catch::VectorContains(std::string("duplicates_across 100")) &&
                 Catch::VectorContains(std::string("duplicates_in_train 50")));
}

TEST_CASE("of a hundred thousand equal images each copy is counted, and each label that differs") {
  Images images;
  images.train = 100'000;
  images.pixels.assign(100'001, std::vector<std::uint8_t>(15, 0));
  images.labels.assign(100'001, 1);
  CHECK(counts(images) == Counts{"duplicates_across 1", "duplicates_in_train 99999", "unused_class 2"});
  images.labels[7] = 2;
  images.labels[100'000] = 0;
  CHECK(counts(images) == Counts{"duplicates_across 1", "duplicates_in_train 99999", "label_conflicts 100000",
                                 "label_conflicts 1", "missing_class 1", "missing_class 2"});
}
