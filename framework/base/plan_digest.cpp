#include "base/plan_digest.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"

namespace ablate {

std::string plan_digest(std::span<const PlannedVariant> variants, std::span<const std::int64_t> seeds,
                        const std::string& stop_rules) {
  std::string plan;
  for (const PlannedVariant& variant : variants) plan += fmt::format("{} {}\n", variant.sha256, variant.name);
  for (const std::int64_t seed : seeds) plan += fmt::format("{}\n", seed);
  return sha256_hex(plan + stop_rules);
}

}  // namespace ablate
