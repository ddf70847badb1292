#pragma once
/// What two variants' configurations do not have in common, as a table.

#include <string>

#include "report/pair/pair.hpp"
#include "store/records.hpp"
#include "text/table.hpp"

namespace ablate {

/// One row per setting that differs, in the order of the reference; a setting that the one lacks is NULL. Throws
/// RequestError where the file holds a configuration that this program cannot read.
Table config_difference_table(const VariantRecord& first, const VariantRecord& second,
                              const std::string& first_name, const std::string& second_name);

/// The same of A and B, and a row for what trained their finished runs where it is not one program: empty where chance
/// alone tells the two apart.
Table side_difference_table(const PairSide& first, const PairSide& second);

}  // namespace ablate
