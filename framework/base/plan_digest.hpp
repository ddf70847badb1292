#pragma once
/// What will be trained, as one number: two plans with the same one have the same runs.

#include <cstdint>
#include <span>
#include <string>

namespace ablate {

/// A variant by its name and by the digest of its settings.
struct PlannedVariant {
  std::string name, sha256;
};

/// SHA-256 over the variants and the seeds, in their order, and the stop rules (YAML; empty: none).
std::string plan_digest(std::span<const PlannedVariant> variants, std::span<const std::int64_t> seeds,
                        const std::string& stop_rules);

}  // namespace ablate
