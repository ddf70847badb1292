#pragma once
/// Rows of `look`. Private to framework/store.

#include <string>

#include "store/connection.hpp"
#include "store/records.hpp"

namespace ablate {

/// Writes the look down unless the same state was looked at before with the same command and metric.
void put_look(Connection& connection, std::int64_t study_id, const LookRecord& look);

/// That results of the study are set aside, if it has any that are done.
void put_replan(Connection& connection, const std::string& study, const std::string& metric,
                const std::string& now);

}  // namespace ablate
