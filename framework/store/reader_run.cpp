#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "base/text_value.hpp"
#include "store/reader.hpp"
#include "store/store_rows.hpp"

namespace ablate {
namespace {

constexpr const char* ways = "a run is its number, 4 or more letters of its uuid, or study/variant/seed";
constexpr std::size_t shortest_prefix = 4;
constexpr std::size_t listed_runs = 5;

std::optional<RunRecord> by_id(Connection& connection, std::int64_t id) {
  Query query(connection, select_runs + " WHERE run.id = ?");
  query << id;
  return query.next() ? std::optional(run_of(query)) : std::nullopt;
}

/// The text in lower case, where it can be the beginning of a uuid.
std::optional<std::string> uuid_prefix(std::string text) {
  text = lower_case(std::move(text));
  const bool hexadecimal = text.find_first_not_of("0123456789abcdef-") == std::string::npos;
  return hexadecimal && text.size() >= shortest_prefix ? std::optional(text) : std::nullopt;
}

std::optional<RunRecord> by_uuid(Connection& connection, const std::string& prefix) {
  Query query(connection,
              select_runs + " WHERE run.uuid >= ? AND run.uuid < ? || 'g' ORDER BY run.uuid LIMIT ?");
  query << prefix << prefix << static_cast<std::int64_t>(listed_runs);
  std::vector<RunRecord> found;
  while (query.next()) found.push_back(run_of(query));
  if (found.empty()) return std::nullopt;
  if (found.size() == 1) return found.front();
  std::vector<std::string> uuids;
  for (const RunRecord& run : found) uuids.push_back(run.uuid);
  throw RequestError(fmt::format("'{}' is the beginning of more than one run's uuid in {}", prefix,
                                 connection.path().string()),
                     fmt::format("write more of it: {}", fmt::join(uuids, ", ")));
}

std::vector<std::string> names_in(Query& query) {
  std::vector<std::string> rows;
  while (query.next()) query >> rows.emplace_back();
  return rows;
}

/// Says which part of a path study/variant/seed is unknown.
std::string path_hint(Connection& connection, const std::string& path, const std::string& seed) {
  Query studies(connection, "SELECT name FROM study ORDER BY name");
  const std::vector<std::string> names = names_in(studies);
  const auto study = std::find_if(names.begin(), names.end(),
                                  [&](const std::string& name) { return path.starts_with(name + "/"); });
  if (study == names.end()) return "studies: " + suggestion(path.substr(0, path.find('/')), names);
  const std::string variant = path.substr(study->size() + 1);
  Query variants(connection,
                 "SELECT variant.name FROM variant JOIN study ON study.id = variant.study_id "
                 "WHERE study.name = ? ORDER BY variant.position");
  variants << *study;
  const std::vector<std::string> variant_names = names_in(variants);
  if (std::find(variant_names.begin(), variant_names.end(), variant) == variant_names.end()) {
    return "variants: " + suggestion(variant, variant_names);
  }
  Query seeds(
      connection,
      "SELECT run.seed FROM run JOIN variant ON variant.id = run.variant_id "
      "JOIN study ON study.id = run.study_id WHERE study.name = ? AND variant.name = ? ORDER BY run.seed");
  seeds << *study << variant;
  return "seeds: " + suggestion(seed, names_in(seeds));
}

/// A path's study and variant, and its seed. Names may hold slashes themselves, so they are compared as one
/// text.
std::pair<std::string, std::string> path_and_seed(const std::string& reference) {
  const std::size_t slash = reference.rfind('/');
  return {reference.substr(0, slash), reference.substr(slash + 1)};
}

std::optional<RunRecord> by_path(Connection& connection, const std::string& reference) {
  const auto [path, seed] = path_and_seed(reference);
  Query query(connection, select_runs +
                              " JOIN study ON study.id = run.study_id "
                              "WHERE study.name || '/' || variant.name = ? AND run.seed = ? LIMIT 2");
  query << path << number_of<std::int64_t>(seed).value_or(-1);
  if (!number_of<std::int64_t>(seed) || !query.next()) return std::nullopt;
  const RunRecord run = run_of(query);
  if (!query.next()) return run;
  throw RequestError(fmt::format("'{}' names more than one run in {}", reference, connection.path().string()),
                     ways);
}

bool is_path(const std::string& reference) { return reference.find('/') != std::string::npos; }

}  // namespace

std::optional<RunRecord> Reader::find_run(const std::string& reference) const {
  return connection_->guard([&]() -> std::optional<RunRecord> {
    if (is_path(reference)) return by_path(*connection_, reference);
    std::optional<RunRecord> found;
    if (const auto id = number_of<std::int64_t>(reference)) found = by_id(*connection_, *id);
    if (const auto prefix = uuid_prefix(reference); !found && prefix) found = by_uuid(*connection_, *prefix);
    return found;
  });
}

RunRecord Reader::run(const std::string& reference) const {
  if (const auto found = find_run(reference)) return *found;
  return connection_->guard([&]() -> RunRecord {
    std::string hint = ways;
    if (is_path(reference)) {
      const auto [path, seed] = path_and_seed(reference);
      hint = path_hint(*connection_, path, seed);
    }
    throw RequestError(fmt::format("{} has no run '{}'", connection_->path().string(), reference), hint);
  });
}

std::map<std::int64_t, int> Reader::kept_checkpoints(std::int64_t study_id) const {
  return connection_->guard([&] {
    Query query(*connection_,
                "SELECT run.id, run.epochs_done FROM run JOIN checkpoint ON checkpoint.run_id = run.id AND "
                "checkpoint.epoch = run.epochs_done WHERE run.study_id = ? AND run.status = 'done'");
    query << study_id;
    std::map<std::int64_t, int> kept;
    while (query.next()) {
      std::int64_t run_id = 0;
      query >> run_id >> kept[run_id];
    }
    return kept;
  });
}

}  // namespace ablate
