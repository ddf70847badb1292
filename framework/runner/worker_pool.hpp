#pragma once
/// Worker processes: forked from this one, so that they share its images, and reported in its thread.

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "runner/worker.hpp"

namespace ablate {

/// What a worker process does: reports its runs to the listener until the pulse stops it.
using WorkerBody = std::function<void(RunListener&, const Pulse&)>;

enum class PoolEnd {
  finished,  ///< no worker had anything left to do, or `stop` was set
  signalled  ///< a worker got a signal to end that did not come from here, and ended its run as interrupted
};

/// When workers are to end, and how long they may take over it.
struct PoolStop {
  const std::atomic<bool>& asked;
  const std::atomic<bool>* at_once = nullptr;  ///< programs that still run are killed; null: never
  double grace_seconds = 0.0;                  ///< that a program of theirs has
};

/// Runs `body` in `jobs` worker processes until all have ended, and notifies the listener, in this thread, of
/// their runs: what they did, what their workers printed (the last 64 KiB of each stream, before the end of
/// the run), and their deaths. A worker that died is replaced where `is_needed` says so. When `stop.asked`
/// becomes true they are asked to end, and killed where they do not within ten seconds and the grace, which a remark
/// tells. A RequestError in a worker
/// ends the others and is thrown here, and so are several deaths of workers that had no run; anything else
/// that a worker throws becomes std::runtime_error. The calling process must hold no open database: SQLite
/// does not survive a fork. It may open one in a listener's call and must close it before the call returns. A
/// worker ends by itself when this process dies.
PoolEnd run_workers(int jobs, const WorkerBody& body, RunListener& listener, const PoolStop& stop,
                    const std::function<bool()>& is_needed);

}  // namespace ablate
