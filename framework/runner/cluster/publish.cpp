#include "runner/cluster/publish.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/file.hpp"
#include "base/work_folder.hpp"
#include "base/worker_name.hpp"
#include "store/merge.hpp"
#include "store/merge_source.hpp"
#include "store/reader.hpp"
#include "store/run_over.hpp"
#include "store/uuid.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t longest_file = std::size_t{1} << 36, longest_state = 1 << 22;

/// What the scheduler calls this node; several of its nodes may be one host.
std::string node_name() {
  const char* named = std::getenv("SLURMD_NODENAME");
  return named ? named : "";
}

/// The whole epochs of runs that somebody may go on with.
bool goes_on(const RunRecord& run) { return !is_over(run.status) && run.epochs_done > 0; }

}  // namespace

Attempt Attempt::next(const std::string& send, const std::string& chunk) {
  return {send, chunk, new_uuid().substr(0, 8)};
}

void Publisher::publish(const std::set<std::int64_t>& under_way) {
  std::vector<std::string> over;
  Epochs going;
  std::error_code error;
  if (!fs::exists(database_, error)) return;  // it was stopped before it planned
  {
    const Reader reader(database_);
    if (!reader.counts(study_)) return;
    for (const RunRecord& run : reader.runs(reader.study(study_).id)) {
      const bool is_new = !published_.contains(run.uuid) && !under_way.contains(run.id);
      if (is_over(run.status) && is_new) over.push_back(run.uuid);
      if (goes_on(run) && !files_.has_run(run.uuid)) going[run.uuid] = run.epochs_done;
    }
  }
  if (!over.empty()) publish_over(over);
  if (going != going_) publish_going(going);
  tell(going);
}

void Publisher::publish_states(const std::set<std::string>& uuids) {
  put([&](const std::string& uuid) { return uuids.contains(uuid); }, false);
}

void Publisher::end() const {
  std::error_code ignored;
  fs::remove(files_.attempts() / (attempt_.name() + ".json"), ignored);
}

fs::path Publisher::put(const std::function<bool(const std::string& uuid)>& which, bool over) {
  MergeOptions options;
  options.only_study = study_;
  options.only_runs = [&](const fs::path&, const std::string& uuid) { return which(uuid); };
  const std::atomic<bool> never = false;
  std::string bytes;
  {
    const WorkFolder here(scratch_ / "ablate-publish");
    const fs::path file = here.path() / "part.db";
    merge_files({database_}, file, options, never);
    bytes = read_file(file, longest_file);
  }
  const fs::path path = files_.results() / result_name(attempt_.name(), ++number_, bytes, over);
  publish_file(path, bytes);
  return path;
}

void Publisher::publish_over(const std::vector<std::string>& uuids) {
  const std::set<std::string> wanted(uuids.begin(), uuids.end());
  const fs::path path = put([&](const std::string& uuid) { return wanted.contains(uuid); }, true);
  for (const std::string& uuid : uuids) {
    if (::link(path.c_str(), files_.run(uuid).c_str()) != 0 && errno != EEXIST) {
      throw RequestError(
          fmt::format("cannot link {} in {}: {}", files_.run(uuid).filename().string(),
                      files_.results().string(), std::strerror(errno)),
          "the work folder needs a file system with hard links: another one in cluster.yaml or with --work");
    }
    published_.insert(uuid);
  }
}

void Publisher::publish_going(const Epochs& going) {
  const fs::path before = going_file_;
  going_file_ =
      going.empty() ? fs::path() : put([&](const std::string& uuid) { return going.contains(uuid); }, false);
  going_ = going;
  std::error_code ignored;
  if (!before.empty()) fs::remove(before, ignored);
}

void Publisher::tell(const Epochs& going) const {
  Json json = {
      {"send", attempt_.send}, {"chunk", attempt_.chunk}, {"worker", worker_name()}, {"node", node_name()}};
  json["runs"] = Json::array();
  for (const auto& [uuid, epochs] : going) json["runs"].push_back({{"uuid", uuid}, {"epochs", epochs}});
  publish_file(files_.attempts() / (attempt_.name() + ".json"), json.dump() + "\n");
}

AttemptState read_attempt(const fs::path& file) {
  try {
    const Json json = Json::parse(read_file(file, longest_state));
    AttemptState state{json.at("send"), json.at("chunk"), json.at("worker"), json.at("node"), {}};
    for (const Json& run : json.at("runs")) state.runs.emplace_back(run.at("uuid"), run.at("epochs"));
    return state;
  } catch (const Json::exception& error) {
    throw RequestError(fmt::format("{} is no state of an attempt: {}", file.string(), error.what()));
  }
}

}  // namespace ablate
