/// Images of one's own: folders of PNG and JPEG files, NumPy's arrays, CIFAR, colours.

#include <algorithm>
#include <cstring>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "data/contact_sheet.hpp"
#include "data/dataset.hpp"
#include "data/files.hpp"
#include "data/picture_files.hpp"
#include "data/pictures.hpp"
#include "data/png.hpp"
#include "support/zip_maker.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

std::vector<int> numbers(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

std::string grey_png(int rows, int columns, std::uint8_t value) {
  GreyImage image(rows, columns);
  std::fill(image.pixels.begin(), image.pixels.end(), value);
  return encode_png(image);
}

/// A folder of pictures: train/cat, train/dog, test/cat, test/dog.
class Pictures {
 public:
  Pictures() {
    settings.source = Source::folder;
    settings.path = folder.text();
    int value = 10;
    for (const char* place :
         {"train/cat/a.png", "train/cat/b.png", "train/dog/a.png", "test/cat/x.png", "test/dog/y.png"}) {
      write(place, grey_png(2, 3, static_cast<std::uint8_t>(value)));
      value += 10;
    }
  }

  void write(const std::string& place, const std::string& bytes) const { write_file(folder / place, bytes); }
  Dataset load() const { return load_dataset(settings); }
  void refused(const std::string& message) const { CHECK_THROWS_WITH(load(), Contains(message)); }

  TemporaryFolder folder;
  DataSettings settings;
};

/// The bytes of a .npy file.
std::string npy(const std::string& type, const std::string& shape, const std::string& data) {
  std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}", type, shape);
  header.resize(118, ' ');
  return "\x93NUMPY\x01" + std::string(1, '\0') + std::string("\x76\0", 2) + header + data;
}

template <class T>
std::string bytes_of(std::initializer_list<T> values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), std::data(values), bytes.size());
  return bytes;
}

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
  std::vector<ZipMember> made;
  for (const auto& [name, bytes] : members) made.push_back({name, bytes});
  return make_zip(made);
}

class Arrays {
 public:
  explicit Arrays(const std::vector<std::pair<std::string, std::string>>& members) {
    folder.write("set.npz", zip_of(members));
    settings.source = Source::npz;
    settings.path = (folder / "set.npz").string();
  }
  Dataset load() const { return load_dataset(settings); }

  TemporaryFolder folder;
  DataSettings settings;
};

}  // namespace

TEST_CASE("a folder of pictures for each class is a data set of these classes") {
  Pictures pictures;
  pictures.write("train/dog/.DS_Store", "x");
  pictures.write("train/dog/Thumbs.db", "x");
  pictures.write("train/notes.txt", "beside the classes");
  const Dataset dataset = pictures.load();
  CHECK(dataset.classes == std::vector<std::string>{"cat", "dog"});
  CHECK(dataset.rows == 2);
  CHECK(dataset.columns == 3);
  CHECK(dataset.channels == 1);
  CHECK(dataset.train_images == 3);
  CHECK(dataset.test_images == 2);
  CHECK(numbers(dataset.labels.span()) == std::vector<int>{0, 0, 1, 0, 1});
  CHECK(numbers(dataset.image(2)) == std::vector<int>(6, 30));
  CHECK(dataset.name == std::filesystem::path(pictures.folder.text()).filename().string());
}

TEST_CASE("without train and test folders a share of each class is the test set") {
  Pictures pictures;
  pictures.settings.path = (pictures.folder / "train").string();
  pictures.refused("holds no folders train and test");
  pictures.write("train/dog/b.png", grey_png(2, 3, 200));
  pictures.settings.test = 0.5;
  const Dataset dataset = pictures.load();
  CHECK(dataset.train_images == 2);
  CHECK(dataset.test_images == 2);
  CHECK(numbers(dataset.labels.span()) == std::vector<int>{0, 1, 0, 1});
}

