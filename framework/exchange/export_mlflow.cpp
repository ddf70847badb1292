#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "exchange/export_trackers.hpp"
#include "exchange/mlflow_keys.hpp"
#include "exchange/real_text.hpp"
#include "exchange/run_series.hpp"
#include "store/new_file.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_param = 6'000;  // what MLflow 3 takes

/// A whole number made of a name: MLflow's experiments have numbers.
std::string experiment_id(const std::string& study) {
  const std::string digits = sha256_hex("experiment " + study).substr(0, 15);
  return fmt::format("{}", std::stoull(digits, nullptr, 16) % 900'000'000'000'000'000ull + 1);
}

std::string run_id(const std::string& text) { return sha256_hex(text).substr(0, 32); }

std::int64_t milliseconds(double seconds) { return std::llround(seconds * 1000.0); }

/// JSON is YAML too, and every text is safe in it.
std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

enum class MlflowStatus { running = 1, scheduled = 2, finished = 3, failed = 4, killed = 5 };

MlflowStatus status_of(RunStatus status) {
  if (status == RunStatus::done) return MlflowStatus::finished;
  if (status == RunStatus::failed || status == RunStatus::diverged) return MlflowStatus::failed;
  return status == RunStatus::running ? MlflowStatus::running : MlflowStatus::killed;
}

class StoreFolder {
 public:
  StoreFolder(const fs::path& part, const StudyRecord& study, const fs::path& final_place)
      : id_(experiment_id(study.name)), folder_(part / id_), place_(fs::absolute(final_place) / id_) {
    const auto created = milliseconds(seconds_of(study.created_at));
    write_file(
        folder_ / "meta.yaml",
        fmt::format("artifact_location: {}\ncreation_time: {}\nexperiment_id: '{}'\nlast_update_time: {}\n"
                    "lifecycle_stage: active\nname: {}\n",
                    quoted(uri({})), created, id_, created, quoted(study.name)));
    write_tag(folder_ / "tags", "mlflow.note.content", study.question);
  }

  fs::path add_run(const std::string& id, const std::string& name, double started, double ended,
                   MlflowStatus status) {
    const fs::path run = folder_ / id;
    write_file(
        run / "meta.yaml",
        fmt::format("artifact_uri: {}\nend_time: {}\nentry_point_name: ''\nexperiment_id: '{}'\n"
                    "lifecycle_stage: active\nrun_id: {}\nrun_name: {}\nrun_uuid: {}\nsource_name: ablate\n"
                    "source_type: 4\nsource_version: ''\nstart_time: {}\nstatus: {}\ntags: []\nuser_id: ''\n",
                    quoted(uri(fs::path(id) / "artifacts")),
                    ended > 0 ? fmt::format("{}", milliseconds(ended)) : std::string("null"), id_, quoted(id),
                    quoted(name), quoted(id), milliseconds(started), static_cast<int>(status)));
    for (const char* folder : {"artifacts", "metrics", "params"}) fs::create_directories(run / folder);
    write_tag(run / "tags", "mlflow.runName", name);
    return run;
  }

  static void write_tag(const fs::path& tags, const std::string& key, const std::string& value) {
    write_file(tags / key, value);
  }

 private:
  std::string uri(const fs::path& inside) const {
    return "file://" + (place_ / inside).lexically_normal().string();
  }

  std::string id_;
  fs::path folder_, place_;
};

void write_metrics(const fs::path& run, const RunSeries& series, MlflowKeys& keys) {
  std::map<std::string, std::string> files;
  for (const SeriesPoint& point : series.points) {
    files[keys.of(point.name)] +=
        fmt::format("{} {} {}\n", milliseconds(point.seconds), real_text(point.value), point.step);
  }
  for (const auto& [key, lines] : files) write_file(run / "metrics" / key, lines);
}

using Settings = std::vector<std::pair<std::string, Value>>;

/// Whether a setting of a program of its own is a block: it has parts beside it, and no value but of the first of them.
bool is_block(const std::string& key, const Settings& settings) {
  const auto has = [&](const std::string& begin) {
    return std::any_of(settings.begin(), settings.end(),
                       [&](const auto& setting) { return setting.first.starts_with(begin); });
  };
  return has("trainer.") && has(key + '.');
}

void write_params(const fs::path& run, const RunSeries& series, MlflowKeys& keys) {
  for (const auto& [key, value] : series.settings) {
    if (!key.starts_with("trainer.") && !is_block(key, series.settings))
      write_file(run / "params" / keys.of(key), to_string(value).substr(0, longest_param));
  }
  write_file(run / "params" / keys.of("seed"), fmt::format("{}", series.run.seed));
}

}  // namespace

MlflowExport export_mlflow(const fs::path& database, const std::string& study, const fs::path& folder,
                           const std::atomic<bool>& stop) {
  const Reader reader = Reader::snapshot(database);
  const StudyRecord record = reader.study(study);
  NewFile made(folder);
  fs::create_directory(made.part());
  StoreFolder store(made.part(), record, folder);
  MlflowKeys metric_keys, param_keys;
  param_keys.of("seed");
  std::map<std::string, std::string> parents;  // a variant's
  each_series(reader, record, [&](const RunSeries& series) {
    if (stop) return;
    const std::string& variant = series.run.variant;
    const auto [parent, is_new] = parents.try_emplace(variant, run_id(record.name + '\n' + variant));
    if (is_new) {
      const fs::path run =
          store.add_run(parent->second, variant, series.started, series.ended, MlflowStatus::finished);
      StoreFolder::write_tag(run / "tags", "ablate.variant", variant);
    }
    const fs::path run =
        store.add_run(run_id(series.run.uuid), fmt::format("{} seed {}", variant, series.run.seed),
                      series.started, series.ended, status_of(series.run.status));
    write_metrics(run, series, metric_keys);
    write_params(run, series, param_keys);
    for (const auto& [key, value] :
         {std::pair("mlflow.parentRunId", parent->second), std::pair("ablate.study", record.name),
          std::pair("ablate.variant", variant), std::pair("ablate.run", series.run.uuid),
          std::pair("ablate.status", to_string(series.run.status))})
      StoreFolder::write_tag(run / "tags", key, value);
  });
  if (stop) return {};
  made.finish();
  MlflowExport made_export{true, metric_keys.renamed()};
  for (std::string& text : param_keys.renamed()) made_export.renamed.push_back(std::move(text));
  return made_export;
}

}  // namespace ablate
