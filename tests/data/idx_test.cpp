#include "data/idx.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "data/dataset.hpp"
#include "data/files.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

constexpr const char* train_images = "train-images-idx3-ubyte";
constexpr const char* train_labels = "train-labels-idx1-ubyte";
constexpr const char* test_images = "t10k-images-idx3-ubyte";
constexpr const char* test_labels = "t10k-labels-idx1-ubyte";

/// Two training images and one test image of 1 x 3 pixels, whole and right; a test then spoils one file.
class SmallSet {
 public:
  SmallSet() {
    folder.write(train_images, idx_images(2, 1, 3, "abcdef"));
    folder.write(train_labels, idx_labels({0, 2}));
    folder.write(test_images, idx_images(1, 1, 3, "xyz"));
    folder.write(test_labels, idx_labels({1}));
    settings.source = Source::idx;
    settings.path = folder.text();
  }

  Dataset load() const { return load_dataset(settings); }

  TemporaryFolder folder;
  DataSettings settings;
};

std::string text(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

TEST_CASE("a folder of IDX files with the usual names is a data set of any size") {
  const SmallSet set;
  const Dataset dataset = set.load();
  CHECK(dataset.rows == 1);
  CHECK(dataset.columns == 3);
  CHECK(dataset.train_images == 2);
  CHECK(dataset.test_images == 1);
  CHECK(text(dataset.pixels.span()) == "abcdefxyz");
  CHECK(dataset.label(1) == 2);
  CHECK(dataset.classes == std::vector<std::string>{"0", "1", "2"});
  CHECK(dataset.name == set.folder.path().filename());
  CHECK(dataset.origin == set.folder.text());
}

TEST_CASE("a share for the test is refused where a folder of IDX files holds a test set") {
  SmallSet set;
  set.settings.test = 0.5;
  CHECK_THROWS_WITH(set.load(), Catch::Contains("a share is asked for, and the files hold a test set") &&
                                    Catch::Contains("t10k-images-idx3-ubyte"));
}

TEST_CASE("a split's digest is SHA-256 over its sizes, pixels and labels") {
  const Dataset dataset = SmallSet().load();
  // printf '1 3 2\nabcdef\0\2' | sha256sum; printf '1 3 1\nxyz\1' | sha256sum
  CHECK(dataset.train_sha256 == "705ea9e52d8ed8df9db6ff2d76d0269fcd7eee7beb1474c45f0e8444f10cb892");
  CHECK(dataset.test_sha256 == "f23bab6e9811d3f0e0b3d04c295bcb2975e4d2ee2e1b66eb9f9e942bbd33d36d");
}

TEST_CASE("gzipped and plain files give the same data set, and a gzip file may have several members") {
  const SmallSet set;
  const std::string before = set.load().train_sha256;
  std::filesystem::remove(set.folder.path() / train_images);
  const std::string plain = idx_images(2, 1, 3, "abcdef");
  set.folder.write(std::string(train_images) + ".gz",
                   gzipped(plain.substr(0, 18)) + gzipped(plain.substr(18)));
  CHECK(set.load().train_sha256 == before);
}

TEST_CASE("files named one by one are looked for from data.path") {
  SmallSet set;
  set.settings.files = {{train_images, train_labels}, {test_images, test_labels}};
  CHECK(text(set.load().image(2)) == "xyz");
  set.settings.files.test = {test_images};
  CHECK_THROWS_WITH(set.load(), Contains("data.files.test: 1 files named, and 2 expected"));
}

TEST_CASE("images stored columns first are put right when data.transposed says so") {
  SmallSet set;
  set.folder.write(train_images, idx_images(2, 2, 3, "abcdefghijkl"));
  set.folder.write(test_images, idx_images(1, 2, 3, "uvwxyz"));
  set.settings.transposed = true;
  const Dataset dataset = set.load();
  CHECK(dataset.rows == 3);
  CHECK(dataset.columns == 2);
  CHECK(text(dataset.image(0)) == "adbecf");
  CHECK(text(dataset.image(2)) == "uxvywz");
}

TEST_CASE("a mapping file names the classes and maps labels that begin at 1") {
  SmallSet set;
  set.folder.write(train_labels, idx_labels({1, 3}));
  set.folder.write(test_labels, idx_labels({2}));
  set.folder.write("mapping.txt", "1 65 97\n2 228\n3 8364\n");
  set.settings.mapping = (set.folder.path() / "mapping.txt").string();
  const Dataset dataset = set.load();
  CHECK(dataset.classes == std::vector<std::string>{"Aa", "\xC3\xA4", "\xE2\x82\xAC"});
  CHECK(text(dataset.labels.span()) == std::string("\0\2\1", 3));

  set.folder.write(train_labels, idx_labels({1, 4}));
  CHECK_THROWS_WITH(set.load(),
                    Contains("train-labels-idx1-ubyte: byte 9: label 4 is outside the classes 1 to 3"));
}

TEST_CASE("a bad mapping file is refused with its line") {
  SmallSet set;
  set.settings.mapping = (set.folder.path() / "mapping.txt").string();
  CHECK_THROWS_WITH(set.load(), Contains("cannot open") && Contains("mapping.txt"));
  const auto refused_with = [&](const char* content, const char* message) {
    set.folder.write("mapping.txt", content);
    CHECK_THROWS_WITH(set.load(), Contains(message));
  };
  refused_with("0 48\n1 x\n", "mapping.txt:2: '1 x' lacks a character code");
  refused_with("0 48\n\nzero\n", "mapping.txt:3: 'zero' does not begin with a label");
  refused_with("0 48\n0 49\n", "mapping.txt:2: label 0 appears twice");
  refused_with("256 48\n", "mapping.txt:1: label 256 is outside 0 to 255");
  refused_with("0 7\n", "mapping.txt:1: 7 is not the code of a printable character");
  refused_with("0 1114112\n", "is not the code of a printable character");
  refused_with("0 48 trailing\n", "lacks a character code");
  refused_with("\n", "mapping.txt: holds no classes");
}

TEST_CASE("a file that is no IDX file of its kind is refused with what it is") {
  const SmallSet set;
  set.folder.write(train_images, idx_labels({0, 1}));
  CHECK_THROWS_WITH(set.load(), Contains("byte 0: the file holds labels, where images were expected"));
  set.folder.write(train_images, "PK\x03\x04 and so on, a zip file");
  CHECK_THROWS_WITH(set.load(),
                    Contains("byte 0: magic number 0x504b0304, where IDX images begin with 0x00000803"));
  set.folder.write(train_images, big_endian(0x803).substr(0, 3));
  CHECK_THROWS_WITH(set.load(), Contains("byte 3: the file ends inside the header of 16 bytes"));
  set.folder.write(train_images, "");
  CHECK_THROWS_WITH(set.load(), Contains("byte 0: the file ends inside the header"));
}

TEST_CASE("images and labels in each other's place are refused") {
  SmallSet set;
  set.settings.files = {{train_labels, train_images}, {test_images, test_labels}};
  CHECK_THROWS_WITH(set.load(), Contains("holds labels, where images were expected") && Contains("exchange"));
}

TEST_CASE("a plain file shorter than its header claims is refused before memory is taken") {
  const SmallSet set;
  set.folder.write(train_images, idx_images(2, 1, 3, "abcde"));
  CHECK_THROWS_WITH(set.load(),
                    Contains("byte 4: 2 images need 22 bytes, and the file cannot hold more than 21"));
  set.folder.write(train_images, idx_images(2'000'000, 28, 28, "abcde"));
  CHECK_THROWS_WITH(set.load(), Contains("byte 4: 2000000 images need 1568000016 bytes"));
  set.folder.write(train_images, idx_images(0xFFFFFFFF, 256, 256, "abcde"));
  CHECK_THROWS_WITH(set.load(), Contains("byte 4: 4294967295 images take 281474976645120 bytes") &&
                                    Contains("at most 2147483648 bytes are read"));
}

TEST_CASE("a gzip file that holds less than its header claims is refused where it ends") {
  const SmallSet set;
  set.folder.write(train_images, gzipped(idx_images(2, 1, 3, "abcde")));
  CHECK_THROWS_WITH(set.load(), Contains("byte 21: the file ends after 1 of 2 images"));
  set.folder.write(train_images, gzipped(idx_images(2'000'000, 28, 28, "abcde")));
  CHECK_THROWS_WITH(set.load(),
                    Contains("byte 4: 2000000 images need 1568000016 bytes, and the file cannot hold"));
}

TEST_CASE("a gzip file that ends early or is damaged is refused with the byte") {
  const SmallSet set;
  const std::string whole = gzipped(idx_images(2, 1, 3, "abcdef"));
  for (const std::size_t length :
       {whole.size() - 1, whole.size() - 8, whole.size() - 12, std::size_t{11}, std::size_t{2}}) {
    set.folder.write(train_images, whole.substr(0, length));
    CHECK_THROWS_WITH(set.load(), Contains(fmt::format("byte {}: the gzip stream ends early", length)));
  }
  std::string damaged = whole;
  damaged[whole.size() - 6] = static_cast<char>(damaged[whole.size() - 6] ^ 1);  // of the check sum
  set.folder.write(train_images, damaged);
  CHECK_THROWS_WITH(set.load(), Contains("the gzip stream is corrupt (incorrect data check)"));
  damaged = whole;
  damaged[2] = 9;  // compression method
  set.folder.write(train_images, damaged);
  CHECK_THROWS_WITH(set.load(), Contains("the gzip stream is corrupt (unknown compression method)"));
}

TEST_CASE("bytes after the end are refused, after the images as after the gzip stream") {
  const SmallSet set;
  set.folder.write(train_images, idx_images(2, 1, 3, "abcdefg"));
  CHECK_THROWS_WITH(set.load(), Contains("byte 22: the file goes on after its 2 images"));
  set.folder.write(train_images, gzipped(idx_images(2, 1, 3, "abcdefg")));
  CHECK_THROWS_WITH(set.load(), Contains("byte 22: the file goes on after its 2 images"));
  const std::string whole = gzipped(idx_images(2, 1, 3, "abcdef"));
  set.folder.write(train_images, whole + "more");
  CHECK_THROWS_WITH(set.load(),
                    Contains(fmt::format("byte {}: bytes follow the end of the gzip stream", whole.size())));
}

TEST_CASE("counts and sizes that differ between files are refused") {
  const SmallSet set;
  set.folder.write(train_labels, idx_labels({0, 1, 2}));
  CHECK_THROWS_WITH(set.load(),
                    Contains("train-labels-idx1-ubyte: byte 4: 3 labels, and") && Contains("holds 2 images"));
  set.folder.write(train_labels, idx_labels({0, 1}));
  set.folder.write(test_images, idx_images(1, 3, 1, "xyz"));
  CHECK_THROWS_WITH(set.load(), Contains("byte 8: images of 3 x 1 pixels, and") && Contains("holds 1 x 3"));
}

TEST_CASE("no images, images without pixels and images that are too large are refused") {
  const SmallSet set;
  set.folder.write(train_images, idx_images(0, 1, 3, ""));
  CHECK_THROWS_WITH(set.load(), Contains("byte 4: the file holds no images"));
  set.folder.write(train_images, idx_images(2, 0, 3, ""));
  CHECK_THROWS_WITH(set.load(), Contains("byte 8: images of 0 x 3 pixels"));
  set.folder.write(train_images, idx_images(2, 257, 3, "abcdef"));
  CHECK_THROWS_WITH(set.load(), Contains("byte 8: images of 257 x 3 pixels") && Contains("256 x 256"));
}

TEST_CASE("a missing file is named with the names that were looked for") {
  const SmallSet set;
  std::filesystem::remove(set.folder.path() / test_labels);
  CHECK_THROWS_WITH(set.load(), Contains("not found in " + set.folder.text()) &&
                                    Contains("t10k-labels-idx1-ubyte[.gz] or test-labels-idx1-ubyte[.gz]"));
  std::filesystem::create_directory(set.folder.path() / test_labels);
  CHECK_THROWS_WITH(set.load(), Contains("t10k-labels-idx1-ubyte[.gz]"));
  CHECK_THROWS_WITH(read_idx({set.folder.path(), {}, {}, {}}, ClassMap()), Contains("not a regular file"));
  DataSettings nowhere;
  nowhere.source = Source::idx;
  CHECK_THROWS_WITH(load_dataset(nowhere), Contains("the source idx needs data.path or data.files"));
}

TEST_CASE("a mapping that begins with a byte order mark is read") {
  SmallSet set;
  set.folder.write("mapping.txt",
                   "\xEF\xBB\xBF"
                   "0 48\r\n1 49\r\n2 65\r\n");
  set.settings.mapping = (set.folder.path() / "mapping.txt").string();
  CHECK(set.load().classes == std::vector<std::string>{"0", "1", "A"});
}

TEST_CASE("two labels of one name are refused") {
  SmallSet set;
  set.folder.write("mapping.txt", "0 48\n1 65\n2 65\n");
  set.settings.mapping = (set.folder.path() / "mapping.txt").string();
  CHECK_THROWS_WITH(set.load(), Contains("mapping.txt:3: labels 1 and 2 are both called 'A'"));
}

TEST_CASE("without a mapping the classes are the labels that occur") {
  SmallSet set;
  set.folder.write(train_labels, idx_labels({1, 26}));
  set.folder.write(test_labels, idx_labels({200}));
  const Dataset dataset = set.load();
  CHECK(dataset.classes == std::vector<std::string>{"1", "26", "200"});
  CHECK(text(dataset.labels.span()) == std::string("\0\1\2", 3));
}
