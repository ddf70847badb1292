#include "nn/dropout_layer.hpp"

#include <catch2/catch.hpp>

#include "nn/layer_gradient.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("dropout's gradient agrees with central differences under the same mask") {
  DropoutLayer layer(20, 0.4);
  CHECK(LayerCheck(layer, 20, 6).worst() < 2e-3);
}

TEST_CASE("dropout without a stream hands its input on") {
  DropoutLayer layer(4, 0.9);
  const compute::AlignedFloats input(16, 2.0f);
  layer.forward(nullptr, {{input.data(), 16, 1}}, nullptr);
  CHECK(layer.output().rows.data == input.data());
}
