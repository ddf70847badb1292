#include "data/dataset.hpp"

namespace ablate {

SharedBytes::SharedBytes(std::vector<std::uint8_t> bytes) {
  const auto owner = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  bytes_ = *owner;
  owner_ = owner;
}

}  // namespace ablate
