#include "store/marks.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "store/connection.hpp"
#include "store/uuid.hpp"

namespace ablate {
namespace {

/// Runs `sql` for each pair; returns how many rows changed.
int for_each_pair(Connection& connection, const char* sql, std::span<const std::int64_t> run_ids,
                  std::span<const std::string> names) {
  return connection.transaction([&] {
    Query query(connection, sql);
    int changed = 0;
    for (const std::int64_t id : run_ids) {
      for (const std::string& name : names) changed += (query << id << name).run();
    }
    return changed;
  });
}

void put_note(Connection& connection, const char* sql, std::int64_t id, const std::string& text) {
  connection.transaction([&] {
    Query put(connection, sql);
    (put << new_uuid() << id << text << moment_text(unix_seconds())).run();
  });
}

bool mark(Connection& connection, const char* sql, std::int64_t id, bool archived) {
  return connection.transaction([&] {
    Query update(connection, sql);
    return (update << archived << id).run() > 0;
  });
}

}  // namespace

Marks::Marks(const std::filesystem::path& path)
    : connection_(std::make_unique<Connection>(open_existing(path), path)) {}
Marks::~Marks() = default;

int Marks::tag(std::span<const std::int64_t> run_ids, std::span<const std::string> names) {
  return for_each_pair(*connection_, "INSERT OR IGNORE INTO tag(run_id, name) VALUES (?, ?)", run_ids, names);
}

int Marks::untag(std::span<const std::int64_t> run_ids, std::span<const std::string> names) {
  return for_each_pair(*connection_, "DELETE FROM tag WHERE run_id = ? AND name = ?", run_ids, names);
}

void Marks::note_run(std::int64_t run_id, const std::string& text) {
  put_note(*connection_, "INSERT INTO note(uuid, run_id, text, created_at) VALUES (?, ?, ?, ?)", run_id,
           text);
}

void Marks::note_study(std::int64_t study_id, const std::string& text) {
  put_note(*connection_, "INSERT INTO note(uuid, study_id, text, created_at) VALUES (?, ?, ?, ?)", study_id,
           text);
}

bool Marks::archive_run(std::int64_t run_id, bool archived) {
  return mark(*connection_, "UPDATE run SET archived = ?1 WHERE id = ?2 AND archived <> ?1", run_id,
              archived);
}

void Marks::ask_to_stop(std::int64_t run_id) {
  connection_->transaction([&] {
    Query ask(*connection_, "INSERT OR IGNORE INTO stop_request(run_id, asked_at) VALUES (?, ?)");
    (ask << run_id << moment_text(unix_seconds())).run();
  });
}

void Marks::delete_study(std::int64_t study_id) {
  connection_->transaction([&] {
    Query running(*connection_, "SELECT count(*) FROM run WHERE study_id = ? AND status = 'running'");
    running << study_id;
    std::int64_t runs = 0;
    if (running.next()) running >> runs;
    if (runs > 0) {
      throw RequestError(fmt::format("{} of its runs are being trained", runs),
                         "stop them first: Ctrl-C where `ablate run` works, or ablate doctor for a dead one");
    }
    Query remove(*connection_, "DELETE FROM study WHERE id = ?");
    (remove << study_id).run();
  });
}

bool Marks::archive_study(std::int64_t study_id, bool archived) {
  return mark(*connection_, "UPDATE study SET archived = ?1 WHERE id = ?2 AND archived <> ?1", study_id,
              archived);
}

}  // namespace ablate
