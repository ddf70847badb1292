#include "data/glyphs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "data/glyph_skeletons.hpp"

using namespace ablate;
using Catch::Contains;

namespace {

Dataset drawn(int train, int test, int seed = 1) {
  DataSettings settings;
  settings.train_images = train;
  settings.test_images = test;
  settings.seed = seed;
  return load_dataset(settings);
}

}  // namespace

TEST_CASE("glyphs have EMNIST Balanced's 47 classes in its order, all equally often, in mixed order") {
  const Dataset dataset = drawn(470, 94);
  std::string names;
  for (const std::string& name : dataset.classes) names += name;
  CHECK(names == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt");
  CHECK(dataset.name == "glyphs");
  CHECK(dataset.rows == 28);
  CHECK(dataset.columns == 28);
  std::array<int, 47> train{};
  std::array<int, 47> test{};
  for (std::size_t i = 0; i < 470; ++i) ++train.at(dataset.label(i));
  for (std::size_t i = 470; i < 564; ++i) ++test.at(dataset.label(i));
  CHECK(std::count(train.begin(), train.end(), 10) == 47);
  CHECK(std::count(test.begin(), test.end(), 2) == 47);
  const auto labels = dataset.labels.span().first(470);
  CHECK_FALSE(std::is_sorted(labels.begin(), labels.end()));
}

// Golden digests from this program itself, to hold the bytes fixed over machines and build types: published
// results name the data set by them. A change of the drawing changes them on purpose.
TEST_CASE("the same seed draws the same bytes on every machine") {
  const Dataset dataset = drawn(94, 47);
  CHECK(dataset.train_sha256 == "103fd92ed4d33a4fb89bd1507539c0e97afa620068253d800a6816c48ef19a5b");
  CHECK(dataset.test_sha256 == "dd40f72e9d3fca620c2b0068734b14be49a6de8ea7656a905563180dbb332afe");
  CHECK(drawn(94, 47).train_sha256 == dataset.train_sha256);
}

TEST_CASE("another seed, and the test split, draw other images") {
  CHECK(drawn(47, 47, 1).train_sha256 != drawn(47, 47, 2).train_sha256);
  const Dataset dataset = drawn(47, 47);
  CHECK(dataset.train_sha256 != dataset.test_sha256);
}

TEST_CASE("no glyph is drawn twice, and each has ink within the sheet and paper around it") {
  const Dataset dataset = drawn(940, 470);
  std::set<std::string> images;
  for (std::size_t i = 0; i < 1410; ++i) {
    const auto image = dataset.image(i);
    images.emplace(image.begin(), image.end());
    CHECK(*std::max_element(image.begin(), image.end()) > 150);
    CHECK(std::count(image.begin(), image.end(), 0) > 200);
    CHECK(image.front() == 0);
    CHECK(image.back() == 0);
  }
  CHECK(images.size() == 1410);
}

TEST_CASE("glyphs are centred as EMNIST's images are") {
  const Dataset dataset = drawn(470, 47);
  double weight = 0.0;
  double x = 0.0;
  double y = 0.0;
  for (std::size_t i = 0; i < 470; ++i) {
    const auto image = dataset.image(i);
    for (std::size_t p = 0; p < image.size(); ++p) {
      weight += image[p];
      x += image[p] * static_cast<double>(p % 28);
      y += image[p] * static_cast<double>(p - p % 28) / 28.0;
    }
  }
  CHECK(x / weight == Approx(13.5).margin(0.7));
  CHECK(y / weight == Approx(13.5).margin(0.7));
}

TEST_CASE("glyphs that nobody can draw are refused") {
  CHECK_THROWS_WITH(drawn(0, 10), Contains("data.train_images: 0 images asked for"));
  CHECK_THROWS_WITH(drawn(10, -1), Contains("data.test_images: -1 images asked for"));
  CHECK_THROWS_AS(drawn(2'000'000'000, 1), RequestError);
}

TEST_CASE("stroke texts are points with straight, smooth and turning lines between them") {
  const std::vector<Stroke> strokes = parse_strokes("00-09 30~51<39 40~84~48~04~40");
  REQUIRE(strokes.size() == 3);
  CHECK(strokes[0].points[1].y == 9.0);
  CHECK(strokes[0].pen == std::vector<Pen>{Pen::straight});
  CHECK(strokes[1].points[1].x == 5.0);
  CHECK(strokes[1].pen == std::vector<Pen>{Pen::smooth, Pen::turn_smooth});
  CHECK_FALSE(strokes[1].closed);
  CHECK(strokes[2].closed);
  CHECK_THROWS_AS(parse_strokes("00+09"), std::logic_error);
}

TEST_CASE(
    "a flattened stroke passes through its points, straight where it is straight and round where it is "
    "smooth") {
  std::vector<Point> chain;
  flatten(parse_strokes("00-09")[0], chain);
  for (const Point p : chain) CHECK(p.x == 0.0);
  CHECK(chain.back().y == 9.0);

  chain.clear();
  flatten(parse_strokes("40~84~48~04~40")[0], chain);  // a loop round (4, 4)
  REQUIRE(chain.size() == 21);
  CHECK(chain[5].x == 8.0);
  CHECK(chain[10].y == 8.0);
  for (const Point p : chain) {
    const double radius = std::hypot(p.x - 4.0, p.y - 4.0);
    CHECK(radius == Approx(4.0).margin(0.6));
  }
}

TEST_CASE("every character has ways of writing it that stay within the grid") {
  REQUIRE(characters().size() == 47);
  for (const Character& character : characters()) {
    INFO(character.name);
    CHECK_FALSE(character.skeletons.empty());
    for (const Skeleton& skeleton : character.skeletons) {
      CHECK(skeleton.weight > 0);
      for (const Stroke& stroke : skeleton.strokes) {
        CHECK(stroke.points.size() >= 2);
        CHECK(stroke.pen.size() + 1 == stroke.points.size());
      }
    }
  }
}
