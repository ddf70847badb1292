#include "runner/cluster/sent_places.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Places = std::map<std::string, std::vector<std::string>>;  ///< by study

constexpr std::size_t longest = 1 << 20;

fs::path file_of(const fs::path& database) { return database.string() + ".sent"; }

Places read_places(const fs::path& database) {
  std::error_code error;
  if (!fs::exists(file_of(database), error)) return {};
  try {
    return Json::parse(read_file(file_of(database), longest)).get<Places>();
  } catch (const std::exception&) {
    return {};  // the next send rewrites it
  }
}

}  // namespace

std::vector<WorkFiles> sent_places(const fs::path& database, const std::string& study) {
  const Places places = read_places(database);
  const auto found = places.find(study);
  if (found == places.end()) return {};
  std::vector<WorkFiles> all;
  for (const std::string& folder : found->second) all.emplace_back(folder);
  return all;
}

void note_place(const fs::path& database, const std::string& study, const WorkFiles& files) {
  Places places = read_places(database);
  std::vector<std::string>& folders = places[study];
  const std::string folder = files.folder().string();
  if (!folders.empty() && folders.back() == folder) return;
  std::erase(folders, folder);
  folders.push_back(folder);
  write_file(file_of(database), Json(places).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

bool is_missing(const WorkFiles& files, const fs::path& database, const std::string& study) {
  std::error_code error;
  if (fs::is_directory(files.sends(), error)) return false;
  const std::vector<WorkFiles> places = sent_places(database, study);
  return std::any_of(places.begin(), places.end(),
                     [&](const WorkFiles& place) { return place.folder() == files.folder(); });
}

std::string missing_text(const WorkFiles& files, const std::string& study) {
  return fmt::format("runs of {} were sent to {}, which is not there", study, files.folder().string());
}

}  // namespace ablate
