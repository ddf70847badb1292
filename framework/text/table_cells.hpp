#pragma once
/// How each format writes a cell. Private to framework/report.

#include <string>
#include <string_view>
#include <vector>

#include "text/table.hpp"

namespace ablate {

/// A number as people read it; texts escaped.
std::string shown_cell(const Value& value, const Column& column, std::string (*escape)(std::string_view));

std::string csv_cell(const Value& value);
std::string json_cell(const Value& value);
std::string latex_cell(const Value& value, const Column& column);

/// The columns' names as JSON strings, no two alike.
std::vector<std::string> json_keys(const std::vector<Column>& columns);

/// Which columns are right-aligned, by these rows.
std::vector<bool> right_aligned(const std::vector<Column>& columns,
                                const std::vector<std::vector<Value>>& rows);

}  // namespace ablate