TEST_CASE("colours are kept, three values a pixel, and one colour picture makes all of them colour") {
  Pictures pictures;
  pictures.write("train/dog/c.png", encode_png(2, 3,
                                               std::vector<std::uint8_t>{255, 0, 0, 0, 255, 0, 0, 0, 255, 1,
                                                                         2, 3, 4, 5, 6, 7, 8, 9}));
  const Dataset dataset = pictures.load();
  CHECK(dataset.channels == 3);
  CHECK(dataset.pixels_per_image() == 18);
  CHECK(numbers(dataset.image(0)) == std::vector<int>(18, 10));
  CHECK(numbers(dataset.image(3)) ==
        std::vector<int>{255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  pictures.settings.grey = true;
  const Dataset grey = pictures.load();
  CHECK(grey.channels == 1);
  CHECK(numbers(grey.image(3)) == std::vector<int>{76, 150, 29, 2, 5, 8});  // ITU-R BT.601 by hand
  CHECK(grey.train_sha256 != dataset.train_sha256);
}

TEST_CASE("pictures of other sizes are refused, or scaled to data.size by the mean of what a pixel covers") {
  Pictures pictures;
  pictures.write("test/dog/z.png", grey_png(4, 3, 9));
  pictures.refused("test/dog/z.png: a picture of 4 x 3 pixels, where those before have 2 x 3");
  pictures.refused("data.size: [2, 3] scales all to one size");
  pictures.settings.size = {1, 1};
  CHECK(numbers(pictures.load().pixels.span()) == std::vector<int>{10, 20, 30, 40, 50, 9});
  const Picture four{2, 2, 1, {0, 100, 200, 50}};
  CHECK(numbers(scaled(four, 1, 1).pixels) == std::vector<int>{88});  // 350 / 4
  CHECK(numbers(scaled(four, 4, 2).pixels) == std::vector<int>{0, 100, 0, 100, 200, 50, 200, 50});
  const Picture three{1, 3, 1, {0, 90, 255}};
  CHECK(numbers(scaled(three, 1, 2).pixels) ==
        std::vector<int>{30, 200});  // (0 + 45) / 1.5, (45 + 255) / 1.5
}

TEST_CASE("a JPEG is read as libjpeg's own program reads it, in grey and colour") {
  // Bytes from `cjpeg -quality 90`, pixels from `djpeg -pnm` of libjpeg-turbo 2.1.5.
  const Picture grey = decode_picture(picture_file(grey_jpeg), "g.jpg");
  CHECK(grey.channels == 1);
  CHECK(numbers(grey.pixels) == grey_jpeg_pixels);
  const Picture colour = decode_picture(picture_file(colour_jpeg), "c.jpg");
  CHECK(colour.channels == 3);
  CHECK(numbers(colour.pixels) == colour_jpeg_pixels);
}

TEST_CASE("transparent pictures are read as they look on white") {
  CHECK(numbers(decode_picture(picture_file(transparent_png), "t.png").pixels) == std::vector<int>{255, 0});
}

TEST_CASE("a picture that is cut short, damaged or of another kind is refused in one message") {
  const auto refused = [](const std::string& bytes, const std::string& message) {
    CHECK_THROWS_WITH(decode_picture(bytes, "cat/3"), Contains("cat/3: ") && Contains(message));
  };
  const std::string png = grey_png(20, 20, 7), jpeg = picture_file(grey_jpeg);
  for (std::size_t length = 8; length < png.size(); ++length) {
    INFO(length);
    CHECK_THROWS_AS(decode_picture(png.substr(0, length), "cut.png"), RequestError);
  }
  for (std::size_t length = 3; length + 2 < jpeg.size(); ++length) {
    INFO(length);
    CHECK_THROWS_AS(decode_picture(jpeg.substr(0, length), "cut.jpg"), RequestError);
  }
  refused("", "the file is empty");
  refused("GIF89a...", "this is GIF");
  refused("hello", "neither PNG nor JPEG: it begins with 'hello'");
  std::string huge = png;
  huge.replace(16, 8, std::string("\x7F\xFF\xFF\xFF\x7F\xFF\xFF\xFF", 8));
  CHECK_THROWS_AS(decode_picture(huge, "huge.png"), RequestError);
  refused(picture_file(deep_png), "a PNG of 16 bits a channel");
}

TEST_CASE("what is not a folder of pictures says so in words of the folder") {
  Pictures pictures;
  pictures.write("train/cat/label.txt", "cat");
  pictures.refused("train/cat/label.txt: neither PNG nor JPEG: it begins with 'cat'");
  std::filesystem::remove(pictures.folder / "train/cat/label.txt");
  pictures.write("train/bird/a.png", grey_png(300, 3, 1));
  pictures.refused("a picture of 300 x 3 pixels, where 256 are the most on a side");
  pictures.settings.path = (pictures.folder / "absent").string();
  pictures.refused("absent is not a folder");
  pictures.settings.path.clear();
  pictures.refused("the source folder needs data.path");
}

TEST_CASE("NumPy's arrays of bytes, floats and integers are read") {
  const std::string labels = npy("<i8", "(2,)", bytes_of<std::int64_t>({7, 3}));
  const Arrays bytes({{"x_train.npy", npy("|u1", "(2, 1, 2)", "\x01\x02\x03\x04")},
                      {"y_train.npy", labels},
                      {"x_test.npy", npy("|u1", "(2, 1, 2)", "\x05\x06\x07\xFF")},
                      {"y_test.npy", labels}});
  const Dataset dataset = bytes.load();
  CHECK(dataset.rows == 1);
  CHECK(dataset.columns == 2);
  CHECK(dataset.classes == std::vector<std::string>{"3", "7"});
  CHECK(numbers(dataset.pixels.span()) == std::vector<int>{1, 2, 3, 4, 5, 6, 7, 255});
  CHECK(dataset.name == "set");

  Arrays floats({{"X.npy", npy("<f4", "(2, 4)", bytes_of<float>({0.0F, 0.5F, 1.0F, 0.25F, 0, 0, 0, 0}))},
                 {"y.npy", npy("|b1", "(2, 1)", std::string("\0\1", 2))}});
  CHECK_THROWS_WITH(floats.load(), Contains("there is no test set") && Contains("data.test: 0.2"));
  floats.settings.test = 0.5;
  CHECK_THROWS_WITH(floats.load(), Contains("no class has two images"));

  Arrays colours({{"x.npy", npy(">u2", "(4, 3, 1, 2)",
                                std::string("\0\1\0\2\0\3\0\4\0\5\0\6", 12) + std::string(36, '\0'))},
                  {"labels.npy", npy("|i1", "(4,)", std::string("\xFF\0\xFF\0", 4))}});
  colours.settings.test = 0.5;
  const Dataset colour = colours.load();
  CHECK(colour.channels == 3);
  CHECK(colour.rows == 1);
  CHECK(colour.columns == 2);
  CHECK(colour.classes == std::vector<std::string>{"-1", "0"});
}

TEST_CASE("arrays of test images whose colours lie otherwise than those for training are refused") {
  const std::string labels = npy("|u1", "(2,)", std::string("\0\1", 2)), pixels(24, '\7');
  const std::string planar = npy("|u1", "(2, 3, 2, 2)", pixels),
                    together = npy("|u1", "(2, 2, 2, 3)", pixels);
  for (const auto& [train, test] : {std::pair(planar, together), std::pair(together, planar)}) {
    const Arrays set(
        {{"x_train.npy", train}, {"y_train.npy", labels}, {"x_test.npy", test}, {"y_test.npy", labels}});
    CHECK_THROWS_WITH(set.load(), Contains("x_test.npy: images of another layout than those for training"));
  }
}

TEST_CASE("arrays that are no images and labels are refused by their names") {
  const auto refused = [](const std::string& x, const std::string& y, const std::string& message) {
    Arrays arrays({{"x.npy", x}, {"y.npy", y}});
    arrays.settings.test = 0.5;
    CHECK_THROWS_WITH(arrays.load(), Contains(message));
  };
  const std::string images = npy("|u1", "(2, 4)", "abcdefgh"),
                    labels = npy("|u1", "(2,)", std::string("\0\1", 2));
  refused("nothing", labels, "set.npz: x.npy: this is not a NumPy array");
  refused(npy("<f4", "(2, 4)", std::string(28, '\0')), labels,
          "the array holds 28 bytes, and its header says 32");
  refused(npy("|O", "(2, 4)", "abcdefgh"), labels, "an array of ''|O''");
  refused(npy("|u1", "(2, 3)", "abcdef"), labels, "3 values do not make an image");
  refused(npy("|u1", "(2, 300, 1)", std::string(600, 'x')), labels, "images of 300 x 1 pixels");
  refused(npy("<f8", "(2, 1)", bytes_of<double>({0.5, 2.0})), labels, "2 in image 1 is not a whole number");
  refused(images, npy("|u1", "(2, 10)", std::string(20, '\0')), "20 labels for 2 images");
  refused(images, npy("<f8", "(2,)", bytes_of<double>({0.5, 2.0})),
          "label 0.5 of image 0 is not a whole number");
  refused(npy("|u1", "(99999999999, 99999999999)", ""), labels, "more sides or elements than are read");
  Arrays strange({{"a.npy", images}});
  CHECK_THROWS_WITH(strange.load(), Contains("there is no array x or images or data; there are a.npy"));
}

TEST_CASE("CIFAR's records become colour images with the values of a pixel together") {
  const TemporaryFolder folder;
  std::string record(3074, '\0');
  record[1] = 5;
  record[2] = 'r', record[2 + 1024] = 'g', record[2 + 2048] = 'b';
  std::string other = record;
  other[1] = 6;
  folder.write("train.bin", record + other);
  folder.write("test.bin", record);
  folder.write("fine_label_names.txt", "apple\nfish\n");
  DataSettings settings;
  settings.source = Source::cifar;
  settings.path = folder.text();
  const Dataset dataset = load_dataset(settings);
  CHECK(dataset.name == "cifar-100");
  CHECK(dataset.classes.size() == 100);
  CHECK(dataset.classes[1] == "fish");
  CHECK(numbers(dataset.image(0).first(6)) == std::vector<int>{'r', 'g', 'b', 0, 0, 0});
  folder.write("test.bin", record.substr(1));
  CHECK_THROWS_WITH(load_dataset(settings), Contains("test.bin: byte 3073: the file ends inside record 0"));
  std::filesystem::remove(folder / "train.bin");
  CHECK_THROWS_WITH(load_dataset(settings), Contains("data_batch_1.bin") && Contains("test_batch.bin"));
}

TEST_CASE("IDX files with a fourth side hold colours, whole channels or values of a pixel together") {
  const TemporaryFolder folder;
  const auto images = [](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    std::string bytes = big_endian(0x804) + big_endian(2) + big_endian(a) + big_endian(b) + big_endian(c);
    for (int i = 0; i < 12; ++i) bytes += static_cast<char>(i);
    return bytes;
  };
  DataSettings settings;
  settings.source = Source::idx;
  settings.path = folder.text();
  settings.files = {{"x", "y"}, {"x", "y"}};
  folder.write("y", idx_labels({4, 9}));
  folder.write("x", images(1, 2, 3));
  CHECK(numbers(load_dataset(settings).image(0)) == std::vector<int>{0, 1, 2, 3, 4, 5});
  folder.write("x", images(3, 1, 2));
  const Dataset planar = load_dataset(settings);
  CHECK(planar.rows == 1);
  CHECK(planar.columns == 2);
  CHECK(planar.channels == 3);
  CHECK(numbers(planar.image(0)) == std::vector<int>{0, 2, 4, 1, 3, 5});
  CHECK(planar.classes == std::vector<std::string>{"4", "9"});
  folder.write("x", images(2, 3, 1));
  CHECK(load_dataset(settings).channels == 1);
  folder.write("x", images(1, 1, 6));
  CHECK_THROWS_WITH(load_dataset(settings), Contains("images of 6 channels"));
}

TEST_CASE("a contact sheet shows colours as they are") {
  Pictures pictures;
  pictures.write("train/dog/c.png", encode_png(2, 3, std::vector<std::uint8_t>(18, 200)));
  write_contact_sheet(pictures.load(), 3, pictures.folder / "sheet.png");
  const Picture sheet = decode_picture(read_file(pictures.folder / "sheet.png", 1 << 20), "sheet");
  CHECK(sheet.channels == 3);
  CHECK(std::count(sheet.pixels.begin(), sheet.pixels.end(), 200) >= 72);
}

TEST_CASE("a folder that may not be entered is not called empty") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("loop", folder / "loop");  // refuses root as well
  for (const Source source : {Source::emnist, Source::fashion_mnist, Source::idx, Source::csv, Source::folder,
                              Source::npz, Source::cifar}) {
    DataSettings settings;
    settings.source = source;
    settings.path = (folder / "loop").string();
    CHECK_THROWS_WITH(load_dataset(settings),
                      Contains("cannot look at") && Contains("check its permissions"));
  }
}
