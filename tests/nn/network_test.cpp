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
  CHECK(network.parameters().size() == 3 * 4 + 4);
  CHECK(gradient_error(network, random_batch(3, 4, 5)) < tolerance);
}

TEST_CASE("the forward pass of a projection skip is softmax input relu(Wx + b) + Sx, worked by hand") {
  Network network(2, model({1}, Activation::relu, Skip::projection), 2);
  // [W; S] column by column, b, then V column by column, c.
  const std::vector<float> parameters = {1, 10, 2, 20, 0.5f, 3, -3, 0.25f, 0};
  REQUIRE(network.parameters().size() == parameters.size());
  std::copy(parameters.begin(), parameters.end(), network.parameters().begin());
  // relu(1*1 + 2*(-1) + 0.5) + 10*1 + 20*(-1) = 0 - 10; relu(1 + 2 + 0.5) + 30 = 33.5
  const std::vector<float> images = {1, -1, 1, 1};
  const auto logits = network.logits(images);
  CHECK(std::vector<float>(logits.begin(), logits.end()) ==
        std::vector<float>{-29.75f, 30, 100.75f, -100.5f});
}

TEST_CASE("the loss of a batch is the mean of -ln p of the truth, worked by hand") {
  Network network(1, model({}, Activation::relu, Skip::none), 2);
  const std::vector<float> images = {1, 1};
  std::vector<float> gradient(4);
  network.parameters()[0] = std::log(3.0f);  // logits (ln 3, 0): p = (3/4, 1/4)
  const double loss = network.gradient(images, std::vector<std::uint8_t>{0, 1}, nullptr, gradient);
  CHECK(loss == Approx((std::log(4.0 / 3.0) + std::log(4.0)) / 2).epsilon(1e-6));
  CHECK(gradient[0] == Approx((0.75 - 1 + 0.75) / 2).epsilon(1e-6));
}

TEST_CASE("a step of descent inside the matrix products equals the gradient and an update after it") {
  const ModelSettings settings = model({5, 4}, Activation::tanh, Skip::projection);
  Network folded(6, settings, 3), plain(6, settings, 3);
  randomise(folded);
  randomise(plain);
  const SmallBatch batch = random_batch(6, 3, 7);
  std::vector<float> gradient(plain.parameters().size());
  const double rate = 0.3, decay = 0.1;
  const double loss = plain.gradient(batch.images, batch.labels, nullptr, gradient);
  CHECK(folded.descend(batch.images, batch.labels, nullptr, rate, decay) == loss);
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
  std::vector<float> gradient(network.parameters().size());
  network.gradient(batch.images, batch.labels, nullptr, gradient);
  network.descend(batch.images, batch.labels, nullptr, 0.5, 0.0);
  for (const std::size_t bias :
       {std::size_t{12}, std::size_t{13}, gradient.size() - 2, gradient.size() - 1}) {
    CHECK(gradient[bias] == 0.0f);
    CHECK(network.parameters()[bias] == 0.0f);
  }
}

TEST_CASE("a step of descent learns: the loss of a small batch falls towards 0") {
  Network network(6, model({16}, Activation::relu, Skip::projection), 3);
  network.initialise(1);
  const SmallBatch batch = random_batch(6, 3, 10);
  const double before = network.descend(batch.images, batch.labels, nullptr, 0.5, 0.0);
  double after = before;
  for (int step = 0; step < 300; ++step)
    after = network.descend(batch.images, batch.labels, nullptr, 0.5, 0.0);
  CHECK(after < before / 20);
}

TEST_CASE("an identity skip around unequal widths is refused with the way out") {
  CHECK_THROWS_WITH(Network(784, model({64}, Activation::relu, Skip::identity), 47),
                    Catch::Contains("64 units has 784 inputs") && Catch::Contains("projection"));
}

TEST_CASE("parameters and floating-point operations of the seed's network are those counted by hand") {
  const Network network(784, model({256}, Activation::relu, Skip::projection), 47);
  CHECK(network.parameters().size() == 2 * 784 * 256 + 256 + 256 * 47 + 47);
  CHECK(network.flops_per_sample() == 2 * (2 * 784 * 512 + 3 * 256 * 47));
}

