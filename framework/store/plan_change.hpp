#pragma once
/// What a new plan changes in a study that has results. Private to framework/store.

#include <string>
#include <vector>

#include "store/connection.hpp"

namespace ablate {

/// One difference between the stored plan of a study and a new one.
struct PlanChange {
  std::string text;         ///< "+ variant 'b'", "- seed 4", "~ variant 'c': dropout 0.1 -> 0.2"
  bool sets_aside = false;  ///< results that are there would no longer belong to the study
};

/// What leads from the stored plan of a study to this one; empty where nothing of the stored plan was begun,
/// or nothing differs. New variants and seeds set nothing aside.
std::vector<PlanChange> plan_changes(Connection& connection, const StudyRecord& study,
                                     const std::vector<VariantRecord>& variants,
                                     const std::vector<std::int64_t>& seeds);

/// True where the study is stored as of the same file, with these variants and settings, and these seeds among more.
bool is_part_of_stored(Connection& connection, const StudyRecord& study,
                       const std::vector<VariantRecord>& variants, const std::vector<std::int64_t>& seeds);

/// "dropout: 0.1 -> dropout: 0.2" of two configurations in canonical YAML, for people.
std::string settings_changed(const std::string& before, const std::string& after);

/// The stop rules of the stored study, YAML; empty: none, or no such study.
std::string stored_stop_rules(Connection& connection, const std::string& study);

}  // namespace ablate
