#pragma once
/// What keeps a stranger's query harmless, and its errors helpful. Private to framework/store.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "store/query.hpp"

struct sqlite3;

namespace ablate {

/// What SQLite may take while a query runs, in bytes; sorting and grouping go to a temporary file long
/// before.
inline constexpr std::int64_t query_memory = std::int64_t{512} << 20;

/// Bytes of SQLite's temporary files that this process has open; they have no name that others could see.
std::uintmax_t temporary_bytes();

/// Puts limits on a connection for as long as it lives: an authorizer that lets a statement read and nothing
/// else, bounds on sizes, a time limit on what runs while a `timed` lives, a bound on temporary files, and, for
/// the whole process, one on what SQLite allocates.
class QueryGuard {
 public:
  QueryGuard(sqlite3* handle, const QueryLimits& limits);
  ~QueryGuard();
  QueryGuard(const QueryGuard&) = delete;
  QueryGuard& operator=(const QueryGuard&) = delete;

  /// Time counts while it lives: the query's own, not that of whoever takes the rows.
  class Timed {
   public:
    explicit Timed(QueryGuard& guard) : guard_(guard) { guard_.deadline_ = Clock::now() + guard_.left_; }
    ~Timed() {
      guard_.left_ = guard_.deadline_.load() - Clock::now();
      guard_.deadline_ = Clock::time_point::max();
    }
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;

   private:
    QueryGuard& guard_;
  };
  Timed timed() { return Timed(*this); }

  /// What was refused last, after "would": "write to run".
  const std::string& refused() const { return refused_; }
  bool temporary_files_are_full() const { return files_are_full_; }

 private:
  using Clock = std::chrono::steady_clock;
  static int authorize(void* guard, int action, const char* first, const char* second, const char*,
                       const char*);
  static int check_time(void* guard);
  void watch();

  sqlite3* handle_;
  Clock::duration left_;
  std::atomic<Clock::time_point> deadline_ = Clock::time_point::max();
  std::atomic<bool> files_are_full_ = false;
  std::uintmax_t temporary_bytes_;
  std::function<void()> on_stuck_;
  std::string refused_;
  std::int64_t hard_before_, soft_before_;  ///< of SQLite's heap, in bytes; 0: no limit
  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread watcher_;  ///< the last member: it uses the others
};

/// For SQLite's "no such table" and "no such column": the nearest right name and the choices; else nothing.
std::string name_hint(sqlite3* handle, const std::string& message);

}  // namespace ablate
