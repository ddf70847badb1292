#include "store/query_guard.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>
#include <sqlite3.h>

namespace ablate {
namespace {

/// Steps of SQLite's machine between two looks at the clock: well under a millisecond.
constexpr int steps_between_looks = 1000;
/// What a clock can count without running over.
constexpr double longest_seconds = 1e9;
/// Between two looks of the watcher, and how long after its time a query may still end by itself.
constexpr std::chrono::milliseconds between_looks(50), patience(1000);

struct Limit {
  int what;
  int bound;
};
constexpr std::array<Limit, 9> limits = {{{SQLITE_LIMIT_LENGTH, 64 << 20},  // bytes of a value and of a row
                                          {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
                                          {SQLITE_LIMIT_COLUMN, 500},
                                          {SQLITE_LIMIT_EXPR_DEPTH, 200},
                                          {SQLITE_LIMIT_COMPOUND_SELECT, 100},
                                          {SQLITE_LIMIT_VDBE_OP, 1'000'000},
                                          {SQLITE_LIMIT_ATTACHED, 0},
                                          {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
                                          {SQLITE_LIMIT_WORKER_THREADS, 0}}};

/// Pragmas that read, whatever their argument: it names a table or an index.
constexpr std::array<std::string_view, 10> describing_pragmas = {
    "table_info",  "table_xinfo",   "table_list",       "index_list",    "index_info",
    "index_xinfo", "database_list", "foreign_key_list", "function_list", "compile_options"};
/// Pragmas that read without an argument and set with one.
constexpr std::array<std::string_view, 4> asking_pragmas = {"user_version", "application_id", "page_count",
                                                            "page_size"};
/// Functions that reach beyond the data.
constexpr std::array<std::string_view, 3> forbidden_functions = {"load_extension", "fts3_tokenizer",
                                                                 "sqlite_log"};

template <class List>
bool has(const List& list, std::string_view name) {
  const auto equal = [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); };
  return std::any_of(list.begin(), list.end(), [&](std::string_view known) {
    return std::equal(known.begin(), known.end(), name.begin(), name.end(), equal);
  });
}

bool reads_only(int action, const char* first, const char* second) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return true;
    // What SQLite asks when a table-valued function (json_each, pragma_table_info) declares its columns. To
    // write there in earnest is refused by SQLite itself, whoever asks.
    case SQLITE_UPDATE:
      return first && std::string_view(first) == "sqlite_master";
    case SQLITE_FUNCTION:
      return second && !has(forbidden_functions, second);
    case SQLITE_PRAGMA:
      return first && (has(describing_pragmas, first) || (!second && has(asking_pragmas, first)));
    default:
      return false;
  }
}

std::string in_words(int action, const char* first, const char* second) {
  const std::string name = first ? first : "";
  switch (action) {
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
      if (!name.starts_with("sqlite_")) return fmt::format("write to {}", name);
      return "change the database's schema";
    case SQLITE_ATTACH:
      return "attach another file";
    case SQLITE_DETACH:
      return "detach a file";
    case SQLITE_FUNCTION:
      return fmt::format("call {}", second ? second : "");
    case SQLITE_PRAGMA:
      return fmt::format("use PRAGMA {}{}", name, second ? " with a value" : "");
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return "begin or end a transaction";
    default:
      return "change the database's schema or settings";
  }
}

}  // namespace

QueryGuard::QueryGuard(sqlite3* handle, const QueryLimits& asked)
    : handle_(handle),
      left_(std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(
          asked.seconds > 0.0 ? std::min(asked.seconds, longest_seconds) : longest_seconds))),
      temporary_bytes_(asked.temporary_bytes),
      on_stuck_(asked.on_stuck),
      hard_before_(sqlite3_hard_heap_limit64(-1)),
      soft_before_(sqlite3_soft_heap_limit64(-1)) {
  sqlite3_hard_heap_limit64(sqlite3_memory_used() + query_memory);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  for (const Limit& limit : limits) sqlite3_limit(handle_, limit.what, limit.bound);
  sqlite3_set_authorizer(handle_, authorize, this);
  sqlite3_progress_handler(handle_, steps_between_looks, check_time, this);
  watcher_ = std::thread([this] { watch(); });
}

QueryGuard::~QueryGuard() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  over_.notify_one();
  watcher_.join();
  sqlite3_hard_heap_limit64(hard_before_);
  sqlite3_soft_heap_limit64(soft_before_);
  sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
  sqlite3_set_authorizer(handle_, nullptr, nullptr);
}

int QueryGuard::authorize(void* guard, int action, const char* first, const char* second, const char*,
                          const char*) {
  if (reads_only(action, first, second)) return SQLITE_OK;
  static_cast<QueryGuard*>(guard)->refused_ = in_words(action, first, second);
  return SQLITE_DENY;
}

void QueryGuard::watch() {
  std::unique_lock lock(mutex_);
  while (!over_.wait_for(lock, between_looks, [this] { return is_over_; })) {
    if (temporary_bytes() > temporary_bytes_) {
      files_are_full_ = true;
      sqlite3_interrupt(handle_);
    }
    const auto deadline = deadline_.load();
    if (on_stuck_ && deadline != Clock::time_point::max() && Clock::now() > deadline + patience) on_stuck_();
  }
}

std::uintmax_t temporary_bytes() {
  std::uintmax_t bytes = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", ignored)) {
    const std::string file = std::filesystem::read_symlink(entry.path(), ignored).string();
    if (file.find("/etilqs_") == std::string::npos) continue;  // SQLite's name for a temporary file
    const std::uintmax_t size = std::filesystem::file_size(entry.path(), ignored);
    if (!ignored) bytes += size;
  }
  return bytes;
}

int QueryGuard::check_time(void* guard) {
  return Clock::now() > static_cast<QueryGuard*>(guard)->deadline_.load() ? 1 : 0;
}

}  // namespace ablate
