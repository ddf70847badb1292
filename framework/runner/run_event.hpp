#pragma once
/// What happens to the runs of a study while they are trained: one kind of event from the worker that trains
/// to the display that shows it.

#include <cstdint>
#include <limits>
#include <string>

#include "store/records.hpp"

namespace ablate {

/// What a display needs of an epoch. Plain bytes: it travels through a pipe.
struct EpochProgress {
  int epoch = 0, epochs = 0;  ///< from 1; planned
  double loss = 0.0;
  double validation_accuracy = std::numeric_limits<double>::quiet_NaN();  ///< NaN: no such split
  double test_accuracy = 0.0;
  double samples_per_second = 0.0;
  bool selected = false;
};

/// The runs of a study, by status.
struct SweepCounts {
  int runs = 0;  ///< in the study
  int done = 0;  ///< before this sweep and in it
  int diverged = 0, failed = 0;
  int stopped = 0;  ///< by the study's stop rule
  int left = 0;     ///< still to be trained, those that are being trained included
  int running = 0;  ///< being trained, here or by other workers
};

/// Which run an event is about.
struct RunLabel {
  std::int64_t id = 0;  ///< 0: none
  std::string variant = {};
  std::int64_t seed = 0;
  int attempt = 0;  ///< how often it was begun
};

struct RunEvent {
  enum class Kind {
    started,
    epoch_ended,
    ended,        ///< `status` is done, diverged, failed, waiting or interrupted
    worker_died,  ///< its worker did; the run goes back to the queue, or `ended` follows
    remark,       ///< of no run: `text` says what the end of the sweep waits for
    printed       ///< what its worker wrote; the sweep keeps it and reports it to nobody
  };
  Kind kind = Kind::started;
  RunLabel run = {};
  int worker = 0;               ///< from 0
  EpochProgress progress = {};  ///< of epoch_ended
  RunStatus status = RunStatus::running;
  std::string text = {};    ///< why it ended (empty: plainly), of what its worker died, or what that printed
  std::string stream = {};  ///< of printed: "stdout" or "stderr"
  double seconds = std::numeric_limits<double>::quiet_NaN();  ///< of an end that was seen from outside
  SweepCounts counts = {};                                    ///< after the event; the sweep fills it in
};

/// Notified of runs by a worker, by the pool that hears all workers, and by the sweep.
class RunListener {
 public:
  virtual ~RunListener() = default;
  virtual void happened(const RunEvent& event) = 0;
  /// At least four times a second while worker processes run.
  virtual void tick() {}
};

}  // namespace ablate
