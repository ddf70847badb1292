#pragma once
/// Trains a run by another program. Like trainer.hpp it knows nothing of the store: it reports once an
/// epoch, and the listener decides.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "config/trainer_settings.hpp"
#include "train/epoch_line.hpp"
#include "train/program_process.hpp"
#include "train/training.hpp"

namespace ablate {

struct ProgramRun {
  ProgramStart start;
  std::filesystem::path metrics;  ///< `$ABLATE_METRICS`
  std::uint64_t offset = 0;       ///< of `metrics`: what was read and committed by earlier attempts
  TrainerLimits limits;
  double seconds_to_stop_itself = 2.0;  ///< after the epoch up to which it may go; then it is asked to
  std::optional<TrainerMetricsFrom> metrics_from;  ///< nothing: the program appends to `metrics`
  std::filesystem::path folder;                    ///< the run's own, in which `metrics_from.csv` is
  int last_epoch = 0;                              ///< that earlier attempts reported
};

enum class ProgramAnswer {
  go_on,
  stop,       ///< now
  stop_soon,  ///< it should stop by itself: a moment later it is asked to
  too_late    ///< the line counts for nothing: it should have stopped before, and is asked to
};

/// An epoch, and how far `metrics` has then been read.
using ProgramListener = std::function<ProgramAnswer(const EpochLine&, std::uint64_t offset)>;

enum class ProgramEnd {
  finished,  ///< exit code 0, unasked
  stopped,   ///< it was asked to, whatever its exit code
  later,     ///< exit code 75, EX_TEMPFAIL of sysexits.h: it wants to be started again
  failed,    ///< another exit code, a line that is none
  late,      ///< a limit of its time was over, and it was ended
  crashed    ///< a signal that was not ours
};

struct ProgramResult {
  ProgramEnd end = ProgramEnd::finished;
  std::string why;        ///< of `late`, and with the last lines of stderr of `failed`, `crashed` and `later`
  std::string note = {};  ///< what was not read of its metrics; mostly empty
  bool went_on = false;   ///< of `stopped`: it should have stopped by itself, and did not
  std::int64_t peak_memory_bytes = 0;
};

/// Reports what earlier attempts left unread, runs the program and reports each whole line as it comes. `pulse` is
/// asked fifty times a second; once it says stop, the program is. When this returns, nothing that it started is
/// left. Errors of the listener end the program and are thrown on.
ProgramResult run_program(const ProgramRun& run, const ProgramListener& listener, const Pulse& pulse,
                          const OutputListener& output);

}  // namespace ablate
