#pragma once
/// What the pages over one study and over several share.

#include <string>
#include <string_view>
#include <vector>

#include "text/table.hpp"

namespace ablate {

/// A Content-Security-Policy that allows these scripts and this style, by their hashes, and nothing else.
std::string security_policy(const std::vector<std::string_view>& scripts, std::string_view style);

/// A table with this id; the first column heads its row.
std::string html_table(const Table& table, std::string_view id);

}  // namespace ablate