TEST_CASE("variants whose shapes agree start from the same weights") {
  Network with(20, model({8}, Activation::relu, Skip::projection), 5);
  Network without(20, model({8}, Activation::relu, Skip::none), 5);
  with.initialise(7);
  without.initialise(7);
  for (std::size_t input = 0; input < 20; ++input) {
    for (std::size_t unit = 0; unit < 8; ++unit) {
      REQUIRE(with.parameters()[input * 16 + unit] == without.parameters()[input * 8 + unit]);
    }
  }
  const auto output_with = with.parameters().last(8 * 5 + 5),
             output_without = without.parameters().last(8 * 5 + 5);
  CHECK(std::equal(output_with.begin(), output_with.end(), output_without.begin()));
}

TEST_CASE("initial weights have the deviation or reach that the scheme names, and biases are 0") {
  const auto moments = [](InitKind kind) {
    ModelSettings settings = model({400}, Activation::relu, Skip::none);
    settings.init.kind = kind;
    settings.init.standard_deviation = 0.02;
    Network network(100, settings, 2);
    network.initialise(1);
    double squares = 0.0, largest = 0.0;
    for (const float w : network.parameters().first(40000)) {
      squares += static_cast<double>(w) * static_cast<double>(w);
      largest = std::max(largest, std::abs(static_cast<double>(w)));
    }
    CHECK(network.parameters()[40000] == 0.0f);
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
  for (std::size_t unit = 0; unit < 1000; ++unit)
    network.parameters()[1000 + unit] = 1.0f;  // every unit gives 1
  for (std::size_t unit = 0; unit < 1000; ++unit) network.parameters()[2000 + 2 * unit] = 0.001f;
  const std::vector<float> image = {0};
  CHECK(network.logits(image)[0] == Approx(1.0).epsilon(1e-4));
  std::vector<float> gradient(network.parameters().size());
  Stream mask(1, "test/mask");
  network.gradient(image, std::vector<std::uint8_t>{1}, &mask, gradient);
  std::size_t dropped = 0;
  for (std::size_t unit = 0; unit < 1000; ++unit) dropped += gradient[2000 + 2 * unit] == 0.0f;
  CHECK(dropped > 200);
  CHECK(dropped < 300);
}

TEST_CASE("a copied network is independent of the one it came from") {
  Network network(4, model({3}, Activation::relu, Skip::projection), 2);
  network.initialise(1);
  Network copy = network;
  const SmallBatch batch = random_batch(4, 2, 3);
  copy.descend(batch.images, batch.labels, nullptr, 0.5, 0.0);
  Network fresh(4, model({3}, Activation::relu, Skip::projection), 2);
  fresh.initialise(1);
  CHECK(std::equal(network.parameters().begin(), network.parameters().end(), fresh.parameters().begin()));
  CHECK_FALSE(std::equal(copy.parameters().begin(), copy.parameters().end(), fresh.parameters().begin()));
}

TEST_CASE("a batch smaller than the one before gives the numbers of its own images alone") {
  Network network(4, model({3}, Activation::tanh, Skip::projection), 2);
  network.initialise(1);
  const SmallBatch batch = random_batch(4, 2, 9);
  network.logits(batch.images);
  const auto two = network.logits(std::span<const float>(batch.images).first(8));
  const std::vector<float> after(two.begin(), two.end());
  Network fresh = network;
  fresh.initialise(1);
  const auto again = fresh.logits(std::span<const float>(batch.images).first(8));
  CHECK(std::equal(after.begin(), after.end(), again.begin(), again.end()));
}

TEST_CASE("a loss of weights that overflowed is not a number rather than a wrong one") {
  Network network(2, model({2}, Activation::relu, Skip::projection), 2);
  std::fill(network.parameters().begin(), network.parameters().end(), 3e38f);
  std::vector<float> gradient(network.parameters().size());
  CHECK(std::isnan(
      network.gradient(std::vector<float>{1, 1}, std::vector<std::uint8_t>{0}, nullptr, gradient)));
}
