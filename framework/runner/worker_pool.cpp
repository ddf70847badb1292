#include "runner/worker_pool.hpp"

#include <csignal>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <poll.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "runner/worker_process.hpp"

namespace ablate {
namespace {

constexpr int tick_milliseconds = 200;
constexpr double seconds_to_end = 10.0;

class Pool {
 public:
  Pool(int jobs, const WorkerBody& body, PoolListener& listener) : body_(body), listener_(listener) {
    for (int i = 0; i < jobs; ++i) workers_.push_back(std::make_unique<WorkerProcess>(body_));
  }

  void run(const std::atomic<bool>& stop) {
    while (wait_for_news()) {
      for (std::size_t i = 0; i < workers_.size(); ++i) {
        if (workers_[i]) take_news(static_cast<int>(i));
      }
      listener_.tick();
      if (stop || error_) end_all();
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  /// Until a worker has something to say, or it is time to tick; false where none is left.
  bool wait_for_news() {
    std::vector<pollfd> ends;
    bool any = false;
    for (const auto& worker : workers_) {
      if (!worker) continue;
      any = true;
      for (const int end : {worker->messages(), worker->out(), worker->err()}) {
        if (end >= 0) ends.push_back({end, POLLIN, 0});
      }
    }
    if (any) ::poll(ends.data(), ends.size(), tick_milliseconds);
    return any;
  }

  void take_news(int index) {
    WorkerProcess& worker = *workers_[static_cast<std::size_t>(index)];
    WorkerMessage message;
    worker.drain_output();
    while (worker.next_message(message)) {
      worker.drain_output();
      take(index, worker, message);
    }
    if (worker.is_over()) bury(index, worker);
  }

  void take(int index, WorkerProcess& worker, const WorkerMessage& message) {
    using enum WorkerMessage::Kind;
    switch (message.kind) {
      case cell_started:
        worker.run_id = message.run_id;
        return listener_.cell_started(index, message.run_id);
      case epoch_ended:
        return listener_.epoch_ended(index, message.run_id, message.progress);
      case cell_ended:
        tell_output(worker);
        worker.run_id = 0;
        // Not when the next one starts: its first words may come before the message.
        worker.stdout_tail.clear();
        worker.stderr_tail.clear();
        return listener_.cell_ended(index, message.run_id, message.status, message.text);
      case wrong_request:
        error_ = std::make_exception_ptr(RequestError(message.text));
        return;
      case fault:
        error_ = std::make_exception_ptr(std::runtime_error(message.text));
        return;
    }
  }

  void tell_output(const WorkerProcess& worker) {
    if (!worker.stdout_tail.text().empty())
      listener_.output(worker.run_id, "stdout", worker.stdout_tail.text());
    if (!worker.stderr_tail.text().empty())
      listener_.output(worker.run_id, "stderr", worker.stderr_tail.text());
  }

  /// A worker that is over: an end of its own, or a death that its cell is told of.
  void bury(int index, WorkerProcess& worker) {
    std::string reason = worker.wait();
    const std::int64_t run_id = worker.run_id;
    bool replace = false;
    if (!reason.empty() && !error_) {
      const std::string last = worker.stderr_tail.last_line();
      if (!last.empty()) reason += fmt::format("; its last words: {}", last);
      if (run_id != 0) tell_output(worker);
      replace = listener_.worker_died(index, run_id, reason) && !ending_;
    }
    auto& place = workers_[static_cast<std::size_t>(index)];
    place.reset();
    if (replace) place = std::make_unique<WorkerProcess>(body_);
  }

  /// Asks once, then loses patience.
  void end_all() {
    const bool first = !ending_;
    if (first) since_ending_.restart();
    ending_ = true;
    const bool late = since_ending_.seconds() > seconds_to_end;
    if (!first && !late) return;
    for (const auto& worker : workers_) {
      if (worker) worker->send(late ? SIGKILL : SIGTERM);
    }
  }

  const WorkerBody& body_;
  PoolListener& listener_;
  std::vector<std::unique_ptr<WorkerProcess>> workers_;
  std::exception_ptr error_;
  bool ending_ = false;
  Stopwatch since_ending_;
};

}  // namespace

void run_workers(int jobs, const WorkerBody& body, PoolListener& listener, const std::atomic<bool>& stop) {
  Pool(jobs, body, listener).run(stop);
}

}  // namespace ablate
