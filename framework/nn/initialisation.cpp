#include "nn/initialisation.hpp"

#include <cmath>
#include <functional>
#include <stdexcept>

#include "base/random.hpp"

namespace ablate {
namespace {

std::function<double(Stream&)> distribution(const Init& init, double inputs, double outputs) {
  const auto normal = [](double deviation) {
    return [deviation](Stream& s) { return deviation * s.normal(); };
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

void draw_weights(const Init& init, std::uint64_t seed, std::string_view purpose, Matrix& target,
                  std::size_t first_row, std::size_t outputs) {
  Stream stream(seed, purpose);
  const auto draw = distribution(init, static_cast<double>(target.n_cols), static_cast<double>(outputs));
  for (arma::uword input = 0; input < target.n_cols; ++input) {
    float* column = target.colptr(input) + first_row;
    for (std::size_t output = 0; output < outputs; ++output)
      column[output] = static_cast<float>(draw(stream));
  }
}

}  // namespace ablate
