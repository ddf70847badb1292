#include "nn/network.hpp"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "support/numeric_gradient.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

constexpr double tolerance = 2e-3;

ModelSettings model(std::vector<int> hidden, Activation activation, Skip skip) {
  ModelSettings settings;
  settings.hidden = std::move(hidden);
  settings.activation = activation;
  settings.skip = skip;
  return settings;
}

}  // namespace

TEST_CASE("the gradient of every activation and skip agrees with central differences") {
  for (const Skip skip : {Skip::none, Skip::projection, Skip::identity}) {
    for (const Activation activation : {Activation::relu, Activation::tanh, Activation::sigmoid,
                                        Activation::leaky_relu, Activation::gelu}) {
      CAPTURE(to_string(skip), to_string(activation));
      Network network(4, model({4}, activation, skip), 3);
      randomise(network);
      CHECK(gradient_error(network, random_batch(4, 3, 5)) < tolerance);
    }
  }
}

TEST_CASE("the gradient of a deep network agrees with central differences around every layer's skip") {
  Network projection(5, model({4, 3, 6}, Activation::tanh, Skip::projection), 4);
  randomise(projection);
  CHECK(gradient_error(projection, random_batch(5, 4, 6)) < tolerance);
  Network identity(5, model({5, 5, 5}, Activation::gelu, Skip::identity), 4);
  randomise(identity);
  CHECK(gradient_error(identity, random_batch(5, 4, 6)) < tolerance);
}

TEST_CASE("the gradient with dropout agrees with central differences under the same mask") {
  ModelSettings settings = model({6, 6}, Activation::tanh, Skip::projection);
  settings.dropout = 0.4;
  Network network(3, settings, 3);
  randomise(network);
  CHECK(gradient_error(network, random_batch(3, 3, 8), true) < tolerance);
}

TEST_CASE("a network without hidden layers is a linear softmax classifier with a right gradient") {
  Network network(3, model({}, Activation::relu, Skip::none), 4);
  randomise(network);
  CHECK(network.weight_count() == 3 * 4 + 4);
  CHECK(gradient_error(network, random_batch(3, 4, 5)) < tolerance);
}

TEST_CASE("the forward pass of a projection skip is softmax input relu(Wx + b) + Sx, worked by hand") {
  Network network(2, model({1}, Activation::relu, Skip::projection), 2);
  // [W; S] column by column, b, then V column by column, c.
  network.set_weights(std::vector<float>{-1, 10, 2, 20, 0.5f, 3, -3, 0.25f, 0});
  // relu(-1*1 + 2*0 + 0.5) + 10*1 + 20*0 = 10; relu(-1 + 2 + 0.5) + 30 = 31.5
  ImageBatch images;
  SmallBatch{{255, 0, 255, 255}, {0, 0}}.read_into(images);
  const auto logits = network.logits(images);
  CHECK(std::vector<float>(logits.begin(), logits.end()) == std::vector<float>{30.25f, -30, 94.75f, -94.5f});
}

TEST_CASE("the loss of a batch is the mean of -ln p of the truth, worked by hand") {
  Network network(1, model({}, Activation::relu, Skip::none), 2);
  const SmallBatch batch{{255, 255}, {0, 1}};
  ImageBatch images;
  batch.read_into(images);
  std::vector<float> gradient(network.parameters().size());
  network.parameters()[0] = std::log(3.0f);  // logits (ln 3, 0): p = (3/4, 1/4)
  const double loss = network.gradient(images, batch.labels, nullptr, gradient);
  CHECK(loss == Approx((std::log(4.0 / 3.0) + std::log(4.0)) / 2).epsilon(1e-6));
  CHECK(gradient[0] == Approx((0.75 - 1 + 0.75) / 2).epsilon(1e-6));
}

TEST_CASE("a step of descent inside the matrix products equals the gradient and an update after it") {
  const ModelSettings settings = model({5, 4}, Activation::tanh, Skip::projection);
  Network folded(6, settings, 3), plain(6, settings, 3);
  randomise(folded);
  randomise(plain);
  const SmallBatch batch = random_batch(6, 3, 7);
  ImageBatch images;
  batch.read_into(images);
  std::vector<float> gradient(plain.parameters().size());
  const double rate = 0.3, decay = 0.1;
  const double loss = plain.gradient(images, batch.labels, nullptr, gradient);
  CHECK(folded.descend(images, batch.labels, nullptr, rate, decay) == loss);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const double expected = (1.0 - rate * decay) * static_cast<double>(plain.parameters()[i]) -
                            rate * static_cast<double>(gradient[i]);
    CHECK(folded.parameters()[i] == Approx(expected).margin(1e-6));
  }
}

