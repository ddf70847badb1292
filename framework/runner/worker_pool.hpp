#pragma once
/// Worker processes: forked from this one, so that they share its images, and told of in its thread.

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "runner/worker.hpp"

namespace ablate {

/// Told, in the parent, what the workers do. Workers count from 0.
class PoolListener {
 public:
  virtual ~PoolListener() = default;
  virtual void cell_started(int worker, std::int64_t run_id) = 0;
  virtual void epoch_ended(int worker, std::int64_t run_id, const EpochProgress& progress) = 0;
  virtual void cell_ended(int worker, std::int64_t run_id, RunStatus status, const std::string& why) = 0;
  /// A worker died under a cell: "killed by signal 9 (Killed)". True: start another one in its place.
  virtual bool worker_died(int worker, std::int64_t run_id, const std::string& reason) = 0;
  /// What a cell's worker printed ("stdout", "stderr"), its last 64 KiB; not called for nothing.
  virtual void output(std::int64_t run_id, const std::string& stream, const std::string& text) = 0;
  /// At least four times a second.
  virtual void tick() = 0;
};

/// What a worker process does: tells the listener of its cells until the pulse stops it.
using WorkerBody = std::function<void(WorkerListener&, const Pulse&)>;

/// Runs `body` in `jobs` worker processes until all have ended. When `stop` becomes true they are asked to
/// end, and killed where they do not within ten seconds. A RequestError in a worker ends the others and is
/// thrown here; anything else that it throws becomes std::runtime_error. The calling process must hold no
/// open database: SQLite does not survive a fork. It may open one in a listener's call and must close it
/// before the call returns. A worker ends by itself when this process dies.
void run_workers(int jobs, const WorkerBody& body, PoolListener& listener, const std::atomic<bool>& stop);

}  // namespace ablate
