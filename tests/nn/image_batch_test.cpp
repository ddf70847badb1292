#include "nn/image_batch.hpp"

#include <stdexcept>

#include <catch2/catch.hpp>

#include "nn/network.hpp"
#include "support/numeric_gradient.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a batch holds the chosen images as numbers in [0, 1], in the order asked for") {
  const std::vector<std::uint8_t> pixels = {0, 51, 255, 102, 0, 0};
  ImageBatch images;
  images.read(pixels, 2, std::vector<std::uint32_t>{2, 1, 0, 1});
  const Signal signal = images.signal();
  REQUIRE(images.images() == 4);
  const auto value = [&](std::size_t image, std::size_t pixel) {
    return signal.rows.data[image * signal.rows.stride + pixel];
  };
  CHECK(value(0, 0) == 0.0f);
  CHECK(value(1, 0) == 1.0f);
  CHECK(value(1, 1) == Approx(0.4));
  CHECK(value(2, 1) == Approx(0.2));
  CHECK(value(3, 0) == 1.0f);
}

TEST_CASE("an image that is not there is refused") {
  const std::vector<std::uint8_t> pixels(66 * 4);
  ImageBatch images;
  CHECK_THROWS_AS(images.read(pixels, 4, std::vector<std::uint32_t>{0, 66}), std::out_of_range);
}

TEST_CASE("products skip blank pixels where more than 45% are blank, and both ways give the same bits") {
  Network network(30, ModelSettings{}, 5);
  network.initialise(1);
  for (const double ink : {0.3, 0.9}) {
    SmallBatch batch = random_batch(30, 5, 8, 3, ink);
    ImageBatch mixed;
    batch.read_into(mixed);
    CHECK((mixed.signal().ink != nullptr) == (ink < 0.5));
    const auto of_batch = network.logits(mixed);
    const std::vector<float> together(of_batch.begin(), of_batch.end());
    // Eight images of the other kind turn the batch's way of computing, not the first eight's numbers.
    const SmallBatch other = random_batch(30, 5, 24, 4, 1.2 - ink);
    batch.pixels.insert(batch.pixels.end(), other.pixels.begin(), other.pixels.end());
    batch.labels.resize(32);
    batch.read_into(mixed);
    CHECK((mixed.signal().ink != nullptr) == (ink > 0.5));
    const auto of_more = network.logits(mixed);
    CHECK(std::vector<float>(of_more.begin(), of_more.begin() + 40) == together);
  }
}