TEST_CASE("biases that are not trained keep their value and have no gradient") {
  Network network(3, model({2}, Activation::relu, Skip::projection), 2, false);
  network.initialise(1);
  const SmallBatch batch = random_batch(3, 2, 4);
  ImageBatch images;
  batch.read_into(images);
  std::vector<float> gradient(network.parameters().size());
  Network holder = network;
  network.gradient(images, batch.labels, nullptr, gradient);
  std::copy(gradient.begin(), gradient.end(), holder.parameters().begin());
  network.descend(images, batch.labels, nullptr, 0.5, 0.0);
  const std::vector<float> weights = network.weights(), gradients = holder.weights();
  for (const std::size_t bias : {std::size_t{12}, std::size_t{13}, weights.size() - 2, weights.size() - 1}) {
    CHECK(gradients[bias] == 0.0f);
    CHECK(weights[bias] == 0.0f);
  }
}

TEST_CASE("a step of descent learns: the loss of a small batch falls towards 0") {
  Network network(6, model({16}, Activation::relu, Skip::projection), 3);
  network.initialise(1);
  const SmallBatch batch = random_batch(6, 3, 10);
  ImageBatch images;
  batch.read_into(images);
  const double before = network.descend(images, batch.labels, nullptr, 0.5, 0.0);
  double after = before;
  for (int step = 0; step < 300; ++step) after = network.descend(images, batch.labels, nullptr, 0.5, 0.0);
  CHECK(after < before / 20);
}

TEST_CASE("an identity skip around unequal widths is refused with the way out") {
  CHECK_THROWS_WITH(Network(784, model({64}, Activation::relu, Skip::identity), 47),
                    Catch::Contains("64 units has 784 inputs") && Catch::Contains("projection"));
}

TEST_CASE("parameters and floating-point operations of the seed's network are those counted by hand") {
  const Network network(784, model({256}, Activation::relu, Skip::projection), 47);
  CHECK(network.weight_count() == 2 * 784 * 256 + 256 + 256 * 47 + 47);
  CHECK(network.flops_per_sample() == 2 * (2 * 784 * 512 + 3 * 256 * 47));
}

TEST_CASE("variants whose shapes agree start from the same weights") {
  Network with(20, model({8}, Activation::relu, Skip::projection), 5);
  Network without(20, model({8}, Activation::relu, Skip::none), 5);
  with.initialise(7);
  without.initialise(7);
  const std::vector<float> both = with.weights(), one = without.weights();
  for (std::size_t input = 0; input < 20; ++input) {
    for (std::size_t unit = 0; unit < 8; ++unit) REQUIRE(both[input * 16 + unit] == one[input * 8 + unit]);
  }
  CHECK(std::equal(both.end() - (8 * 5 + 5), both.end(), one.end() - (8 * 5 + 5)));
}

TEST_CASE("initial weights have the deviation or reach that the scheme names, and biases are 0") {
  const auto moments = [](InitKind kind) {
    ModelSettings settings = model({400}, Activation::relu, Skip::none);
    settings.init.kind = kind;
    settings.init.standard_deviation = 0.02;
    Network network(100, settings, 2);
    network.initialise(1);
    double squares = 0.0, largest = 0.0;
    const std::vector<float> weights = network.weights();
    for (const float w : std::span(weights).first(40000)) {
      squares += static_cast<double>(w) * static_cast<double>(w);
      largest = std::max(largest, std::abs(static_cast<double>(w)));
    }
    CHECK(weights[40000] == 0.0f);
    return std::pair(std::sqrt(squares / 40000), largest);
  };
  CHECK(moments(InitKind::he_normal).first == Approx(std::sqrt(2.0 / 100)).epsilon(0.02));
  CHECK(moments(InitKind::normal).first == Approx(0.02).epsilon(0.02));
  CHECK(moments(InitKind::he_uniform).second == Approx(std::sqrt(6.0 / 100)).epsilon(0.001));
  CHECK(moments(InitKind::glorot_uniform).second == Approx(std::sqrt(6.0 / 500)).epsilon(0.001));
}

