#include "data/contact_sheet.hpp"

#include <algorithm>

#include <catch2/catch.hpp>
#include <png.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "data/files.hpp"
#include "data/lettering.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;

namespace {

/// The picture in a PNG file, read back by libpng.
GreyImage decoded(const std::filesystem::path& path) {
  const std::string bytes = read_file(path, 1 << 24);
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&header, bytes.data(), bytes.size()));
  header.format = PNG_FORMAT_GRAY;
  GreyImage image(static_cast<int>(header.height), static_cast<int>(header.width));
  REQUIRE(png_image_finish_read(&header, nullptr, image.pixels.data(), 0, nullptr));
  return image;
}

/// Two classes: three images full of ink and one blank image, of 4 x 4 pixels; and one to test.
Dataset ink_and_paper(const std::vector<std::string>& names = {"A", "B"}) {
  Dataset dataset;
  dataset.rows = dataset.columns = 4;
  dataset.classes = names;
  dataset.train_images = 4;
  dataset.test_images = 1;
  std::vector<std::uint8_t> pixels(80, 255);
  std::fill(pixels.begin() + 48, pixels.begin() + 64, std::uint8_t{0});
  dataset.pixels = SharedBytes(std::move(pixels));
  dataset.labels = SharedBytes({0, 0, 0, 1, 1});
  return dataset;
}

}  // namespace

TEST_CASE("a contact sheet shows the training images of each class, twice as large, dark on light") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "new" / "sheet.png";
  write_contact_sheet(ink_and_paper(), 2, path);
  const GreyImage sheet = decoded(path);
  const int right_half = sheet.columns / 2;  // without the names
  int black = 0;
  for (int row = 0; row < sheet.rows; ++row) {
    for (int column = right_half; column < sheet.columns; ++column) {
      const bool dark = sheet.pixels[static_cast<std::size_t>(row * sheet.columns + column)] == 0;
      black += dark;
      if (row >= sheet.rows / 2)
        CHECK_FALSE(dark);  // the class of the blank image; the test image is not shown
    }
  }
  CHECK(black == 2 * 8 * 8);
}

TEST_CASE("the same data set gives the same contact sheet") {
  const TemporaryFolder folder;
  write_contact_sheet(ink_and_paper(), 2, folder.path() / "a.png");
  write_contact_sheet(ink_and_paper(), 2, folder.path() / "b.png");
  CHECK(read_file(folder.path() / "a.png", 1 << 20) == read_file(folder.path() / "b.png", 1 << 20));
}

TEST_CASE("a contact sheet that cannot be made is refused") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "sheet.png";
  CHECK_THROWS_WITH(write_contact_sheet(ink_and_paper(), 0, path), Contains("0 images per class asked for"));
  CHECK_THROWS_WITH(write_contact_sheet(ink_and_paper(), 101, path), Contains("between 1 and 100"));
  CHECK_THROWS_WITH(write_contact_sheet(ink_and_paper({"A", std::string(200'000, 'B')}), 1, path),
                    Contains("is too large"));
  CHECK_FALSE(std::filesystem::exists(path));
  folder.write("file", "");
  CHECK_THROWS_AS(write_contact_sheet(ink_and_paper(), 1, folder.path() / "file" / "sheet.png"),
                  RequestError);
}

TEST_CASE("lettering draws dark strokes within the picture and leaves unknown characters blank") {
  GreyImage page(30, 40);
  write_text("I", 18.0, 5, 5, page);
  CHECK(std::count_if(page.pixels.begin(), page.pixels.end(), [](int grey) { return grey < 50; }) > 18);
  CHECK(page.pixels.front() == 255);

  GreyImage blank(30, 40);
  write_text("?\xC3\xA4 ", 18.0, 5, 5, blank);
  CHECK(blank.pixels == GreyImage(30, 40).pixels);

  GreyImage cut(10, 10);
  write_text("WIDE/TEXT-", 18.0, -5, -5, cut);
  CHECK(cut.pixels != GreyImage(10, 10).pixels);
  CHECK(text_width("W", 18.0) > text_width("I", 18.0));
}
