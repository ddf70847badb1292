#include "nn/initialisation.hpp"

#include <cmath>
#include <functional>
#include <stdexcept>

#include "base/random.hpp"
#include "compute/normal.hpp"

namespace ablate {
namespace {

std::function<double(Stream&)> distribution(const Init& init, double inputs, double outputs) {
  const auto normal = [](double deviation) {
    return [deviation](Stream& s) { return deviation * compute::normal(s); };
  };
  const auto uniform = [](double reach) { return [reach](Stream& s) { return s.uniform(-reach, reach); }; };
  switch (init.kind) {
    case InitKind::he_normal:
      return normal(std::sqrt(2.0 / inputs));
    case InitKind::he_uniform:
      return uniform(std::sqrt(6.0 / inputs));
    case InitKind::glorot_uniform:
      return uniform(std::sqrt(6.0 / (inputs + outputs)));
    case InitKind::normal:
      return normal(init.standard_deviation);
  }
  throw std::logic_error("an initialisation without a distribution");
}

}  // namespace

Matrix draw_weights(const Init& init, std::uint64_t seed, std::string_view purpose, std::size_t outputs,
                    std::size_t inputs) {
  Stream stream(seed, purpose);
  const auto draw = distribution(init, static_cast<double>(inputs), static_cast<double>(outputs));
  Matrix weights(outputs, inputs);
  for (float& weight : weights) weight = static_cast<float>(draw(stream));
  return weights;
}

}  // namespace ablate
