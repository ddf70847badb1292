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
  CHECK(dataset.classes == std::vector<std::string>{"0", "1", "2"});
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
    CHECK(dataset.classes[dataset.label(0)] == "7");
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
  refused("1,1,2,3,4\n1,1,2,3\n", "train.csv:2:8: the row ends after 4 of 5 fields");
  refused("1,1,2,3,4\n1,1,2,3,4,5\n", "train.csv:2:11: the row goes on after 5 fields");
  refused("1,1,2,3,4\n\n1,1,2,3,4\n", "train.csv:2:1: a blank line before another row");
  refused("label,a,b,c,d\n1,1,2,256,4\n",
          "train.csv:2:7: '256' is not a whole number from 0 to 255, or a number");
  refused("1,1,-2,3,4\n", "train.csv:1:5: '-2' is not a whole number");
  refused("1,1,2.5,3,4\n", "train.csv:1:5: '2.5' is not a whole number");
  refused("1,1,,3,4\n", "train.csv:1:5: '' is not a whole number");
  refused("1,1,2,99999999999999999999,4\n", "train.csv:1:7: '99999999999999999999' is not");
  refused("1,1,2 3,3,4\n", "train.csv:1:5: '2 3' is not a whole number");
  refused("1,nan,2,3,4\n", "train.csv:1:3: 'nan' is not a whole number");
  refused("1,1,2,3,4\nlabel,a,b,c,d\n", "train.csv:2:7: 'a' is not a whole number");
  refused("1,\x1b[2J,2,3,4\n", "train.csv:1:3: '\\x1b[2J' is not a whole number");
  refused("1,1,2,letters that are many,4\n", "train.csv:1:7: 'letters that are man'... is not");
  refused("1;1;0,5;3;4\n", "write decimals with a point");
  refused("1,\"1,2,3,4\n", "train.csv:1:3: the quote that opens here is not closed in its line");
  refused("1,\"1\"x,2,3,4\n", "train.csv:1:6: 'x,2,3,4' follows a closing quote");
}

