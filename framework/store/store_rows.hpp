#pragma once
/// Rows that both Store and Reader read. Private to framework/store.

#include <string>

#include "store/connection.hpp"

namespace ablate {

/// "SELECT ... FROM run JOIN variant ...", without a WHERE, in the order that `run_of` reads.
extern const std::string select_runs;

/// The row that the query is on.
RunRecord run_of(Query& row);

/// Throws RequestError that names run, epoch and metric where a metric has a value that it cannot have.
void check_metrics(std::int64_t run_id, int epoch, SplitName split, const MetricSuite& suite);

/// The study's id. Throws RequestError with the nearest name where there is none.
std::int64_t study_id_of(Connection& connection, const std::string& name);

/// Gives the runs of a study the places of their variants, by which they are claimed.
void place_runs(Connection& connection, std::int64_t study_id);

/// Of bytes, and of weights as the table `model` holds them.
std::string bytes_sha256(std::span<const std::uint8_t> bytes);
std::string weights_sha256(std::span<const float> weights);

/// Whether what a run resumes from is what was written: its checkpoint after the last epoch, and the selected weights.
bool has_sound_state(Connection& connection, std::int64_t run_id, int epochs_done);

}  // namespace ablate
