#pragma once
/// How a connection waits for others that write. Private to framework/store.

struct sqlite3;

namespace ablate {

/// Waits for a lock up to `milliseconds` by the clock, and looks every few of them. SQLite's own wait looks ten times a second:
/// beside one that writes without a pause, whose lock is free for moments, the others never get their turn.
void wait_for_turns(sqlite3* connection, int milliseconds);

}  // namespace ablate
