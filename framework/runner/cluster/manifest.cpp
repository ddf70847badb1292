#include "runner/cluster/manifest.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/build_info.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/worker_name.hpp"
#include "runner/program_files.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* manifest_format = "ablate manifest";
constexpr int manifest_version = 1;
constexpr std::string_view before_seal = ",\n  \"sha256\": \"";
constexpr std::size_t longest_manifest = std::size_t{1} << 28;

Json run_json(const PlannedRun& run) {
  Json json = {{"uuid", run.uuid}, {"variant", run.variant}, {"seed", run.seed}};
  if (run.until_epoch) json["until_epoch"] = *run.until_epoch;
  return json;
}

PlannedRun run_from(const Json& json) {
  PlannedRun run{json.at("uuid"), json.at("variant"), json.at("seed")};
  if (json.contains("until_epoch")) run.until_epoch = json["until_epoch"].get<int>();
  const bool plain = !run.uuid.empty() && std::all_of(run.uuid.begin(), run.uuid.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-';
  });
  if (!plain) throw std::invalid_argument(fmt::format("a run's uuid is '{}'", run.uuid));
  return run;
}

Manifest manifest_from(const Json& json) {
  Manifest manifest;
  manifest.send = json.at("send");
  manifest.study = json.at("study");
  manifest.config = json.at("config");
  manifest.code_version = json.at("code_version");
  manifest.program_sha256 = json.at("program_sha256");
  if (json.contains("tuned")) manifest.tuned = json["tuned"].get<std::map<std::string, std::size_t>>();
  if (json.contains("near")) manifest.near = json["near"].get<double>();
  for (const Json& data : json.at("data"))
    manifest.data.push_back({data.at("name"), data.at("train_sha256"), data.at("test_sha256")});
  if (json.contains("trainer")) {
    manifest.folder = json["trainer"].at("folder").get<std::string>();
    manifest.code_sha256 = json["trainer"].at("code_sha256");
  }
  manifest.runs_per_task = json.at("runs_per_task");
  manifest.publish_seconds = json.at("publish_seconds");
  for (const Json& run : json.at("runs")) manifest.runs.push_back(run_from(run));
  if (manifest.runs_per_task < 1 || !(manifest.publish_seconds > 0.0) || manifest.runs.empty())
    throw std::invalid_argument("it has no runs, or no chunks");
  return manifest;
}

/// The end of a manifest that begins so: the digest of that beginning.
std::string seal_of(std::string_view text) {
  return fmt::format("{}{}\"\n}}\n", before_seal, sha256_hex(text));
}

std::string sealed(const std::string& text) { return text + seal_of(text); }

bool is_sealed(std::string_view bytes) {
  const std::size_t at = bytes.rfind(before_seal);
  return at != std::string_view::npos && bytes.substr(at) == seal_of(bytes.substr(0, at));
}

}  // namespace

int Manifest::chunks() const { return (static_cast<int>(runs.size()) + runs_per_task - 1) / runs_per_task; }

std::vector<PlannedRun> chunk_of(const Manifest& manifest, int number) {
  if (number < 0 || number >= manifest.chunks()) {
    throw RequestError(
        fmt::format("the manifest has no chunk {}: they are 0 to {}", number, manifest.chunks() - 1));
  }
  const auto size = static_cast<std::size_t>(manifest.runs_per_task);
  const std::size_t first = static_cast<std::size_t>(number) * size;
  const std::size_t last = std::min(first + size, manifest.runs.size());
  return {manifest.runs.begin() + static_cast<std::ptrdiff_t>(first),
          manifest.runs.begin() + static_cast<std::ptrdiff_t>(last)};
}

std::string manifest_text(const Manifest& manifest) {
  Json json = {{"format", manifest_format},
               {"version", manifest_version},
               {"send", manifest.send},
               {"study", manifest.study},
               {"code_version", manifest.code_version},
               {"program_sha256", manifest.program_sha256},
               {"runs_per_task", manifest.runs_per_task},
               {"publish_seconds", manifest.publish_seconds}};
  if (!manifest.tuned.empty()) json["tuned"] = manifest.tuned;
  if (manifest.near) json["near"] = *manifest.near;
  json["data"] = Json::array();
  for (const SentData& data : manifest.data)
    json["data"].push_back(
        {{"name", data.name}, {"train_sha256", data.train_sha256}, {"test_sha256", data.test_sha256}});
  if (!manifest.folder.empty())
    json["trainer"] = {{"folder", manifest.folder.string()}, {"code_sha256", manifest.code_sha256}};
  json["config"] = manifest.config;
  std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace);
  text.resize(text.size() - 2);  // "\n}"
  text += ",\n  \"runs\": [";
  const char* between = "\n    ";
  for (const PlannedRun& run : manifest.runs) {
    text += between + run_json(run).dump(-1, ' ', false, Json::error_handler_t::replace);
    between = ",\n    ";
  }
  return sealed(text + "\n  ]");
}

Manifest read_manifest(const fs::path& file) {
  const std::string bytes = read_file(file, longest_manifest);
  const auto refuse = [&](const std::string& why) {
    throw RequestError(fmt::format("{} is not a whole manifest: {}", file.string(), why),
                       "`ablate run STUDY.yaml --slurm` or `--manifest` writes one");
  };
  try {
    const Json json = Json::parse(bytes);
    if (!json.is_object() || json.value("format", "") != manifest_format)
      refuse("it does not say that it is one");
    if (json.at("version") > manifest_version) {
      throw RequestError(fmt::format("{} was written by a newer ablate", file.string()),
                         "update this program");
    }
    if (!is_sealed(bytes)) {
      throw RequestError(
          fmt::format("{} has changed since it was written: its checksum does not match", file.string()),
          "was it changed by hand? `ablate run STUDY.yaml --slurm --resend` sends its runs with a new one");
    }
    return manifest_from(json);
  } catch (const Json::exception& error) {
    refuse(error.what());
  } catch (const std::invalid_argument& error) {
    refuse(error.what());
  }
  return {};
}

void check_program(const Manifest& manifest, const fs::path& file) {
  const bool same = manifest.program_sha256 == program_sha256() &&
                    (!manifest.program_sha256.empty() || manifest.code_version == code_version());
  if (same) return;
  throw RequestError(
      fmt::format("{} was written by another program ({}; this one is {}), whose numbers may differ",
                  file.string(), manifest.code_version, code_version()),
      "name that program in cluster.yaml, or send the runs again with this one: "
      "`ablate run STUDY.yaml --slurm`");
}

void check_code(const Manifest& manifest, const Study& study) {
  if (!study.trainer()) return;
  const std::string where = fmt::format("the trainer's folder {} on {}", manifest.folder.string(),
                                        worker_name().substr(0, worker_name().find(':')));
  std::error_code error;
  if (!fs::is_directory(manifest.folder, error))
    throw RequestError(fmt::format("{} is not there", where),
                       "the study file must be on a file system that all nodes see");
  if (code_sha256(study) == manifest.code_sha256) return;
  throw RequestError(fmt::format("{} has other code than the manifest was written with", where),
                     "was the program changed meanwhile? `ablate run STUDY.yaml --slurm --resend` sends its "
                     "runs with the new code");
}

}  // namespace ablate
