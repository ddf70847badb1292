#pragma once
/// A few threads that do what takes longer than a moment.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ablate {

class JobQueue {
 public:
  JobQueue(std::size_t threads, std::size_t most_waiting);
  /// What waits is dropped, what runs is waited for.
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  /// False where too many wait already: the job is not done.
  bool add(std::function<void()> job);

 private:
  void work();

  std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool is_over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace ablate
