#include "store/merge_study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "store/merge_tables.hpp"
#include "store/plan_change.hpp"
#include "store/store_rows.hpp"

namespace ablate {
namespace {

std::optional<std::int64_t> study_named(Connection& into, const std::string& name) {
  Query query(into, "SELECT id FROM main.study WHERE name = ?");
  query << name;
  std::int64_t id = 0;
  if (!query.next()) return std::nullopt;
  query >> id;
  return id;
}

/// "s", "s (2)", "s (3)": what a study that came in may be called.
std::string numbered(const std::string& name, int number) {
  return number == 1 ? name : fmt::format("{} ({})", name, number);
}

constexpr const char* is_wanted = "IN (SELECT variant FROM temp.merge_wanted)";

/// Fills merge_wanted with the source's variants: all, or those of which runs are to be taken. Returns how many.
int choose_variants(const MergeContext& context, std::int64_t source_study, bool all) {
  Query runs(context.into,
             fmt::format("SELECT v.id, coalesce(r.uuid, '') FROM {0}.variant AS v LEFT JOIN {0}.run AS r ON "
                         "r.variant_id = v.id WHERE v.study_id = ?",
                         context.from));
  runs << source_study;
  Query add(context.into, "INSERT OR IGNORE INTO temp.merge_wanted(variant) VALUES (?)");
  int chosen = 0;
  while (runs.next()) {
    std::int64_t variant = 0;
    std::string uuid;
    runs >> variant >> uuid;
    if (all || context.options.only_runs(context.source, uuid)) chosen += (add << variant).run();
  }
  return chosen;
}

/// Variants of one name and what their settings differ in.
void tell_variants(const MergeContext& context, std::int64_t source, std::int64_t ours,
                   std::vector<std::string>& differences) {
  Query query(context.into,
              fmt::format("SELECT s.name, s.config, d.config, s.config_sha256 = d.config_sha256 "
                          "FROM {}.variant AS s JOIN main.variant AS d ON d.study_id = ? AND d.name = s.name "
                          "WHERE s.study_id = ? AND s.id {} ORDER BY s.position",
                          context.from, is_wanted));
  query << ours << source;
  bool common = false;
  while (query.next()) {
    std::string name, theirs, own;
    bool same = false;
    query >> name >> theirs >> own >> same;
    common = common || same;
    if (!same) differences.push_back(fmt::format("variant '{}': {}", name, settings_changed(own, theirs)));
  }
  if (!common && differences.empty()) differences.emplace_back("they have no variant in common");
}

/// Variants that both have and that were trained, or tested, on other images.
void tell_images(const MergeContext& context, std::int64_t source, std::int64_t ours,
                 std::vector<std::string>& differences) {
  // What runs were made of, once each: a variant may have thousands of runs.
  const auto images = [](const std::string& schema, int study) {
    return fmt::format(
        "(SELECT DISTINCT variant_id, train_dataset_id AS train, test_dataset_id AS test FROM {}.run "
        "WHERE study_id = ?{})",
        schema, study);
  };
  Query query(
      context.into,
      fmt::format("SELECT DISTINCT s.name, sd.split, substr(dd.sha256, 1, 12), substr(sd.sha256, 1, 12) "
                  "FROM {1} AS sr JOIN {0}.variant AS s ON s.id = sr.variant_id "
                  "JOIN main.variant AS d ON d.study_id = ?1 AND d.name = s.name "
                  "JOIN {2} AS dr ON dr.variant_id = d.id "
                  "JOIN {0}.dataset AS sd ON sd.id IN (sr.train, sr.test) "
                  "JOIN main.dataset AS dd ON dd.id IN (dr.train, dr.test) "
                  "AND dd.split = sd.split AND dd.sha256 <> sd.sha256 WHERE s.id {3} ORDER BY 1, 2 LIMIT 3",
                  context.from, images(context.from, 2), images("main", 1), is_wanted));
  query << ours << source;
  while (query.next()) {
    std::string variant, split, own, theirs;
    query >> variant >> split >> own >> theirs;
    differences.push_back(
        fmt::format("variant '{}': {} images SHA-256 {} -> {}", variant, split, own, theirs));
  }
}

/// Why the two are not one study; empty: they are.
std::vector<std::string> study_differences(const MergeContext& context, std::int64_t source,
                                           std::int64_t ours) {
  std::vector<std::string> differences;
  Query rules(context.into, fmt::format("SELECT 1 FROM {}.study AS s, main.study AS d WHERE s.id = ? AND "
                                        "d.id = ? AND s.stop_rules IS NOT d.stop_rules",
                                        context.from));
  rules << source << ours;
  if (rules.next()) differences.emplace_back("stop_rules");
  tell_variants(context, source, ours, differences);
  if (differences.empty()) tell_images(context, source, ours, differences);
  return differences;
}

[[noreturn]] void refuse_different(const MergeContext& context, const std::string& name,
                                   std::vector<std::string> differences) {
  constexpr std::size_t shown = 8;
  const std::size_t more = differences.size() > shown ? differences.size() - shown : 0;
  differences.resize(differences.size() - more);
  if (more > 0) differences.push_back(fmt::format("and {} more", more));
  throw RequestError(
      fmt::format("study '{}' of {} is not the one of that name in {}:\n  {}", name, context.source.string(),
                  context.into.path().string(), fmt::join(differences, "\n  ")),
      fmt::format("--keep-apart brings it in as '{}'; nothing was written", numbered(name, 2)));
}

/// Where the study goes: our study that it is, or the name for a new one.
struct Place {
  std::optional<std::int64_t> ours;
  std::string name;
};

Place find_place(const MergeContext& context, const SourceStudy& study) {
  std::vector<std::string> first;
  for (int number = 1;; ++number) {
    const std::string name = numbered(study.name, number);
    const auto ours = study_named(context.into, name);
    if (!ours) {
      if (number > 1 && !context.options.keep_apart) refuse_different(context, study.name, first);
      return {std::nullopt, name};
    }
    std::vector<std::string> differences = study_differences(context, study.id, *ours);
    if (differences.empty()) return {ours, name};
    if (number == 1) first = std::move(differences);
  }
}

std::int64_t add_study(const MergeContext& context, const SourceStudy& study, const std::string& name) {
  const auto columns = listed(columns_of(context.into, "study", {"id", "name"}));
  Query add(context.into, fmt::format("INSERT INTO main.study(name, {0}) SELECT ?, {0} FROM {1}.study "
                                      "WHERE id = ?",
                                      columns, context.from));
  (add << name << study.id).run();
  return context.into.database().getLastInsertRowid();
}

/// Ours of the same name, which then has the same settings, or a new one behind the others.
void map_variants(const MergeContext& context, const SourceStudy& study, std::int64_t study_id) {
  const auto columns =
      listed(columns_of(context.into, "variant", {"id", "study_id", "position", "is_baseline"}));
  Query add(context.into,
            fmt::format("INSERT INTO main.variant(study_id, position, is_baseline, {0}) SELECT ?1, "
                        "(SELECT count(*) FROM main.variant WHERE study_id = ?1), is_baseline AND NOT EXISTS "
                        "(SELECT 1 FROM main.variant WHERE study_id = ?1 AND is_baseline), {0} "
                        "FROM {1}.variant AS s WHERE s.study_id = ?2 AND s.id {2} AND NOT EXISTS (SELECT 1 "
                        "FROM main.variant AS d WHERE d.study_id = ?1 AND d.name = s.name) "
                        "ORDER BY s.position LIMIT 1",
                        columns, context.from, is_wanted));
  std::int64_t last = 0;
  {
    Query newest(context.into, "SELECT coalesce(max(id), 0) FROM main.variant");
    if (newest.next()) newest >> last;
  }
  while ((add << study_id << study.id).run() > 0) {
  }
  Query map(
      context.into,
      fmt::format("INSERT INTO temp.merge_variant(old, new) SELECT s.id, d.id FROM {}.variant AS s JOIN "
                  "main.variant AS d ON d.study_id = ? AND d.name = s.name WHERE s.study_id = ? AND s.id {}",
                  context.from, is_wanted));
  (map << study_id << study.id).run();
  for (const TableColumns& owned : tables_owned_by(context.into, "variant_id")) {
    Query copy(context.into,
               fmt::format("INSERT INTO main.{0}(variant_id, {1}) SELECT m.new, {2} FROM temp.merge_variant "
                           "AS m CROSS JOIN {3}.{0} AS s ON s.variant_id = m.old WHERE m.new > ?",
                           owned.table, listed(owned.columns), listed(owned.columns, "s."), context.from));
    (copy << last).run();
  }
}

/// Of the study and of its runs, in their order.
void copy_notes(const MergeContext& context, const SourceStudy& study, std::int64_t study_id) {
  Query copy(
      context.into,
      fmt::format("INSERT INTO main.note(uuid, study_id, run_id, text, created_at) SELECT s.uuid, "
                  "iif(s.study_id IS NULL, NULL, ?1), m.new, s.text, s.created_at FROM {}.note AS s "
                  "LEFT JOIN temp.merge_run AS m ON m.old = s.run_id WHERE s.study_id = ?2 OR m.new IS "
                  "NOT NULL ORDER BY s.id ON CONFLICT DO NOTHING",
                  context.from));
  (copy << study_id << study.id).run();
}

/// Looks of both files count, once each.
void copy_looks(const MergeContext& context, const SourceStudy& study, std::int64_t study_id) {
  const std::string columns = listed(columns_of(context.into, "look", {"id", "study_id"}));
  Query copy(context.into,
             fmt::format(
                 "INSERT INTO main.look(study_id, {0}) SELECT ?1, {0} FROM {1}.look AS s WHERE study_id = ?2 "
                 "AND NOT EXISTS (SELECT 1 FROM main.look AS d WHERE d.study_id = ?1 AND ({2}) IS ({3})) "
                 "ORDER BY s.id",
                 columns, context.from, listed(columns_of(context.into, "look", {"id", "study_id"}), "d."),
                 listed(columns_of(context.into, "look", {"id", "study_id"}), "s.")));
  (copy << study_id << study.id).run();
}

}  // namespace

void clear_maps(Connection& into) {
  into.database().exec(
      "CREATE TEMP TABLE IF NOT EXISTS merge_wanted(variant INTEGER PRIMARY KEY); DELETE FROM temp.merge_wanted");
  for (const char* map : {"merge_variant", "merge_dataset", "merge_machine", "merge_run"}) {
    into.database().exec(fmt::format(
        "CREATE TEMP TABLE IF NOT EXISTS {0}(old INTEGER PRIMARY KEY, new INTEGER NOT NULL, copied INTEGER); "
        "DELETE FROM temp.{0}",
        map));
  }
}

MergedStudy merge_study(const MergeContext& context, const SourceStudy& study,
                        std::vector<MergeConflict>& conflicts) {
  clear_maps(context.into);
  MergedStudy merged;
  merged.source = context.source;
  merged.name = merged.stored_as = study.name;
  const bool all = !context.options.only_runs || !study_named(context.into, study.name);
  if (choose_variants(context, study.id, all) == 0 && !all) return merged;
  const Place place = find_place(context, study);
  merged.stored_as = place.name;
  const StoredPlan before = place.ours ? stored_plan(context.into, "main", *place.ours) : StoredPlan{};
  const std::int64_t study_id = place.ours ? *place.ours : add_study(context, study, place.name);
  map_variants(context, study, study_id);
  map_provenance(context, study.id);
  merge_runs(context, study, study_id, merged, conflicts);
  copy_notes(context, study, study_id);
  copy_looks(context, study, study_id);
  if (place.ours && !context.options.only_runs) unite_plans(context, study, study_id, before, merged);
  place_runs(context.into, study_id);
  return merged;
}

}  // namespace ablate
