#pragma once
/// Columns of a summary in files.

#include <initializer_list>
#include <string>
#include <vector>

#include "stats/summary.hpp"
#include "text/table.hpp"

namespace ablate {

/// Adds columns, the prefix before each name.
void add_columns(Table& table, const std::string& prefix, std::initializer_list<const char*> names);

/// n, mean, standard deviation, lowest, highest: NULL, not 0, where there is no value.
void add_summary(std::vector<Value>& row, const Summary& summary);

}  // namespace ablate
