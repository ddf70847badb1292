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

/// terminal: a live view, drawn in place: a bar for the sweep, one line per worker, the best variant so far.
/// lines: one plain line per finished run. quiet: nothing but runs that failed or diverged. json: one object
/// per line for every event, on stdout.
enum class Display { terminal, lines, quiet, json };

/// Accuracy is reported on validation; on test only where `shows_test` asks for it, because a user who watches test
/// while a study is still being designed fits it to test.
std::unique_ptr<SweepListener> make_progress(Console& console, Display display, bool shows_test);

/// The live view alone; `width` gives the terminal's columns whenever it is drawn.
std::unique_ptr<SweepListener> make_live_view(Console& console, int (*width)(), bool shows_test);

/// A run under way: when it began, its latest epoch and the one that it would be judged by.
struct RunView {
  RunLabel run;
  Stopwatch watch;
  EpochProgress latest, selected;
  bool leaked = false;  ///< its test numbers are no evidence: they bear a sign

  void take(const EpochProgress& progress);
  double share() const;  ///< of its epochs that are done
};

/// Variants of which the audit found a leak.
std::set<std::string> leaked_variants(const StudyAudit& audit);

/// "skip=none seed 2", for a terminal.
std::string label_text(const RunLabel& run);

/// "skip=none seed 2: its worker was killed by signal 9 (Killed)"
std::string died_line(const RunEvent& event);

/// "its last words: a / b" of lines below one another.
std::string in_one_line(const std::string& text);

/// Which endings are reported: of runs that wait at a rung only the first whose program had to be ended there.
class EndingsTold {
 public:
  bool tells(const RunEvent& end);

 private:
  bool told_of_waiting_ = false;
};

/// "[3/8] skip=none seed 2: done in 4.2 s, validation accuracy 0.8012 (epoch 9 of 10)"; on test too where that
/// was asked for.
std::string ending_line(const RunView& run, const RunEvent& end, bool shows_test);

/// "[#####.....]" of `width` characters between the brackets; `share` in [0, 1].
std::string progress_bar(double share, int width);

}  // namespace ablate
