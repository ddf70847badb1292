#include "config/plan.hpp"

#include "base/digest.hpp"
#include "base/plan_digest.hpp"
#include "config/config_writer.hpp"

namespace ablate {

void set_config(Variant& variant, Resolved config) {
  variant.config = config;
  variant.yaml = block_text(to_node(config));
  variant.sha256 = sha256_hex(identity_text(config));
  variant.trainer = std::move(config.trainer);
}

std::string plan_of(const Study& study) {
  std::vector<PlannedVariant> variants;
  for (const Variant& variant : study.variants) variants.push_back({variant.name, variant.sha256});
  const std::vector<std::int64_t> seeds(study.seeds.begin(), study.seeds.end());
  return plan_digest(variants, seeds, study.stop_rules);
}

}  // namespace ablate