TEST_CASE("CSV files without rows or of other shapes are refused") {
  refused("", "train.csv: the file holds no images");
  refused("label,a,b,c,d\n", "train.csv: the file holds no images");
  refused("1,1,2,3\n", "train.csv:1:8: 3 values do not make an image");
  refused("1\n", "train.csv:1:2: 0 values do not make an image");
  refused(std::string(5'000'000, '1'), "train.csv:1: a row of more than 4718592 characters");
  refused(std::string(250'000, ','), "a row of more than 196616 fields");
  CHECK_THROWS_WITH(SmallCsv("1,1,2,3,4\n", "1,1\n").load(),
                    Contains("test.csv:1:4: the row ends after 2 of 5 fields"));
}

TEST_CASE("the header says which column holds the labels") {
  const std::vector<int> expected = {1, 2, 3, 4};
  for (const char* train :
       {"pixel1,pixel2,pixel3,pixel4,class\n1,2,3,4,7\n", "x0,x1,Label,x2,x3\n1,2,7,3,4\n",
        "a1,a2,a3,a4,y\n1,2,3,4,7\n", "p1,p2,p3,p4,kind\n1,2,3,4,7\n", ",label,p1,p2,p3,p4\n0,7,1,2,3,4\n",
        "id,1,2,3,4,target\n99,1,2,3,4,7\n", "Unnamed: 0,1x1,1x2,2x1,2x2,digit\n5,1,2,3,4,7.0\n"}) {
    INFO(train);
    std::string test = train;
    test.replace(test.rfind('7'), 1, "3");
    const Dataset dataset = SmallCsv(train, test).load();
    CHECK(dataset.train_images == 1);
    CHECK(numbers(dataset.image(0)) == expected);
    CHECK(dataset.classes == std::vector<std::string>{"3", "7"});
  }
  refused("p1,p2,p3,p4,p5\n1,2,3,4,7\n", "no column is called label, class, target or y");
  refused("label,y,p1,p2,p3,p4\n1,1,2,3,4,7\n", "2 columns could hold the labels");
  CHECK_THROWS_WITH(SmallCsv("y,a,b,c,d\n1,1,2,3,4\n", "a,b,c,d,y\n1,2,3,4,0\n").load(),
                    Contains("test.csv:1:1: the header differs from that of the training file"));
}

TEST_CASE("data.label names the column of the labels by name, number or place") {
  const std::string rows = "9,8,7,6,2\n1,2,3,4,5\n";
  for (const char* label : {"5", "last"}) {
    SmallCsv set(rows, rows);
    set.settings.label = label;
    const Dataset dataset = set.load();
    CHECK(dataset.classes == std::vector<std::string>{"2", "5"});
    CHECK(numbers(dataset.image(0)) == std::vector<int>{9, 8, 7, 6});
  }
  SmallCsv named("id,p1,p2,p3,p4,kind\n5,1,2,3,4,7\n6,1,2,3,4,8\n", "id,p1,p2,p3,p4,kind\n5,1,2,3,4,7\n");
  named.settings.label = "id";
  CHECK_THROWS_WITH(named.load(), Contains("5 values do not make an image"));
  named.settings.label = "knd";
  CHECK_THROWS_WITH(named.load(), Contains("there is no column 'knd'") && Contains("did you mean 'kind'?"));
}

TEST_CASE("a header of column numbers, as pandas writes it, is not an image") {
  std::string header = "0", row = "3";
  for (int i = 1; i <= 16; ++i) header += fmt::format(",{}", i), row += fmt::format(",{}", 10 * i);
  CHECK_THROWS_WITH(SmallCsv(header + "\n" + row + "\n", header + "\n" + row + "\n").load(),
                    Contains("train.csv:1:1: the header is the numbers of the columns"));
  SmallCsv set(header + "\n" + row + "\n4" + row.substr(1) + "\n", header + "\n" + row + "\n");
  set.settings.label = "0";
  const Dataset dataset = set.load();
  CHECK(dataset.train_images == 2);
  CHECK(dataset.test_images == 1);
  CHECK(dataset.image(0)[15] == 160);
  CHECK(dataset.classes == std::vector<std::string>{"3", "4"});
}

TEST_CASE("classes are the labels that occur, words or numbers, in order") {
  CHECK(SmallCsv("200,1,2,3,4\n0,1,2,3,5\n", "100,1,2,3,6\n").load().classes ==
        std::vector<std::string>{"0", "100", "200"});
  const Dataset words = SmallCsv("dog,1,2,3,4\ncat,9,2,3,5\n", "\"a \"\"b\"\"\",1,2,3,6\n").load();
  CHECK(words.classes == std::vector<std::string>{"a \"b\"", "cat", "dog"});
  CHECK(numbers(words.labels.span()) == std::vector<int>{2, 1, 0});
  CHECK(SmallCsv("1000,1,2,3,4\n", "-7,1,2,3,6\n").load().classes == std::vector<std::string>{"-7", "1000"});
  std::string many;
  for (int i = 0; i < 257; ++i) many += fmt::format("{},1,2,3,4\n", i);
  refused(many, "train.csv:257:1: more than 256 different labels");
}

TEST_CASE("images that all bear one label are refused") {
  CHECK_THROWS_WITH(SmallCsv("0,1,2,3,4\n0,2,2,3,4\n", "0,5,2,3,4\n").load(),
                    Contains("all 3 images bear one label, '0'") && Contains("data.label"));
}

TEST_CASE("semicolons, tabs, quotes, an empty last field and blank lines at the end are understood") {
  const std::vector<int> expected = {1, 2, 3, 4};
  for (const char* train :
       {"7;1;2;3;4\n", "7\t1\t2\t3\t4\n", "\"7\",\"1\",2,\"3\",4\n", "7,1,2,3,4,\n8,1,2,3,4,\n",
        "y,a,b,c,d,\n7,1,2,3,4,\n", "7,1,2,3,4\n\n\n", "7,1,2,3,4\r\n\r\n", "7 ; 1 ; 2;3;\t4 ;\n"}) {
    INFO(train);
    const Dataset dataset = SmallCsv(train).load();
    CHECK(numbers(dataset.image(0)) == expected);
    CHECK(dataset.classes[dataset.label(0)] == "7");
  }
}

TEST_CASE("numbers from 0 to 1 are scaled to bytes, wherever the first fraction comes") {
  const auto pixels = [](const char* train, const char* test) {
    return numbers(SmallCsv(train, test).load().pixels.span());
  };
  CHECK(pixels("0,1,0,1,0.5\n", "1,1e-1,0.2,0,1\n") == std::vector<int>{255, 0, 255, 128, 26, 51, 0, 255});
  CHECK(pixels("0,1,0,1,1\n", "1,0,0.2,0,1\n") == std::vector<int>{255, 0, 255, 255, 0, 51, 0, 255});
  CHECK(pixels("0,1,0,1,1\n", "1,0,0,0,1\n") == std::vector<int>{255, 0, 255, 255, 0, 0, 0, 255});
  CHECK(pixels("0,1.0,0.0,254.0,1\n", "1,0,0,0,1\n") == std::vector<int>{1, 0, 254, 1, 0, 0, 0, 1});
  refused("0,0.5,0,2,1\n", "train.csv:1:9: '2' is not a whole number from 0 to 255, or a number from 0 to 1");
  refused("0,5,0,2,0.5\n", "'0.5' is not");
  refused("0,-0.42,0,2,0.5\n", "values around 0 are not read");
}

TEST_CASE("data.size says what a row is that is not a square grey image") {
  SmallCsv set("0,1,2,3,4,5,6\n1,1,2,3,4,5,6\n", "0,1,2,3,4,5,6\n");
  CHECK_THROWS_WITH(set.load(),
                    Contains("6 values do not make an image") && Contains("data.size: [rows, columns]"));
  set.settings.size = {2, 3};
  CHECK(set.load().rows == 2);
  CHECK(set.load().columns == 3);
  set.settings.size = {2, 1, 3};
  CHECK(set.load().channels == 3);
  CHECK(numbers(set.load().image(0)) == std::vector<int>{1, 2, 3, 4, 5, 6});
  set.settings.size = {3, 2, 1};
  CHECK(numbers(set.load().image(0)) == std::vector<int>{1, 3, 5, 2, 4, 6});  // R R G G B B stored
  set.settings.grey = true;
  CHECK(set.load().channels == 1);
  CHECK(numbers(set.load().image(0)) ==
        std::vector<int>{3, 4});  // 0.299 1 + 0.587 3 + 0.114 5 = 2.63, and 3.63
  set.settings.size = {2, 2};
  CHECK_THROWS_WITH(set.load(), Contains("data.size: [2, 2] is that of other images"));
  set.settings.size = {2};
  CHECK_THROWS_WITH(set.load(), Contains("data.size: [2] is not the size of an image"));
  refused("5,1,2,3,4,5,6,7,8,9,10,11,12\n", "three channels of 2 x 2? data.size: [3, 2, 2]");
}

TEST_CASE("data.test takes its share of every class out of the one file") {
  std::string rows;
  for (int i = 0; i < 30; ++i) rows += fmt::format("{},{},2,3,4\n", i % 3, i);
  SmallCsv set(rows + "7,1,1,1,1\n");
  set.settings.files.test.clear();
  CHECK_THROWS_WITH(set.load(),
                    Contains("data.files.test: 0 files named, and 1 expected") && Contains("data.test: 0.2"));
  set.settings.test = 0.2;
  const Dataset dataset = set.load();
  CHECK(dataset.train_images == 25);
  CHECK(dataset.test_images == 6);  // two of each ten; the one of class 7 stays to be trained on
  std::vector<int> of_class(4), seen(30);
  for (std::size_t i = 0; i < 6; ++i) ++of_class[dataset.label(25 + i)];
  CHECK(of_class == std::vector<int>{2, 2, 2, 0});
  for (std::size_t i = 0; i < 31; ++i) {
    if (dataset.classes[dataset.label(i)] != "7") ++seen[dataset.image(i)[0]];
  }
  CHECK(seen == std::vector<int>(30, 1));
  CHECK(set.load().test_sha256 == dataset.test_sha256);
  set.settings.seed = 2;
  CHECK(set.load().test_sha256 != dataset.test_sha256);
  set.settings.files.test = {"test.csv"};
  CHECK_THROWS_WITH(set.load(), Contains("a share is asked for, and the files hold a test set"));
}

TEST_CASE("a folder's training and test file are found by what their names say") {
  const TemporaryFolder folder;
  DataSettings settings;
  settings.source = Source::csv;
  settings.path = folder.text();
  folder.write("train.csv", "0,1,2,3,4\n");
  folder.write("test.csv", "1,1,2,3,4\n");
  CHECK(load_dataset(settings).name == "train");
  settings.test = 0.5;
  CHECK_THROWS_WITH(load_dataset(settings),
                    Contains("a share is asked for, and the files hold a test set") && Contains("/test.csv"));
  settings.test.reset();
  std::filesystem::rename(folder / "train.csv", folder / "fashion-mnist_train.csv");
  std::filesystem::rename(folder / "test.csv", folder / "fashion-mnist_test.csv");
  CHECK(load_dataset(settings).name == "fashion-mnist");
  std::filesystem::remove(folder / "fashion-mnist_test.csv");
  CHECK_THROWS_WITH(load_dataset(settings),
                    Contains("test.csv[.gz]") && Contains("data.test: 0.2 with one file"));
  folder.write("all.csv", "0,1,2,3,4\n0,2,2,3,4\n1,1,2,3,4\n1,2,2,3,4\n");
  settings.path = (folder / "all.csv").string();
  settings.test = 0.5;
  CHECK(load_dataset(settings).test_images == 2);
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
  for (const char* name : {"train.csv", "test.csv"}) std::filesystem::remove(set.folder / name);
  CHECK_THROWS_WITH(set.load(),
                    Contains("emnist-balanced-train.csv[.gz]") && Contains("emnist-balanced-test.csv[.gz]"));
  set.settings.test = 0.2;
  CHECK_THROWS_WITH(set.load(), Contains("not found in " + set.folder.text() + ":\n  train.csv[.gz]") &&
                                    Contains("data.path: FILE.csv"));
}
