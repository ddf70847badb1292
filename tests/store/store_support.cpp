#include "store/store_support.hpp"

#include <stdexcept>

#include <SQLiteCpp/SQLiteCpp.h>
#include <stdlib.h>

#include "store/query.hpp"

namespace ablate::test {

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "ablate-store-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

StudyRecord study_named(const std::string& name) {
  StudyRecord study;
  study.name = name;
  study.question = std::string("does it help?");
  study.config = name;
  return study;
}

VariantRecord variant_named(const std::string& name, const std::string& config) {
  VariantRecord variant;
  variant.name = name;
  variant.config = config.empty() ? name : config;
  variant.config_sha256 = variant.config;
  return variant;
}

EpochRecord epoch_of(int epoch, double accuracy, bool selected) {
  MetricSuite suite;
  double value = accuracy;
  for (const Metric& metric : metric_table()) {
    suite.*metric.value = value;
    value += 0.001;
  }
  EpochRecord record;
  record.epoch = epoch;
  record.learning_rate = 0.01;
  record.metrics = {suite, suite, suite};
  record.selected = selected;
  return record;
}

void execute(const std::filesystem::path& file, const std::string& sql) {
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

std::vector<std::string> rows(const std::filesystem::path& file, const std::string& sql) {
  std::vector<std::string> found;
  QuerySink sink;
  sink.row = [&](const std::vector<Value>& values) {
    std::string& line = found.emplace_back();
    for (const Value& value : values) {
      if (&value != values.data()) line += '|';
      line += to_string(value);
    }
  };
  run_query(file, sql, {}, sink);
  return found;
}

std::string row(const std::filesystem::path& file, const std::string& sql) {
  const std::vector<std::string> found = rows(file, sql);
  if (found.size() != 1) throw std::logic_error("not one row: " + sql);
  return found.front();
}

std::optional<RunRecord> claim(Store& store, std::int64_t study_id) {
  return store.claim(study_id, {.worker = "worker", .lease_seconds = 60.0});
}

}  // namespace ablate::test
