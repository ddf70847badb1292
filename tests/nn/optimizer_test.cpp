#include "nn/optimizer.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace ablate;

namespace {

constexpr std::size_t size = 16;

/// Two steps of sixteen equal parameters from w = 1 with gradients 0.5 and 0.25 at rate 0.1; the expected values are worked by hand from
/// each paper's formula in the tests below.
double after_two_steps(const OptimizerSettings& settings) {
  Optimizer optimizer(settings, size);
  std::vector<float> w(size, 1.0f);
  for (const float g : {0.5f, 0.25f}) {
    std::vector<float> gradient(size, g);
    optimizer.step(w, gradient, 0.1);
  }
  return w[0];
}

OptimizerSettings of(OptimizerKind type) {
  OptimizerSettings settings;
  settings.type = type;
  return settings;
}

}  // namespace

TEST_CASE("plain sgd subtracts rate times gradient") {
  CHECK(after_two_steps(of(OptimizerKind::sgd)) == Approx(1 - 0.05 - 0.025));
  CHECK(Optimizer(of(OptimizerKind::sgd), size).is_plain());
}

TEST_CASE("sgd with momentum carries the velocity over") {
  OptimizerSettings settings = of(OptimizerKind::sgd);
  settings.momentum = 0.9;
  CHECK(after_two_steps(settings) == Approx(1 - 0.1 * 0.5 - 0.1 * (0.9 * 0.5 + 0.25)));
  CHECK_FALSE(Optimizer(settings, size).is_plain());
  settings.nesterov = true;
  const double v1 = 0.5, v2 = 0.9 * v1 + 0.25;
  CHECK(after_two_steps(settings) == Approx(1 - 0.1 * (0.5 + 0.9 * v1) - 0.1 * (0.25 + 0.9 * v2)));
}

TEST_CASE("weight decay adds lambda w to the gradient, and adamw shrinks the weight apart from it") {
  OptimizerSettings settings = of(OptimizerKind::sgd);
  settings.weight_decay = 0.2;
  const double w1 = 1 - 0.1 * (0.5 + 0.2 * 1);
  CHECK(after_two_steps(settings) == Approx(w1 - 0.1 * (0.25 + 0.2 * w1)));
  settings.type = OptimizerKind::adamw;
  settings.epsilon = 1e-12;
  // The first step of adam is rate * sign(g): 0.1. Second: m = .9*.05+.1*.25, v = .999*.00025+.001*.0625.
  const double m = (0.9 * 0.05 + 0.1 * 0.25) / (1 - 0.81),
               v = (0.999 * 0.00025 + 0.001 * 0.0625) / (1 - 0.998001);
  const double first = 1 * (1 - 0.02) - 0.1;
  CHECK(after_two_steps(settings) == Approx(first * (1 - 0.02) - 0.1 * m / std::sqrt(v)));
}

TEST_CASE("adam divides the unbiased mean by the root of the unbiased mean square") {
  OptimizerSettings settings = of(OptimizerKind::adam);
  settings.epsilon = 1e-12;
  const double m = (0.9 * 0.05 + 0.1 * 0.25) / (1 - 0.81),
               v = (0.999 * 0.00025 + 0.001 * 0.0625) / (1 - 0.998001);
  CHECK(after_two_steps(settings) == Approx(1 - 0.1 - 0.1 * m / std::sqrt(v)));
}

TEST_CASE("rmsprop divides by the root of the running mean square, and its momentum gathers the quotients") {
  OptimizerSettings settings = of(OptimizerKind::rmsprop);
  settings.rho = 0.9;
  settings.epsilon = 1e-12;
  const double v1 = 0.1 * 0.25, v2 = 0.9 * v1 + 0.1 * 0.0625;
  const double d1 = 0.5 / std::sqrt(v1), d2 = 0.25 / std::sqrt(v2);
  CHECK(after_two_steps(settings) == Approx(1 - 0.1 * (d1 + d2)));
  settings.momentum = 0.5;
  CHECK(after_two_steps(settings) == Approx(1 - 0.1 * d1 - 0.1 * (0.5 * d1 + d2)));
}

TEST_CASE("adagrad divides by the root of the sum of squares") {
  OptimizerSettings settings = of(OptimizerKind::adagrad);
  settings.epsilon = 1e-12;
  CHECK(after_two_steps(settings) == Approx(1 - 0.1 * (1 + 0.25 / std::sqrt(0.25 + 0.0625))));
}

TEST_CASE("epsilon keeps a parameter with no gradient where it is") {
  for (const OptimizerKind type :
       {OptimizerKind::adam, OptimizerKind::adamw, OptimizerKind::rmsprop, OptimizerKind::adagrad}) {
    Optimizer optimizer(of(type), size);
    std::vector<float> w(size, 1.0f), gradient(size, 0.0f);
    optimizer.step(w, gradient, 0.1);
    CHECK(w[0] == 1.0f);
  }
}

TEST_CASE("an optimiser given back its state and count goes on as if undisturbed") {
  const OptimizerSettings settings = of(OptimizerKind::adam);
  Optimizer whole(settings, size), first(settings, size), second(settings, size);
  std::vector<float> w(size, 1.0f), v(size, 1.0f);
  const auto step = [](Optimizer& optimizer, std::vector<float>& weights, float g) {
    std::vector<float> gradient(size, g);
    optimizer.step(weights, gradient, 0.1);
  };
  step(whole, w, 0.5f);
  step(whole, w, -0.3f);
  step(first, v, 0.5f);
  std::copy(first.state().begin(), first.state().end(), second.state().begin());
  second.set_steps(first.steps());
  step(second, v, -0.3f);
  CHECK(w == v);
}
