#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/digest.hpp"
#include "base/plan_digest.hpp"
#include "store/merge_study.hpp"
#include "store/uuid.hpp"

namespace ablate {
namespace {

/// True where the plan has both, and lacks the run itself for a reason: its variant gets fewer of the seeds.
bool has_both(const StoredPlan& plan, const std::string& variant, std::int64_t seed) {
  return std::find(plan.variants.begin(), plan.variants.end(), variant) != plan.variants.end() &&
         std::find(plan.seeds.begin(), plan.seeds.end(), seed) != plan.seeds.end();
}

/// Plans the runs of the united plan that neither file had and neither plan left out.
int plan_missing_runs(Connection& into, std::int64_t study_id, const StoredPlan& ours,
                      const StoredPlan& theirs) {
  constexpr const char* planned = "SELECT {} FROM main.run WHERE study_id = ?1 AND NOT obsolete";
  const std::string variants = fmt::format(planned, "variant_id"), seeds = fmt::format(planned, "seed");
  Query revive(into, fmt::format("UPDATE main.run SET obsolete = 0 WHERE study_id = ?1 AND obsolete AND "
                                 "variant_id IN ({}) AND seed IN ({})",
                                 variants, seeds));
  (revive << study_id).run();
  Query missing(into,
                fmt::format("SELECT v.id, v.name, s.seed FROM main.variant AS v, (SELECT DISTINCT seed FROM "
                            "main.run WHERE study_id = ?1 AND NOT obsolete) AS s WHERE v.id IN ({}) AND "
                            "NOT EXISTS (SELECT 1 FROM main.run WHERE variant_id = v.id AND "
                            "seed = s.seed) ORDER BY s.seed, v.position",
                            variants));
  missing << study_id;
  std::vector<std::pair<std::int64_t, std::int64_t>> runs;
  while (missing.next()) {
    std::int64_t variant = 0, seed = 0;
    std::string name;
    missing >> variant >> name >> seed;
    if (!has_both(ours, name, seed) && !has_both(theirs, name, seed)) runs.emplace_back(variant, seed);
  }
  Query add(into, "INSERT INTO main.run(uuid, study_id, variant_id, seed) VALUES (?, ?, ?, ?)");
  for (const auto& [variant, seed] : runs) (add << new_uuid() << study_id << variant << seed).run();
  return static_cast<int>(runs.size());
}

/// The canonical study file with another list of seeds.
std::string with_seeds(const std::string& config, const std::vector<std::int64_t>& seeds) {
  const std::size_t line = ("\n" + config).find("\nseeds: ");
  if (line == std::string::npos) return config;
  const std::size_t end = std::min(config.find('\n', line), config.size());
  return config.substr(0, line) + fmt::format("seeds: [{}]", fmt::join(seeds, ", ")) + config.substr(end);
}

std::string config_of(Connection& connection, const std::string& schema, std::int64_t study_id) {
  Query query(connection, fmt::format("SELECT config FROM {}.study WHERE id = ?", schema));
  query << study_id;
  std::string config;
  if (query.next()) query >> config;
  return config;
}

std::string digest_of(Connection& into, std::int64_t study_id, const StoredPlan& plan) {
  std::vector<PlannedVariant> variants;
  std::string rules;
  for (const std::string& name : plan.variants) {
    Query query(
        into,
        "SELECT variant.config_sha256, study.stop_rules FROM main.variant JOIN main.study ON study.id = "
        "variant.study_id WHERE study_id = ? AND variant.name = ?");
    query << study_id << name;
    PlannedVariant& variant = variants.emplace_back(PlannedVariant{name, {}});
    if (query.next()) query >> variant.sha256 >> rules;
  }
  return plan_digest(variants, plan.seeds, rules);
}

/// The source planned all of it: its study file is that of the whole.
void take_plan(const MergeContext& context, const SourceStudy& study, std::int64_t study_id) {
  Query take(
      context.into,
      fmt::format("UPDATE main.study SET (question, config, config_sha256, plan_sha256) = (SELECT question, "
                  "config, config_sha256, plan_sha256 FROM {}.study WHERE id = ?) WHERE id = ?",
                  context.from));
  (take << study.id << study_id).run();
}

void widen_plan(const MergeContext& context, std::int64_t study_id, const StoredPlan& plan) {
  const std::string config = with_seeds(config_of(context.into, "main", study_id), plan.seeds);
  Query widen(context.into,
              "UPDATE main.study SET config = ?, config_sha256 = ?, plan_sha256 = ? WHERE id = ?");
  (widen << config << sha256_hex(config) << digest_of(context.into, study_id, plan) << study_id).run();
}

}  // namespace

StoredPlan stored_plan(Connection& connection, const std::string& schema, std::int64_t study_id) {
  StoredPlan plan;
  Query variants(connection,
                 fmt::format("SELECT name FROM {0}.variant AS v WHERE study_id = ? AND EXISTS (SELECT 1 FROM "
                             "{0}.run WHERE variant_id = v.id AND NOT obsolete) ORDER BY position",
                             schema));
  variants << study_id;
  while (variants.next()) variants >> plan.variants.emplace_back();
  Query seeds(connection, fmt::format("SELECT DISTINCT seed FROM {}.run WHERE study_id = ? AND NOT obsolete "
                                      "ORDER BY seed",
                                      schema));
  seeds << study_id;
  while (seeds.next()) seeds >> plan.seeds.emplace_back();
  return plan;
}

void unite_plans(const MergeContext& context, const SourceStudy& study, std::int64_t study_id,
                 const StoredPlan& before, MergedStudy& merged) {
  const StoredPlan theirs = stored_plan(context.into, context.from, study.id);
  merged.runs_planned = plan_missing_runs(context.into, study_id, before, theirs);
  const StoredPlan after = stored_plan(context.into, "main", study_id);
  if (after != before && after == theirs) {
    take_plan(context, study, study_id);
    return;
  }
  const std::string their_file = config_of(context.into, context.from, study.id);
  const std::string our_file = config_of(context.into, "main", study_id);
  if (with_seeds(their_file, {}) != with_seeds(our_file, {})) {
    merged.remarks.emplace_back(
        "question, baseline, variants or report settings differ; the file's own stay");
  }
  if (after != before) widen_plan(context, study_id, after);
}

}  // namespace ablate
