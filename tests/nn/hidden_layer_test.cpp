#include "nn/hidden_layer.hpp"

#include <catch2/catch.hpp>

#include "nn/layer_gradient.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("a hidden layer's gradients agree with central differences for every activation and skip") {
  for (const Activation activation :
       {Activation::relu, Activation::tanh, Activation::sigmoid, Activation::leaky_relu, Activation::gelu}) {
    for (const Skip skip : {Skip::none, Skip::projection, Skip::identity}) {
      CAPTURE(to_string(activation), to_string(skip));
      HiddenLayer layer(5, 5, activation, skip);
      CHECK(LayerCheck(layer, 5, 3).worst() < 2e-3);
    }
  }
}

TEST_CASE("a hidden layer's gradients are right where its rows fill a panel and part of another") {
  HiddenLayer layer(3, 70, Activation::tanh, Skip::projection);
  CHECK(LayerCheck(layer, 3, 2).worst() < 2e-3);
}

TEST_CASE("a map gives back the weights that it took, whatever its panels") {
  for (const std::size_t units : {std::size_t{1}, std::size_t{16}, std::size_t{70}, std::size_t{200}}) {
    HiddenLayer layer(7, units, Activation::relu, Skip::projection);
    std::vector<float> weights(layer.weight_count()), again;
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i + 1);
    compute::AlignedFloats parameters(layer.parameters());
    std::span<const float> left(weights);
    layer.take_weights(parameters.data(), left);
    layer.append_weights(parameters.data(), again);
    CHECK(left.empty());
    CHECK(again == weights);
    CHECK(parameters[compute::weight_at(compute::padded(units), 3, 2 * compute::padded(units), 7)] ==
          weights[3 * 2 * units + units]);
  }
}
