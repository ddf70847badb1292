#pragma once
/// Many tests at once: p adjusted over the family, which is a table's rows that have a p.

#include <span>
#include <vector>

namespace ablate {

/// The chance that any true null of the family is refused stays below the level, whatever the dependence:
/// p(i) := max over j <= i of min(1, (m - j + 1) p(j)), p rising. Source: Holm 1979.
///
/// A p that is not a number takes no part in the family and stays what it is. A p outside of [0, 1] is
/// std::invalid_argument. The order is that of the arguments.
std::vector<double> holm(std::span<const double> p);

/// The expected share of true nulls among those refused stays below the level for independent or positively
/// dependent tests: p(i) := min over j >= i of min(1, m p(j) / j), p rising. Source: Benjamini and Hochberg
/// 1995. Edges as in `holm`; never above Holm's.
std::vector<double> benjamini_hochberg(std::span<const double> p);

}  // namespace ablate