TEST_CASE("dropout drops its share in training, keeps the mean, and is off when logits are asked for") {
  ModelSettings settings = model({1000}, Activation::relu, Skip::none);
  settings.dropout = 0.25;
  Network network(1, settings, 2);
  std::vector<float> weights(network.weight_count());
  std::fill_n(weights.begin() + 1000, 1000, 1.0f);  // every unit gives 1
  for (std::size_t unit = 0; unit < 1000; ++unit) weights[2000 + 2 * unit] = 0.001f;
  network.set_weights(weights);
  ImageBatch image;
  SmallBatch{{0}, {1}}.read_into(image);
  CHECK(network.logits(image)[0] == Approx(1.0).epsilon(1e-4));
  std::vector<float> gradient(network.parameters().size());
  Stream mask(1, "test/mask");
  network.gradient(image, std::vector<std::uint8_t>{1}, &mask, gradient);
  std::copy(gradient.begin(), gradient.end(), network.parameters().begin());
  weights = network.weights();
  std::size_t dropped = 0;
  for (std::size_t unit = 0; unit < 1000; ++unit) dropped += weights[2000 + 2 * unit] == 0.0f;
  CHECK(dropped > 200);
  CHECK(dropped < 300);
}

TEST_CASE("a copied network is independent of the one it came from") {
  Network network(4, model({3}, Activation::relu, Skip::projection), 2);
  network.initialise(1);
  Network copy = network;
  const SmallBatch batch = random_batch(4, 2, 3);
  ImageBatch images;
  batch.read_into(images);
  copy.descend(images, batch.labels, nullptr, 0.5, 0.0);
  Network fresh(4, model({3}, Activation::relu, Skip::projection), 2);
  fresh.initialise(1);
  CHECK(std::equal(network.parameters().begin(), network.parameters().end(), fresh.parameters().begin()));
  CHECK_FALSE(std::equal(copy.parameters().begin(), copy.parameters().end(), fresh.parameters().begin()));
}

TEST_CASE("a batch smaller than the one before gives the numbers of its own images alone") {
  Network network(4, model({3}, Activation::tanh, Skip::projection), 2);
  network.initialise(1);
  const SmallBatch batch = random_batch(4, 2, 9);
  ImageBatch images;
  batch.read_into(images);
  network.logits(images);
  batch.read_into(images, 2);
  const auto two = network.logits(images);
  const std::vector<float> after(two.begin(), two.end());
  Network fresh = network;
  fresh.initialise(1);
  const auto again = fresh.logits(images);
  CHECK(std::equal(after.begin(), after.end(), again.begin(), again.end()));
}

TEST_CASE("a loss of weights that overflowed is not a number rather than a wrong one") {
  Network network(2, model({2}, Activation::relu, Skip::projection), 2);
  network.set_weights(std::vector<float>(network.weight_count(), 3e38f));
  std::vector<float> gradient(network.parameters().size());
  ImageBatch images;
  SmallBatch{{255, 255}, {0}}.read_into(images);
  CHECK(std::isnan(network.gradient(images, std::vector<std::uint8_t>{0}, nullptr, gradient)));
}

TEST_CASE("an infinite weight is found though its pixel is blank in every image") {
  Network network(2, model({2}, Activation::relu, Skip::projection), 2);
  network.initialise(1);
  std::vector<float> weights = network.weights();
  CHECK(network.is_finite());
  weights[4] = INFINITY;  // of the second pixel
  network.set_weights(weights);
  std::vector<float> gradient(network.parameters().size());
  ImageBatch images;
  SmallBatch{{255, 0}, {0}}.read_into(images);
  CHECK(std::isfinite(network.gradient(images, std::vector<std::uint8_t>{0}, nullptr, gradient)));
  CHECK_FALSE(network.is_finite());
}

TEST_CASE("weight decay shrinks the weights of a pixel that no image inks") {
  Network network(2, model({3}, Activation::relu, Skip::projection), 2);
  network.initialise(1);
  const std::vector<float> before = network.weights();
  ImageBatch images;
  SmallBatch{{200, 0, 100, 0}, {0, 1}}.read_into(images);
  network.descend(images, std::vector<std::uint8_t>{0, 1}, nullptr, 0.5, 0.25);
  const std::vector<float> after = network.weights();
  for (std::size_t i = 6; i < 12; ++i) CHECK(after[i] == 0.875f * before[i]);
}

TEST_CASE("weights of another network are refused") {
  Network network(2, model({3}, Activation::relu, Skip::none), 2);
  CHECK_THROWS_AS(network.set_weights(std::vector<float>(5)), std::invalid_argument);
}

TEST_CASE("between the parameters of a network there is nothing but zeros, however it is trained") {
  Network network(9, model({5, 19}, Activation::sigmoid, Skip::projection), 3);
  randomise(network);
  const SmallBatch batch = random_batch(9, 3, 6);
  ImageBatch images;
  batch.read_into(images);
  for (int step = 0; step < 5; ++step) network.descend(images, batch.labels, nullptr, 0.1, 0.01);
  Network again(9, model({5, 19}, Activation::sigmoid, Skip::projection), 3);
  again.set_weights(network.weights());
  CHECK(std::equal(network.parameters().begin(), network.parameters().end(), again.parameters().begin()));
}
