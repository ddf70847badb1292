#include "store/plan_change.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/numbers_version.hpp"

namespace ablate {
namespace {

struct StoredVariant {
  std::string sha256, config;
  std::int64_t begun = 0;
};

std::map<std::string, StoredVariant> stored_variants(Connection& connection, const std::string& study) {
  Query query(connection,
              "SELECT variant.name, variant.config_sha256, variant.config, "
              "(SELECT count(*) FROM run WHERE variant_id = variant.id AND attempt > 0) "
              "FROM variant JOIN study ON study.id = variant.study_id WHERE study.name = ? AND EXISTS "
              "(SELECT 1 FROM run WHERE variant_id = variant.id AND NOT obsolete)");
  query << study;
  std::map<std::string, StoredVariant> variants;
  while (query.next()) {
    std::string name;
    StoredVariant variant;
    query >> name >> variant.sha256 >> variant.config >> variant.begun;
    variants[name] = variant;
  }
  return variants;
}

/// How many runs of each seed were begun.
std::map<std::int64_t, std::int64_t> stored_seeds(Connection& connection, const std::string& study) {
  Query query(connection,
              "SELECT seed, sum(attempt > 0) FROM run JOIN study ON study.id = run.study_id "
              "WHERE study.name = ? AND NOT obsolete GROUP BY seed");
  query << study;
  std::map<std::int64_t, std::int64_t> seeds;
  while (query.next()) {
    std::int64_t seed = 0, begun = 0;
    query >> seed >> begun;
    seeds[seed] = begun;
  }
  return seeds;
}

/// Finished runs of a plan whose bits this program would not give.
void add_other_numbers(Connection& connection, const std::string& study, std::vector<PlanChange>& changes) {
  Query query(
      connection,
      "SELECT coalesce(numbers, code_version IS NOT NULL) AS version, count(*) FROM run JOIN study ON study.id = "
      "run.study_id WHERE study.name = ? AND NOT obsolete AND status IN ('done', 'stopped', 'diverged') "
      "AND version NOT IN (0, ?) GROUP BY 1 ORDER BY 1");
  query << study << numbers_version;
  while (query.next()) {
    std::int64_t version = 0, runs = 0;
    query >> version >> runs;
    changes.push_back(
        {fmt::format("~ arithmetic: {} finished runs are of numbers version {}, this program computes "
                     "version {}, and other last bits",
                     runs, version, numbers_version),
         true});
  }
}

}  // namespace

std::string settings_changed(const std::string& before, const std::string& after) {
  constexpr std::size_t shown = 3;
  const auto lines = [](const std::string& yaml) {
    std::multiset<std::string> all;
    std::istringstream in(yaml);
    for (std::string line; std::getline(in, line);) {
      const std::size_t first = line.find_first_not_of(' ');
      if (first != std::string::npos) all.insert(line.substr(first));
    }
    return all;
  };
  const auto old_lines = lines(before), new_lines = lines(after);
  std::vector<std::string> gone, come;
  std::set_difference(old_lines.begin(), old_lines.end(), new_lines.begin(), new_lines.end(),
                      std::back_inserter(gone));
  std::set_difference(new_lines.begin(), new_lines.end(), old_lines.begin(), old_lines.end(),
                      std::back_inserter(come));
  gone.resize(std::min(gone.size(), shown));
  come.resize(std::min(come.size(), shown));
  return fmt::format("{} -> {}", gone.empty() ? "nothing" : fmt::format("{}", fmt::join(gone, ", ")),
                     come.empty() ? "nothing" : fmt::format("{}", fmt::join(come, ", ")));
}

std::string stored_stop_rules(Connection& connection, const std::string& study) {
  Query query(connection, "SELECT stop_rules FROM study WHERE name = ?");
  query << study;
  std::string rules;
  if (query.next()) query >> rules;
  return rules;
}

bool is_part_of_stored(Connection& connection, const StudyRecord& study,
                       const std::vector<VariantRecord>& variants, const std::vector<std::int64_t>& seeds) {
  Query same(connection, "SELECT 1 FROM study WHERE name = ? AND config_sha256 = ?");
  same << study.name << study.config_sha256;
  if (!same.next()) return false;
  const auto stored = stored_variants(connection, study.name);
  const auto has = [&](const VariantRecord& variant) {
    const auto found = stored.find(variant.name);
    return found != stored.end() && found->second.sha256 == variant.config_sha256;
  };
  const auto all = stored_seeds(connection, study.name);
  return stored.size() == variants.size() && std::all_of(variants.begin(), variants.end(), has) &&
         all.size() > seeds.size() &&
         std::all_of(seeds.begin(), seeds.end(), [&](std::int64_t seed) { return all.contains(seed); });
}

std::vector<PlanChange> plan_changes(Connection& connection, const StudyRecord& study,
                                     const std::vector<VariantRecord>& variants,
                                     const std::vector<std::int64_t>& seeds) {
  auto before = stored_variants(connection, study.name);
  const bool begun =
      std::any_of(before.begin(), before.end(), [](const auto& entry) { return entry.second.begun > 0; });
  std::vector<PlanChange> changes;
  if (!begun) return changes;
  for (const VariantRecord& variant : variants) {
    const auto stored = before.find(variant.name);
    if (stored == before.end()) {
      changes.push_back({fmt::format("+ variant '{}'", variant.name)});
      continue;
    }
    if (stored->second.sha256 != variant.config_sha256) {
      changes.push_back({fmt::format("~ variant '{}': {}", variant.name,
                                     settings_changed(stored->second.config, variant.config)),
                         stored->second.begun > 0});
    }
    before.erase(stored);
  }
  for (const auto& [name, variant] : before) {
    changes.push_back(
        {fmt::format("- variant '{}' ({} of its runs were begun)", name, variant.begun), variant.begun > 0});
  }
  auto gone = stored_seeds(connection, study.name);
  for (const std::int64_t seed : seeds) {
    if (gone.erase(seed) == 0) changes.push_back({fmt::format("+ seed {}", seed)});
  }
  for (const auto& [seed, runs] : gone) changes.push_back({fmt::format("- seed {}", seed), runs > 0});
  if (stored_stop_rules(connection, study.name) != study.stop_rules) {
    changes.push_back({"~ stop_rules: runs that they stopped or made wait start over", true});
  }
  add_other_numbers(connection, study.name, changes);
  return changes;
}

}  // namespace ablate
