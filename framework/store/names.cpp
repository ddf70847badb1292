#include "store/names.hpp"

#include <chrono>

#include <sqlite3.h>

#include "base/error.hpp"
#include "metrics/metric_name.hpp"
#include "store/connection.hpp"
#include "store/next_of.hpp"

namespace ablate {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int shortest_wait_milliseconds = 20;
constexpr auto longest = std::chrono::milliseconds(50);
constexpr std::int64_t most = 2'000;
constexpr int steps_between_questions = 1'000;  // of SQLite's virtual machine

/// An open file that gives up when the time is over.
class Search {
 public:
  explicit Search(const std::filesystem::path& path)
      : connection_(open_for_reading(path, shortest_wait_milliseconds)), end_(Clock::now() + longest) {
    const auto is_over = [](void* self) { return Clock::now() > static_cast<Search*>(self)->end_ ? 1 : 0; };
    sqlite3_progress_handler(connection_.database().getHandle(), steps_between_questions, is_over, this);
  }
  ~Search() { sqlite3_progress_handler(connection_.database().getHandle(), 0, nullptr, nullptr); }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  Connection& connection() { return connection_; }

 private:
  Connection connection_;
  Clock::time_point end_;
};

/// What `find` gathers until it ends or fails: the file may be anything.
template <class Find>
std::vector<std::string> gathered(const std::filesystem::path& path, Find&& find) {
  std::vector<std::string> names;
  try {
    Search search(path);
    search.connection().guard([&] { find(search.connection(), names); });
  } catch (const RequestError&) {
    // No file, another program's, too slow: what was found until then is all there is to offer.
  }
  return names;
}

void add_rows(Query& query, std::vector<std::string>& names, const std::string& before,
              const std::string& behind) {
  while (query.next()) {
    std::string name;
    query >> name;
    names.push_back(before + name + behind);
  }
}

void add_studies(Connection& connection, const std::string& prefix, const std::string& behind,
                 std::vector<std::string>& names) {
  Query query(connection,
              "SELECT name FROM study WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name LIMIT ?2");
  query << prefix << most;
  add_rows(query, names, {}, behind);
}

struct Named {
  std::int64_t id;
  std::string name;
};

std::vector<Named> named_rows(Query& query) {
  std::vector<Named> rows;
  while (query.next()) {
    Named& row = rows.emplace_back();
    query >> row.id >> row.name;
  }
  return rows;
}

/// Studies of which the text holds the whole name and a slash.
std::vector<Named> studies_before(Connection& connection, const std::string& text) {
  Query query(connection, "SELECT id, name FROM study WHERE substr(?, 1, length(name) + 1) = name || '/'");
  query << text;
  return named_rows(query);
}

void add_variants(Connection& connection, std::int64_t study, const std::string& prefix,
                  const std::string& before, const std::string& behind, std::vector<std::string>& names) {
  Query query(connection,
              "SELECT name FROM variant WHERE study_id = ?1 AND substr(name, 1, length(?2)) = ?2 "
              "ORDER BY position LIMIT ?3");
  query << study << prefix << most;
  add_rows(query, names, before, behind);
}

void add_seeds(Connection& connection, const Named& study, const std::string& rest,
               std::vector<std::string>& names) {
  Query variants(connection,
                 "SELECT id, name FROM variant WHERE study_id = ?1 "
                 "AND substr(?2, 1, length(name) + 1) = name || '/'");
  variants << study.id << rest;
  for (const Named& variant : named_rows(variants)) {
    Query query(connection,
                "SELECT CAST(seed AS TEXT) FROM run WHERE variant_id = ?1 "
                "AND substr(CAST(seed AS TEXT), 1, length(?2)) = ?2 ORDER BY seed LIMIT ?3");
    query << variant.id << rest.substr(variant.name.size() + 1) << most;
    add_rows(query, names, study.name + "/" + variant.name + "/", {});
  }
}

}  // namespace

std::vector<std::string> Names::studies(const std::string& prefix) const {
  return gathered(path_, [&](Connection& connection, std::vector<std::string>& names) {
    add_studies(connection, prefix, {}, names);
  });
}

std::vector<std::string> Names::tags(const std::string& prefix) const {
  return gathered(path_, [&](Connection& connection, std::vector<std::string>& names) {
    Query query(
        connection,
        "SELECT DISTINCT name FROM tag WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name LIMIT ?2");
    query << prefix << most;
    add_rows(query, names, {}, {});
  });
}

std::vector<std::string> Names::metrics() const {
  return gathered(path_, [&](Connection& connection, std::vector<std::string>& names) {
    MetricName last;
    while (static_cast<std::int64_t>(names.size()) < most) {
      Query query(connection, next_of("run_value", "metric", "split"));
      query << last.metric << last.split;
      if (!query.next()) return;
      query >> last.metric >> last.split;
      names.push_back(to_string(last));
    }
  });
}

std::vector<std::string> Names::variants(const std::string& study, const std::string& prefix) const {
  return gathered(path_, [&](Connection& connection, std::vector<std::string>& names) {
    if (!study.empty()) {
      Query query(connection, "SELECT id, name FROM study WHERE name = ?");
      query << study;
      for (const Named& found : named_rows(query)) add_variants(connection, found.id, prefix, {}, {}, names);
      return;
    }
    for (const Named& found : studies_before(connection, prefix)) {
      const std::string before = found.name + "/";
      add_variants(connection, found.id, prefix.substr(before.size()), before, {}, names);
    }
    add_studies(connection, prefix, "/", names);
  });
}

std::vector<std::string> Names::runs(const std::string& prefix) const {
  return gathered(path_, [&](Connection& connection, std::vector<std::string>& names) {
    for (const Named& study : studies_before(connection, prefix)) {
      const std::string before = study.name + "/", rest = prefix.substr(before.size());
      add_seeds(connection, study, rest, names);
      add_variants(connection, study.id, rest, before, "/", names);
    }
    add_studies(connection, prefix, "/", names);
  });
}

}  // namespace ablate
