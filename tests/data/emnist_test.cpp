#include <algorithm>
#include <cstdlib>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "data/dataset.hpp"
#include "data/files.hpp"
#include "data/sources.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

DataSettings emnist(const std::string& folder, const std::string& split) {
  DataSettings settings;
  settings.source = Source::emnist;
  settings.path = folder;
  settings.split = split;
  return settings;
}

/// Real images, where they are at hand.
std::string emnist_47_folder() {
  const char* named = std::getenv("ABLATE_EMNIST47");
  return named ? named : source_folder().string() + "/../shared/data/emnist-47";
}

void write_split(const TemporaryFolder& folder, const std::string& split) {
  const std::string prefix = "emnist-" + split + "-";
  folder.write(prefix + "train-images-idx3-ubyte.gz", gzipped(idx_images(2, 2, 2, "abcdefgh")));
  folder.write(prefix + "train-labels-idx1-ubyte", idx_labels({1, 0}));
  folder.write(prefix + "test-images-idx3-ubyte", idx_images(1, 2, 2, "wxyz"));
  folder.write(prefix + "test-labels-idx1-ubyte.gz", gzipped(idx_labels({1})));
  folder.write(prefix + "mapping.txt", "0 48\r\n1 65\r\n");
}

}  // namespace

TEST_CASE("an EMNIST split is found by its name, plain or gzipped, put upright and named by its mapping") {
  const TemporaryFolder folder;
  write_split(folder, "my own");
  const Dataset dataset = load_dataset(emnist(folder.text(), "my own"));
  CHECK(dataset.name == "emnist-my own");
  CHECK(dataset.classes == std::vector<std::string>{"0", "A"});
  const auto first = dataset.image(0);
  CHECK(std::string(first.begin(), first.end()) == "acbd");
  CHECK(dataset.label(0) == 1);

  DataSettings as_stored = emnist(folder.text(), "my own");
  as_stored.transposed = false;
  const Dataset stored = load_dataset(as_stored);
  CHECK(std::string(stored.image(0).begin(), stored.image(0).end()) == "abcd");
  CHECK(stored.train_sha256 != dataset.train_sha256);
}

TEST_CASE("an EMNIST split that is not there is answered with those that are, and with where to get it") {
  const TemporaryFolder folder;
  write_split(folder, "letters");
  write_split(folder, "digits");
  CHECK_THROWS_WITH(load_dataset(emnist(folder.text(), "leters")),
                    Contains("EMNIST split 'leters': not found in " + folder.text()) &&
                        Contains("emnist-leters-train-images-idx3-ubyte[.gz]") &&
                        Contains("--set data.split=letters") && Contains("digits") &&
                        Contains("https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip"));
  CHECK_THROWS_WITH(load_dataset(emnist(folder.text() + "/absent", "balanced")),
                    Contains("no split is there"));
}

TEST_CASE("an EMNIST split that lacks one file names that one alone") {
  const TemporaryFolder folder;
  write_split(folder, "digits");
  std::filesystem::remove(folder.path() / "emnist-digits-test-images-idx3-ubyte");
  CHECK_THROWS_WITH(load_dataset(emnist(folder.text(), "digits")),
                    Contains("emnist-digits-test-images-idx3-ubyte[.gz]") && !Contains("train-labels"));
}

TEST_CASE("real EMNIST images stand upright") {
  if (!std::filesystem::exists(emnist_47_folder())) {
    WARN("no real EMNIST images at hand: set ABLATE_EMNIST47 to the folder of emnist-47");
    return;
  }
  const Dataset dataset = load_dataset(emnist(emnist_47_folder(), "47"));
  CHECK(dataset.train_images == 88362);
  CHECK(dataset.test_images == 15620);
  REQUIRE(dataset.classes.size() == 47);
  CHECK(dataset.classes[10] == "A");
  CHECK(dataset.classes[46] == "t");
  // numpy: hashlib.sha256(b'28 28 15620\n' + pixels transposed per image + labels)
  CHECK(dataset.test_sha256 == "74c8a0106bed36945895852144032e490166fe9ed03564b4ac7dcafad8cb3f28");

  // The mean T has its bar on top: more ink in the upper third than in the right one.
  double top = 0.0;
  double right = 0.0;
  for (std::size_t i = 0; i < dataset.train_images; ++i) {
    if (dataset.label(i) != 29) continue;
    const auto image = dataset.image(i);
    for (std::size_t p = 0; p < image.size(); ++p) {
      if (p / 28 < 9) top += image[p];
      if (p % 28 > 18) right += image[p];
    }
  }
  CHECK(top > 1.5 * right);
}

TEST_CASE("Debian's Fashion-MNIST has its 70,000 images in ten named classes") {
  DataSettings settings;
  settings.source = Source::fashion_mnist;
  if (!std::filesystem::exists("/usr/share/datasets/fashion-mnist")) {
    WARN("Debian's package dataset-fashion-mnist is not installed");
    return;
  }
  const Dataset dataset = load_dataset(settings);
  CHECK(dataset.name == "fashion_mnist");
  CHECK(dataset.train_images == 60000);
  CHECK(dataset.test_images == 10000);
  CHECK(dataset.classes.size() == 10);
  CHECK(dataset.classes[9] == "Ankle boot");
  CHECK(dataset.label(0) == 9);
  // gzip -dc, headers cut off, then sha256sum of '28 28 10000\n', pixels and labels
  CHECK(dataset.test_sha256 == "c93af6066d706cfe076b585aa5e9886fec9451c04ce016063a5d6faa94dcd7d1");
}

TEST_CASE("Fashion-MNIST that is not there is answered with the commands that get it") {
  const TemporaryFolder folder;
  DataSettings settings;
  settings.source = Source::fashion_mnist;
  settings.path = folder.text();
  CHECK_THROWS_WITH(load_dataset(settings), Contains("train-images-idx3-ubyte[.gz]") &&
                                                Contains("./ablate data fetch fashion_mnist") &&
                                                Contains("apt-get install dataset-fashion-mnist"));
}

TEST_CASE("every source is listed with how to get it, and glyphs are always there") {
  const std::vector<SourceInfo> sources = list_sources();
  std::vector<std::string> names;
  for (const SourceInfo& source : sources) {
    names.push_back(source.name);
    CHECK_FALSE(source.description.empty());
    CHECK_FALSE(source.how_to_get.empty());
  }
  CHECK(names == std::vector<std::string>{"glyphs", "fashion_mnist", "emnist", "idx", "csv", "npz", "folder",
                                          "cifar"});
  CHECK_FALSE(sources[0].present.empty());
}
