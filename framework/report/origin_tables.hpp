#pragma once
/// What the runs were trained on, and where.

#include "report/comparison.hpp"
#include "text/table.hpp"

namespace ablate {

Table datasets_table(const Comparison& comparison);
Table machines_table(const Comparison& comparison);

}  // namespace ablate
