#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/interrupted.hpp"
#include "base/numbers_version.hpp"
#include "store/choices.hpp"
#include "store/look_rows.hpp"
#include "store/plan_change.hpp"
#include "store/settings_of.hpp"
#include "store/store_rows.hpp"
#include "store/store_state.hpp"
#include "store/uuid.hpp"
#include "store/views.hpp"

namespace ablate {
namespace {

std::int64_t one_id(Query& query) {
  std::int64_t id = 0;
  if (query.next()) query >> id;
  return id;
}

bool sets_aside(const std::vector<PlanChange>& all) {
  return std::any_of(all.begin(), all.end(), [](const PlanChange& change) { return change.sets_aside; });
}

/// Refuses to set results of a study aside, unless that is what is wanted. What grows a study is free.
void check_changes(Connection& connection, const std::string& study, const std::vector<PlanChange>& all) {
  constexpr std::size_t shown = 12;
  if (!sets_aside(all)) return;
  std::vector<std::string> changes;
  for (const PlanChange& change : all) {
    if (changes.size() < shown) changes.push_back(change.text);
  }
  if (all.size() > shown) changes.push_back(fmt::format("and {} more", all.size() - shown));
  throw PlanRefused(
      fmt::format("study '{}' in {} has changed since its first run was trained:\n  {}", study,
                  connection.path().string(), fmt::join(changes, "\n  ")),
      "--replan trains the new runs and sets those that are gone aside, with their results; --db "
      "names another file, for both");
}

/// A variant of the same name with other settings that was begun gives up its name: "b" becomes "b (before
/// 1)". So does one whose finished runs are of another numbers version.
void set_aside_changed(Connection& connection, const StudyRecord& study, const VariantRecord& variant) {
  Query stored(
      connection,
      "SELECT variant.id, variant.study_id FROM variant JOIN study ON study.id = variant.study_id "
      "WHERE study.name = ?1 AND variant.name = ?2 AND iif(variant.config_sha256 <> ?3, EXISTS "
      "(SELECT 1 FROM run WHERE variant_id = variant.id AND attempt > 0), EXISTS "
      "(SELECT 1 FROM run WHERE variant_id = variant.id AND status IN ('done', 'stopped', 'diverged') "
      "AND coalesce(numbers, code_version IS NOT NULL) NOT IN (0, ?4)))");
  stored << study.name << variant.name << variant.config_sha256 << numbers_version;
  if (!stored.next()) return;
  std::int64_t id = 0, study_id = 0;
  stored >> id >> study_id;
  for (int number = 1;; ++number) {
    Query rename(connection,
                 "UPDATE variant SET name = ?1, is_baseline = 0 WHERE id = ?2 AND NOT EXISTS "
                 "(SELECT 1 FROM variant WHERE study_id = ?3 AND name = ?1)");
    rename << fmt::format("{} (before {})", variant.name, number) << id << study_id;
    if (rename.run() > 0) return;
  }
}

/// A variant that was never begun keeps its name with other settings: its runs are other runs, for merging too.
void renew_changed(Connection& connection, const std::string& study, const VariantRecord& variant) {
  Query changed(connection,
                "SELECT run.id FROM run JOIN variant ON variant.id = run.variant_id JOIN study ON study.id = "
                "variant.study_id WHERE study.name = ? AND variant.name = ? AND variant.config_sha256 <> ?");
  changed << study << variant.name << variant.config_sha256;
  std::vector<std::int64_t> ids;
  while (changed.next()) changed >> ids.emplace_back();
  Query renew(connection, "UPDATE run SET uuid = ? WHERE id = ?");
  for (const std::int64_t id : ids) (renew << new_uuid() << id).run();
}

std::int64_t put_study(Connection& connection, const StudyRecord& study, const std::string& now) {
  Query put(
      connection,
      "INSERT INTO study(name, question, config, config_sha256, plan_sha256, created_at, stop_rules) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET question = excluded.question, "
      "config = excluded.config, config_sha256 = excluded.config_sha256, plan_sha256 = excluded.plan_sha256, "
      "stop_rules = excluded.stop_rules RETURNING id");
  put << study.name << study.question << study.config << study.config_sha256 << study.plan_sha256
      << (study.created_at.empty() ? now : study.created_at);
  put.text_or_null(study.stop_rules);
  return one_id(put);
}

void put_factors(Connection& connection, std::int64_t variant_id, const std::vector<FactorRecord>& factors) {
  Query clear(connection, "DELETE FROM factor WHERE variant_id = ?");
  (clear << variant_id).run();
  Query put(connection, "INSERT INTO factor(variant_id, key, value, position) VALUES (?, ?, ?, ?)");
  for (std::size_t i = 0; i < factors.size(); ++i) {
    (put << variant_id << factors[i].key << factors[i].value << static_cast<std::int64_t>(i)).run();
  }
}

void put_settings(Connection& connection, std::int64_t variant_id, const std::string& config) {
  Query clear(connection, "DELETE FROM setting WHERE variant_id = ?");
  (clear << variant_id).run();
  Query put(connection, insert_setting);
  for (const FactorRecord& setting : settings_of(config)) {
    (put << variant_id << setting.key << setting.value).run();
  }
}

std::int64_t put_variant(Connection& connection, std::int64_t study_id, std::size_t position,
                         const VariantRecord& variant) {
  Query put(connection,
            "INSERT INTO variant(study_id, position, name, is_baseline, config, config_sha256, parameters, "
            "flops_per_sample) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (study_id, name) DO UPDATE SET "
            "position = excluded.position, is_baseline = excluded.is_baseline, config = excluded.config, "
            "config_sha256 = excluded.config_sha256, "
            "parameters = excluded.parameters, flops_per_sample = excluded.flops_per_sample RETURNING id");
  put << study_id << static_cast<std::int64_t>(position) << variant.name << variant.is_baseline
      << variant.config << variant.config_sha256 << variant.parameters << variant.flops_per_sample;
  const std::int64_t id = one_id(put);
  put_factors(connection, id, variant.factors);
  put_settings(connection, id, variant.config);
  return id;
}

void put_runs(Connection& connection, std::int64_t study_id, std::int64_t variant_id,
              std::span<const std::int64_t> seeds) {
  Query put(connection,
            "INSERT INTO run(uuid, study_id, variant_id, seed) SELECT ?, ?, ?, ? "
            "WHERE NOT EXISTS (SELECT 1 FROM run WHERE variant_id = ?3 AND seed = ?4)");
  for (const std::int64_t seed : seeds) (put << new_uuid() << study_id << variant_id << seed).run();
}

/// "[1,2,3]", for json_each: a list of any length as one parameter.
std::string json_list(const std::vector<std::int64_t>& numbers) {
  return fmt::format("[{}]", fmt::join(numbers, ","));
}

/// What earlier plans had and this one lacks is obsolete, what came back is not; variants without a run of
/// the plan come last.
void mark_obsolete(Connection& connection, std::int64_t study_id,
                   const std::vector<std::int64_t>& variant_ids, const std::vector<std::int64_t>& seeds) {
  const std::string variants = json_list(variant_ids);
  Query runs(connection,
             "UPDATE run SET obsolete = variant_id NOT IN (SELECT value FROM json_each(?2)) OR "
             "seed NOT IN (SELECT value FROM json_each(?3)) WHERE study_id = ?1");
  (runs << study_id << variants << json_list(seeds)).run();
  Query kept(connection,
             "UPDATE variant SET is_baseline = 0, position = ? + id "
             "WHERE study_id = ? AND id NOT IN (SELECT value FROM json_each(?))");
  (kept << static_cast<std::int64_t>(variant_ids.size()) << study_id << variants).run();
  place_runs(connection, study_id);
}

/// Runs that were asked to stop and did are taken up again.
void forget_stop_requests(Connection& connection, std::int64_t study_id) {
  Query forget(connection,
               "DELETE FROM stop_request WHERE run_id IN "
               "(SELECT id FROM run WHERE study_id = ? AND status <> 'running')");
  (forget << study_id).run();
}

/// What other stop rules stopped or made wait starts over.
void free_stopped(Connection& connection, std::int64_t study_id) {
  Query free(connection,
             "UPDATE run SET status = 'planned', attempt = 0, until_epoch = NULL, exit_reason = NULL WHERE "
             "study_id = ? "
             "AND status IN ('stopped', 'waiting')");
  (free << study_id).run();
}

/// Runs that were never begun train up to the first rung; without stop rules no run has a limit.
void put_rung(Connection& connection, std::int64_t study_id, std::optional<int> first_rung) {
  Query limit(connection,
              "UPDATE run SET until_epoch = ? WHERE study_id = ? AND status = 'planned' AND attempt = 0");
  if (first_rung) {
    (limit << *first_rung << study_id).run();
    return;
  }
  Query free(connection,
             "UPDATE run SET until_epoch = NULL, status = iif(status = 'waiting', 'interrupted', status) "
             "WHERE study_id = ?");
  (free << study_id).run();
}

void check_names(const std::vector<VariantRecord>& variants) {
  std::set<std::string> names;
  for (const VariantRecord& variant : variants) {
    if (!names.insert(variant.name).second) {
      throw std::invalid_argument(fmt::format("two variants are named '{}'", variant.name));
    }
  }
}

}  // namespace

std::int64_t Store::plan(const StudyRecord& study, const std::vector<VariantRecord>& variants,
                         const std::vector<std::int64_t>& seeds, const PlanOptions& options) {
  check_names(variants);
  Connection& connection = state_->connection;
  return connection.transaction([&] {
    if (options.keep_larger && is_part_of_stored(connection, study, variants, seeds))
      return study_id_of(connection, study.name);
    const auto changes = plan_changes(connection, study, variants, seeds);
    if (!options.replan) check_changes(connection, study.name, changes);
    if (options.replan && sets_aside(changes))
      put_replan(connection, study.name, options.metric, state_->now());
    for (const VariantRecord& variant : variants) {
      set_aside_changed(connection, study, variant);
      renew_changed(connection, study.name, variant);
    }
    const Choices before = stored_choices(connection, study.name);
    const bool other_rules = stored_stop_rules(connection, study.name) != study.stop_rules;
    const std::int64_t study_id = put_study(connection, study, state_->now());
    std::vector<std::int64_t> variant_ids;
    for (const VariantRecord& variant : variants) {
      if (options.stopped && options.stopped()) throw Interrupted();
      variant_ids.push_back(put_variant(connection, study_id, variant_ids.size(), variant));
      const auto fewer = options.only_seeds.find(variant.name);
      put_runs(connection, study_id, variant_ids.back(),
               fewer == options.only_seeds.end() ? seeds : fewer->second);
    }
    mark_obsolete(connection, study_id, variant_ids, seeds);
    forget_stop_requests(connection, study_id);
    if (other_rules) free_stopped(connection, study_id);
    put_rung(connection, study_id, options.first_rung);
    note_choices(connection, study.name, before, state_->now());
    refresh_views(connection.database());
    return study_id;
  });
}

}  // namespace ablate
