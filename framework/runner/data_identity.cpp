#include "runner/data_identity.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"

namespace ablate {
namespace {

void check_split(const DatasetRecord& used, const std::string& now, const std::string& origin,
                 const std::string& remedy) {
  if (used.sha256 == now) return;
  throw RequestError(fmt::format("the {} images of {} are not those that were used before\n"
                                 "  before: SHA-256 {}, {} images, from {}\n"
                                 "  now:    SHA-256 {}, from {}",
                                 used.split, used.name, used.sha256, used.images, used.origin, now, origin),
                     remedy);
}

constexpr const char* study_remedy =
    "put the earlier files back, or name another file with --db to train the whole study on these";

}  // namespace

void check_same_data(const Reader& reader, const RunRecord& run, const Dataset& dataset,
                     const std::string& remedy) {
  if (run.train_dataset_id != 0) {
    check_split(reader.dataset(run.train_dataset_id), dataset.train_sha256, dataset.origin, remedy);
  }
  if (run.test_dataset_id != 0) {
    check_split(reader.dataset(run.test_dataset_id), dataset.test_sha256, dataset.origin, remedy);
  }
}

void check_same_data(const Reader& reader, const Study& study, DatasetCache& datasets) {
  std::map<std::string, const Config*> configs;
  for (const Variant& variant : study.variants) configs[variant.name] = &variant.config;
  for (const StudyCounts& row : reader.studies()) {
    if (row.study.name != study.name) continue;
    std::set<std::pair<std::string, std::int64_t>> checked;  // a variant's runs share their data
    for (const RunRecord& run : reader.runs(row.study.id)) {
      const auto config = configs.find(run.variant);
      if (config == configs.end() || !checked.insert({run.variant, run.train_dataset_id}).second) continue;
      check_same_data(reader, run, *datasets.get(config->second->data), study_remedy);
    }
  }
}

}  // namespace ablate
