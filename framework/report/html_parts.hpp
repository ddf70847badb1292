#pragma once
/// What the pages over one study and over several share.

#include <string>
#include <string_view>
#include <vector>

#include <kainjow/mustache.hpp>

#include "report/comparison.hpp"
#include "text/table.hpp"

namespace ablate {

/// A Content-Security-Policy that allows these scripts and this style, by their hashes, and nothing else.
std::string security_policy(const std::vector<std::string_view>& scripts, std::string_view style);

/// A table with this id; the first column heads its row.
std::string html_table(const Table& table, std::string_view id);

kainjow::mustache::list html_texts(const std::vector<std::string>& texts);

/// Findings of the audit; without notes for the head of a page.
kainjow::mustache::list html_leaks(const Comparison& comparison, bool with_notes);

}  // namespace ablate
