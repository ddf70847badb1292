#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "data/dataset.hpp"
#include "data/files.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// Images of 2 x 2 pixels in files of our own names.
class SmallCsv {
 public:
  explicit SmallCsv(std::string_view train, std::string_view test = "0,1,2,3,4\n") {
    folder.write("train.csv", train);
    folder.write("test.csv", test);
    settings.source = Source::csv;
    settings.path = folder.text();
    settings.files = {{"train.csv"}, {"test.csv"}};
  }

  Dataset load() const { return load_dataset(settings); }

  TemporaryFolder folder;
  DataSettings settings;
};

std::vector<int> numbers(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

void refused(std::string_view train, const char* message) {
  CHECK_THROWS_WITH(SmallCsv(train).load(), Contains(message));
}

}  // namespace

TEST_CASE("rows of label and pixels become square images, and files of other names are not transposed") {
  const Dataset dataset = SmallCsv("2,10,20,30,255\n1,5,6,7,8\n").load();
  CHECK(dataset.rows == 2);
  CHECK(dataset.columns == 2);
  CHECK(dataset.train_images == 2);
  CHECK(dataset.test_images == 1);
  CHECK(numbers(dataset.pixels.span()) == std::vector<int>{10, 20, 30, 255, 5, 6, 7, 8, 1, 2, 3, 4});
  CHECK(numbers(dataset.labels.span()) == std::vector<int>{2, 1, 0});
  CHECK(dataset.classes.size() == 3);
  CHECK(dataset.name == "train");
}

