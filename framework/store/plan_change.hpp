#pragma once
/// What a new plan changes in a study that has results. Private to framework/store.

#include <string>
#include <vector>

#include "store/connection.hpp"

namespace ablate {

/// The lines "+ variant 'b'", "- seed 4", "~ variant 'c': dropout 0.1 -> 0.2" that lead from the stored plan
/// of a study to this one; empty where nothing of the stored plan was begun, or nothing differs.
std::vector<std::string> plan_changes(Connection& connection, const StudyRecord& study,
                                      const std::vector<VariantRecord>& variants,
                                      const std::vector<std::int64_t>& seeds);

/// "dropout: 0.1 -> dropout: 0.2" of two configurations in canonical YAML, for people.
std::string settings_changed(const std::string& before, const std::string& after);

/// The stop rules of the stored study, YAML; empty: none, or no such study.
std::string stored_stop_rules(Connection& connection, const std::string& study);

}  // namespace ablate
