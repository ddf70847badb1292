#pragma once
/// A row of a CSV file that another program wrote.

#include <string>
#include <string_view>
#include <vector>

namespace ablate {

/// Its fields, one at least, without their quotes (RFC 4180), a line feed inside quotes with them; carriage returns are
/// dropped.
std::vector<std::string> csv_fields(std::string_view line);

}  // namespace ablate
