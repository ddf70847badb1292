#include "store/connection.hpp"
#include "store/reader.hpp"

namespace ablate {
namespace {

std::vector<NoteRecord> notes_of(Query& query) {
  std::vector<NoteRecord> notes;
  while (query.next()) {
    NoteRecord& note = notes.emplace_back();
    query >> note.text >> note.created_at;
  }
  return notes;
}

}  // namespace

std::vector<std::string> Reader::run_tags(std::int64_t run_id) const {
  return connection_->guard([&] {
    Query query(*connection_, "SELECT name FROM tag WHERE run_id = ? ORDER BY name");
    query << run_id;
    std::vector<std::string> names;
    while (query.next()) query >> names.emplace_back();
    return names;
  });
}

std::vector<std::pair<std::string, std::int64_t>> Reader::tags() const {
  return connection_->guard([&] {
    Query query(*connection_, "SELECT name, count(*) FROM tag GROUP BY name ORDER BY name");
    std::vector<std::pair<std::string, std::int64_t>> counts;
    while (query.next()) {
      auto& [name, runs] = counts.emplace_back();
      query >> name >> runs;
    }
    return counts;
  });
}

std::vector<NoteRecord> Reader::run_notes(std::int64_t run_id) const {
  return connection_->guard([&] {
    Query query(*connection_, "SELECT text, created_at FROM note WHERE run_id = ? ORDER BY created_at, id");
    query << run_id;
    return notes_of(query);
  });
}

std::vector<NoteRecord> Reader::study_notes(std::int64_t study_id) const {
  return connection_->guard([&] {
    Query query(*connection_, "SELECT text, created_at FROM note WHERE study_id = ? ORDER BY created_at, id");
    query << study_id;
    return notes_of(query);
  });
}

}  // namespace ablate
