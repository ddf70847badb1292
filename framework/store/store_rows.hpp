#pragma once
/// Rows that both Store and Reader read. Private to framework/store.

#include <string>

#include "store/connection.hpp"

namespace ablate {

/// "SELECT ... FROM run JOIN variant ...", without a WHERE, in the order that `run_of` reads.
extern const std::string select_runs;

/// The row that the query stands on.
RunRecord run_of(Query& row);

/// Of weights as the table `model` holds them.
std::string weights_sha256(std::span<const float> weights);

}  // namespace ablate
