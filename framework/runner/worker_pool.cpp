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
constexpr int most_idle_deaths = 3;

class Pool {
 public:
  Pool(int jobs, const WorkerBody& body, RunListener& listener, const PoolStop& stop,
       const std::function<bool()>& is_needed)
      : body_(body),
        listener_(listener),
        stop_(stop),
        is_needed_(is_needed),
        patience_(seconds_to_end + stop.grace_seconds) {
    for (int i = 0; i < jobs; ++i) workers_.push_back(std::make_unique<WorkerProcess>(body_));
  }

  PoolEnd run() {
    while (wait_for_news()) {
      for (std::size_t i = 0; i < workers_.size(); ++i) {
        if (workers_[i]) take_news(static_cast<int>(i));
      }
      listener_.tick();
      if (stop_.asked || error_) end_all();
    }
    if (error_) std::rethrow_exception(error_);
    return signalled_ ? PoolEnd::signalled : PoolEnd::finished;
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
      case event:
        return take_event(worker, message.to_event(index));
      case signalled:
        signalled_ = signalled_ || !ending_;
        return;
      case wrong_request:
        error_ = std::make_exception_ptr(RequestError(message.text));
        return;
      case fault:
        error_ = std::make_exception_ptr(std::runtime_error(message.text));
        return;
    }
  }

  void take_event(WorkerProcess& worker, const RunEvent& event) {
    if (event.kind == RunEvent::Kind::started) worker.run = event.run;
    if (event.kind == RunEvent::Kind::ended) {
      tell_output(worker, event.worker);
      worker.run = {};
      // Not when the next one starts: its first words may come before the message.
      worker.stdout_tail.clear();
      worker.stderr_tail.clear();
    }
    listener_.happened(event);
  }

  void tell_output(const WorkerProcess& worker, int index) {
    for (const auto& [stream, tail] :
         {std::pair("stdout", &worker.stdout_tail), std::pair("stderr", &worker.stderr_tail)}) {
      if (tail->text().empty()) continue;
      listener_.happened({.kind = RunEvent::Kind::printed,
                          .run = worker.run,
                          .worker = index,
                          .text = tail->text(),
                          .stream = stream});
    }
  }

  /// A worker that is over: an end of its own, or a death that its run is to be told of.
  void bury(int index, WorkerProcess& worker) {
    std::string reason = worker.wait();
    const bool died = !reason.empty() && !error_;
    if (died) {
      const std::string last = worker.stderr_tail.last_line();
      if (!last.empty()) reason += fmt::format("; its last words: {}", last);
      worker.run.id != 0 ? tell_death(index, worker, reason) : count_idle_death(reason);
    }
    auto& place = workers_[static_cast<std::size_t>(index)];
    place.reset();
    if (died && !ending_ && !error_ && is_needed_()) place = std::make_unique<WorkerProcess>(body_);
  }

  void tell_death(int index, const WorkerProcess& worker, const std::string& reason) {
    tell_output(worker, index);
    listener_.happened(
        {.kind = RunEvent::Kind::worker_died, .run = worker.run, .worker = index, .text = reason});
  }

  /// Of a worker that had no run: nobody would count it against one, so that it could go on for ever.
  void count_idle_death(const std::string& reason) {
    if (++idle_deaths_ < most_idle_deaths) return;
    error_ = std::make_exception_ptr(RequestError(
        fmt::format("a worker was {} before it had a run to train, {} times", reason, idle_deaths_),
        "fewer workers with -j, or other limits of the shell (ulimit -a)"));
  }

  /// Asks, asks again at once where that is wanted, then loses patience.
  void end_all() {
    if (!ending_) {
      ending_ = true;
      since_ending_.restart();
      send_all(SIGTERM);
      tell_programs(stop_.asked && stop_.at_once
                        ? "waiting up to {0} for {1} (limits.grace); Ctrl-C again kills {2}"
                        : "waiting up to {0} for {1} (limits.grace)");
    } else if (!at_once_ && stop_.at_once && *stop_.at_once) {
      at_once_ = true;
      patience_ = since_ending_.seconds() + seconds_to_end;
      send_all(signal_at_once);
      tell_programs("killing {1}, which had up to {0} more");
    } else if (since_ending_.seconds() > patience_) {
      send_all(SIGKILL);
    }
  }

  void send_all(int signal) const {
    for (const auto& worker : workers_) {
      if (worker) worker->send(signal);
    }
  }

  /// What becomes of the programs that workers have to wait for, with the seconds that these have left.
  void tell_programs(const char* text) {
    std::size_t programs = 0;
    for (const auto& worker : workers_) programs += worker && worker->run.id != 0 ? 1 : 0;
    const double left = stop_.grace_seconds - since_ending_.seconds();
    if (programs == 0 || left <= 0.0) return;
    listener_.happened(
        {.kind = RunEvent::Kind::remark,
         .text = fmt::format(fmt::runtime(text), duration_text(left),
                             programs == 1 ? "1 program" : fmt::format("{} programs", programs),
                             programs == 1 ? "it" : "them")});
  }

  const WorkerBody& body_;
  RunListener& listener_;
  const PoolStop& stop_;
  const std::function<bool()>& is_needed_;
  double patience_;  ///< seconds from asking workers to end to killing them
  std::vector<std::unique_ptr<WorkerProcess>> workers_;
  std::exception_ptr error_;
  bool ending_ = false, at_once_ = false, signalled_ = false;
  int idle_deaths_ = 0;
  Stopwatch since_ending_;
};

}  // namespace

PoolEnd run_workers(int jobs, const WorkerBody& body, RunListener& listener, const PoolStop& stop,
                    const std::function<bool()>& is_needed) {
  return Pool(jobs, body, listener, stop, is_needed).run();
}

}  // namespace ablate
