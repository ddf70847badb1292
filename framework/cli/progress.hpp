#pragma once
/// What a sweep shows while it works.

#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/time.hpp"
#include "cli/console.hpp"
#include "runner/sweep.hpp"

namespace ablate {

/// terminal: a live view, drawn in place: a bar for the sweep, a line a worker, the best variant so far.
/// lines: a plain line a finished cell. quiet: nothing but cells that failed or diverged. json: an object a
/// line for every event, on stdout.
enum class Display { terminal, lines, quiet, json };

std::unique_ptr<SweepListener> make_progress(Console& console, Display display);

/// The live view alone; `width` tells the terminal's columns whenever it is drawn.
std::unique_ptr<SweepListener> make_live_view(Console& console, int (*width)());

/// A cell under way: when it began, its latest epoch and the one that it would be judged by.
struct CellView {
  RunRecord run;
  Stopwatch watch;
  EpochProgress latest, selected;
  bool leaked = false;  ///< its test numbers are no evidence: they bear a sign

  double share() const;  ///< of its epochs that are done
};

/// Variants of which the audit found a leak.
std::set<std::string> leaked_variants(const StudyAudit& audit);

/// "skip=none seed 2"
std::string cell_label(const RunRecord& run);

/// "[3/8] skip=none seed 2: done in 4.2 s, accuracy 0.8012 validation, 0.7954 test (epoch 9 of 10)"
std::string ending_line(const CellView& cell, RunStatus status, const std::string& why,
                        const SweepCounts& counts);

/// "[#####.....]" of `width` characters between the brackets; `share` in [0, 1].
std::string progress_bar(double share, int width);

/// A line cut to `width` columns with "..." where it is too long; a column a code point.
std::string fit(const std::string& line, int width);

/// Columns that a line takes; a column a code point.
int columns_of(const std::string& line);

}  // namespace ablate
