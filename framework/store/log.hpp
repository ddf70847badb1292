#pragma once
/// The write-ahead log beside a results file: how it is kept short, and how it is emptied into the file. Private to
/// framework/store; settle.hpp is for others.
///
/// SQLite before 3.51.3 (but for 3.50.7 and 3.44.6 and their successors) can damage a file where one connection
/// restarts the log while another one's checkpoint is under way: frames of the new log then count as copied
/// that never were (sqlite.org/wal.html, section 11). So no connection of ours checkpoints by itself. One place
/// does, and it holds the write lock meanwhile: nobody can restart the log.

#include <chrono>

struct sqlite3;

namespace ablate {

/// Pages of the log (16 MiB) from which each commit is followed by a checkpoint. From twice as many on, the
/// checkpoint also waits for readers of older states, for up to a second, and so do all writers.
inline constexpr int usual_log_pages = 4096;

/// Replaces SQLite's automatic checkpoint of this connection.
void keep_log_short(sqlite3* connection, int log_pages = usual_log_pages);

/// Copies what the log holds into the file while another connection holds the write lock. Waits up to
/// `patience` for that lock, and then for readers of older states. True where the file has all of it: it may
/// then be copied alone, and the next writer restarts the log. Throws nothing.
bool checkpoint_log(sqlite3* connection, std::chrono::milliseconds patience) noexcept;

}  // namespace ablate
