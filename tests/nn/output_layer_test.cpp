#include "nn/output_layer.hpp"

#include <catch2/catch.hpp>

#include "nn/layer_gradient.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("the output layer's gradients agree with central differences") {
  OutputLayer layer(20, 3);
  CHECK(LayerCheck(layer, 20, 4).worst() < 2e-3);
}