TEST_CASE("rows that lie across the blocks in which a file is read stay whole") {
  std::string rows;
  for (int row = 0; row < 2000; ++row) {
    rows += fmt::format("{}", row % 10);
    for (int pixel = 0; pixel < 81; ++pixel) rows += fmt::format(",{}", (row * 7 + pixel) % 256);
    rows += "\n";
  }
  REQUIRE(rows.size() > 550'000);  // more than two blocks of 256 KiB
  const Dataset dataset = SmallCsv(rows, rows).load();
  REQUIRE(dataset.train_images == 2000);
  bool same = true;
  for (std::size_t row = 0; row < 2000; ++row) {
    for (std::size_t pixel = 0; pixel < 81; ++pixel)
      same = same && dataset.image(row)[pixel] == (row * 7 + pixel) % 256;
    same = same && dataset.label(2000 + row) == row % 10;
  }
  CHECK(same);
}

TEST_CASE(
    "a header row, spaces, Windows line ends, a byte order mark and a missing last line end are understood") {
  const std::vector<int> expected = {1, 2, 3, 4};
  for (const char* train : {"label,pixel0,pixel1,pixel2,pixel3\n7,1,2,3,4\n",
                            "\"label\",\"1x1\",\"1x2\",\"2x1\",\"2x2\"\n7,1,2,3,4", "7, 1 ,2,\t3,4\r\n",
                            "\xEF\xBB\xBF"
                            "7,1,2,3,4",
                            "\xEF\xBB\xBFlabel,a,b,c,d\r\n7,1,2,3,4\r\n"}) {
    const Dataset dataset = SmallCsv(train).load();
    CHECK(dataset.train_images == 1);
    CHECK(numbers(dataset.image(0)) == expected);
    CHECK(dataset.label(0) == 7);
  }
}

TEST_CASE(
    "Kaggle's EMNIST files are found by their split, put upright, and named by the mapping beside them") {
  const TemporaryFolder folder;
  folder.write("emnist-balanced-train.csv.gz", gzipped("1,1,2,3,4\n"));
  folder.write("emnist-balanced-test.csv", "0,5,6,7,8\n");
  folder.write("emnist-balanced-mapping.txt", "0 48\n1 65\n");
  DataSettings settings;
  settings.source = Source::csv;
  settings.path = folder.text();
  const Dataset upright = load_dataset(settings);
  CHECK(numbers(upright.pixels.span()) == std::vector<int>{1, 3, 2, 4, 5, 7, 6, 8});
  CHECK(upright.classes == std::vector<std::string>{"0", "A"});
  CHECK(upright.name == "emnist-balanced");
  settings.transposed = false;
  CHECK(numbers(load_dataset(settings).image(0)) == std::vector<int>{1, 2, 3, 4});
}

TEST_CASE("a CSV row that is wrong is refused with file, line and column") {
  refused("1,1,2,3,4\n1,1,2,3\n", "train.csv:2:8: the row ends after 3 of 4 pixels");
  refused("1,1,2,3,4\n1,1,2,3,4,5\n", "train.csv:2:9: the row goes on after 4 pixels");
  refused("1,1,2,3,4\n1,1,2,3,4,\n", "train.csv:2:9: the row goes on after 4 pixels");
  refused("1,1,2,3,4\n\n1,1,2,3,4\n", "train.csv:2:1: '' is not a whole number from 0 to 255");
  refused("label,a,b,c,d\n1,1,2,256,4\n", "train.csv:2:7: '256' is not a whole number from 0 to 255");
  refused("1,1,-2,3,4\n", "train.csv:1:5: '-2' is not a whole number");
  refused("1,1,2.5,3,4\n", "train.csv:1:5: '2.5' is not a whole number");
  refused("1,1,,3,4\n", "train.csv:1:5: '' is not a whole number");
  refused("1,1,2,99999999999999999999,4\n", "train.csv:1:7: '99999999999999999999' is not");
  refused("1,1,2 3,3,4\n", "train.csv:1:5: '2 3' is not a whole number");
  refused("1,1,2,3,4\nlabel,a,b,c,d\n", "train.csv:2:1: 'label' is not a whole number");
  refused("1,\x1b[2J,2,3,4\n", "train.csv:1:3: '\\x1b[2J' is not a whole number");
  refused("1,1,2,letters that are many,4\n", "train.csv:1:7: 'letters that are man'... is not");
  refused("1;1;2;3;4\n", "train.csv:1:1: '1;1;2;3;4' is not a whole number");
}

TEST_CASE("CSV files without rows or of other shapes are refused") {
  refused("", "train.csv: the file holds no images");
  refused("label,a,b,c,d\n", "train.csv: the file holds no images");
  refused("1,1,2,3\n", "train.csv:1:8: 3 pixels do not make a square image");
  refused("1\n", "train.csv:1:2: 0 pixels do not make a square image");
  refused(std::string(400'000, '1'), "train.csv:1: a row of more than 327680 characters");
  CHECK_THROWS_WITH(SmallCsv("1,1,2,3,4\n", "1,1\n").load(),
                    Contains("test.csv:1:4: the row ends after 1 of 4 pixels"));
}

TEST_CASE("a CSV label outside the mapping is refused with its line") {
  SmallCsv set("0,1,2,3,4\n9,1,2,3,4\n");
  set.folder.write("mapping.txt", "0 48\n1 49\n");
  set.settings.mapping = (set.folder.path() / "mapping.txt").string();
  CHECK_THROWS_WITH(set.load(), Contains("train.csv:2:1: label 9 is outside the classes 0 to 1"));
}

TEST_CASE("missing CSV files are refused with the names that were looked for") {
  SmallCsv set("0,1,2,3,4\n");
  set.settings.files.test = {"absent.csv"};
  CHECK_THROWS_WITH(set.load(), Contains("cannot open") && Contains("absent.csv"));
  set.settings.files.test.clear();
  CHECK_THROWS_WITH(set.load(), Contains("data.files.test: 0 files named, and 1 expected"));
  set.settings.files.train.clear();
  CHECK_THROWS_WITH(set.load(),
                    Contains("emnist-balanced-train.csv[.gz]") && Contains("emnist-balanced-test.csv[.gz]"));
}
