// Every optimiser step of every instruction set against the header's formulas written plainly, bit by bit.

#include "compute/optimizer_steps.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include "compute/dispatch.hpp"
#include "random_floats.hpp"

using namespace ablate;
using namespace ablate::compute;
using namespace ablate::test;

namespace {

constexpr std::size_t size = 208;
constexpr OptimizerSteps::Adam adam{0.01f, 0.9f, 0.999f, 1.7f, 30.0f, 1e-8f};
constexpr OptimizerSteps::RmsProp rmsprop{0.01f, 0.95f, 0.8f, 1e-7f};

/// Parameters, gradient and the two vectors of an optimiser.
struct State {
  AlignedFloats w, g, m, v;
  bool operator==(const State& other) const {
    return differing_bits(w, other.w) + differing_bits(m, other.m) + differing_bits(v, other.v) == 0;
  }
};

State draw() {
  Stream stream(2, "test/optimizer");
  State s{random_floats(size, stream), random_floats(size, stream), random_floats(size, stream),
          random_floats(size, stream, 0.0, 1.0)};
  return s;
}

template <class Plain>
State plainly(Plain plain) {
  State s = draw();
  for (std::size_t i = 0; i < size; ++i) plain(s.w[i], s.g[i], s.m[i], s.v[i]);
  return s;
}

template <class Step>
void compare(const State& expected, Step step) {
  for (const Kernels* kernels : available_kernels()) {
    CAPTURE(kernels->name);
    State s = draw();
    step(kernels->steps, s);
    CHECK(s == expected);
  }
}

}  // namespace

TEST_CASE("momentum and Nesterov's momentum step as their formulas say, bit by bit") {
  for (const bool nesterov : {false, true}) {
    compare(plainly([&](float& w, float g, float& m, float&) {
              m = std::fma(0.9f, m, g);
              w = std::fma(-0.1f, nesterov ? std::fma(0.9f, m, g) : m, w);
            }),
            [&](const OptimizerSteps& steps, State& s) {
              steps.momentum(s.w.data(), s.g.data(), s.m.data(), 0.1f, 0.9f, nesterov, size);
            });
  }
}

TEST_CASE("Adam steps as its formula says, bit by bit") {
  compare(plainly([](float& w, float g, float& m, float& v) {
            m = std::fma(adam.beta1, m, (1.0f - adam.beta1) * g);
            v = std::fma(adam.beta2, v, (1.0f - adam.beta2) * g * g);
            w -= adam.rate * (adam.unbias1 * m) / (std::sqrt(adam.unbias2 * v) + adam.epsilon);
          }),
          [](const OptimizerSteps& steps, State& s) {
            steps.adam(s.w.data(), s.g.data(), s.m.data(), s.v.data(), adam, size);
          });
}

TEST_CASE("RMSProp steps as its formula says, with and without momentum, bit by bit") {
  for (const bool gathers : {false, true}) {
    compare(plainly([&](float& w, float g, float& m, float& v) {
              v = std::fma(rmsprop.rho, v, (1.0f - rmsprop.rho) * g * g);
              float step = g / (std::sqrt(v) + rmsprop.epsilon);
              if (gathers) step = m = std::fma(rmsprop.momentum, m, step);
              w = std::fma(-rmsprop.rate, step, w);
            }),
            [&](const OptimizerSteps& steps, State& s) {
              steps.rmsprop(s.w.data(), s.g.data(), s.v.data(), gathers ? s.m.data() : nullptr, rmsprop,
                            size);
            });
  }
}

TEST_CASE("Adagrad steps as its formula says, bit by bit") {
  compare(plainly([](float& w, float g, float&, float& v) {
            v = std::fma(g, g, v);
            w = std::fma(-0.1f, g / (std::sqrt(v) + 1e-7f), w);
          }),
          [](const OptimizerSteps& steps, State& s) {
            steps.adagrad(s.w.data(), s.g.data(), s.v.data(), 0.1f, 1e-7f, size);
          });
}

TEST_CASE(
    "a vector is scaled and added to as the formulas say, and scaling by 0 clears what is not a number") {
  compare(plainly([](float& w, float g, float& m, float& v) {
            w = 0.97f * w;
            m = std::fma(-0.3f, g, m);
            v = 0.0f;
          }),
          [](const OptimizerSteps& steps, State& s) {
            steps.scale(s.w.data(), 0.97f, size);
            steps.add_scaled(s.m.data(), -0.3f, s.g.data(), size);
            s.v[5] = NAN;
            steps.scale(s.v.data(), 0.0f, size);
          });
}
