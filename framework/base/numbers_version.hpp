#pragma once
/// Which arithmetic makes the numbers that are stored.

namespace ablate {

/// The same study file and seed give the same bits from every program of one version, on every machine. It grows
/// with each change that alters a stored bit, and is in the database with every run (run.numbers), so that runs
/// of different arithmetic are never taken for one another:
///
///     1  a matrix library's products and the C library's functions: the same bits on the same kind of machine only.
///        Runs older than the column count as this
///     2  framework/compute: sums upwards with one fused multiply-add a term, elementary functions of its own, the
///        gradient summed from 0; the same bits on any x86-64 or ARM processor, from any compiler
///
/// Add a line with each step. tests/golden/fingerprints.txt is approved again at the same time.
inline constexpr int numbers_version = 2;

}  // namespace ablate
