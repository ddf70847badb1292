#include "runner/data_identity.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"

namespace ablate {
namespace {

/// "class 3 was called 'a' and is called 'b'", of the first that has another name.
std::string renamed(const std::vector<std::string>& before, const std::vector<std::string>& now) {
  for (std::size_t i = 0; i < std::min(before.size(), now.size()); ++i) {
    if (before[i] != now[i])
      return fmt::format("class {} was called '{}' and is called '{}'", i, before[i], now[i]);
  }
  return fmt::format("there were {} classes and there are {}", before.size(), now.size());
}

void check_split(const DatasetRecord& used, const std::string& now, const std::vector<std::string>& classes,
                 const std::string& origin, const std::string& remedy) {
  if (used.sha256 == now && (used.class_names.empty() || used.class_names == classes)) return;
  if (used.sha256 == now) {
    throw RequestError(fmt::format("the classes of {} are not called as they were before: {}", used.name,
                                   renamed(used.class_names, classes)),
                       remedy);
  }
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
  if (run.origin.train_dataset_id != 0) {
    check_split(reader.dataset(run.origin.train_dataset_id), dataset.train_sha256, dataset.classes,
                dataset.origin, remedy);
  }
  if (run.origin.test_dataset_id != 0) {
    check_split(reader.dataset(run.origin.test_dataset_id), dataset.test_sha256, dataset.classes,
                dataset.origin, remedy);
  }
}

void check_same_data(const Reader& reader, const Study& study, DatasetCache& datasets) {
  if (study.trainer()) return;
  std::map<std::string, const Config*> configs;
  for (const Variant& variant : study.variants) configs[variant.name] = &variant.config;
  const auto stored = reader.counts(study.name);
  if (!stored) return;
  std::set<std::pair<std::string, std::int64_t>> checked;  // a variant's runs share their data
  for (const RunRecord& run : reader.runs(stored->study.id)) {
    const auto config = configs.find(run.variant);
    if (config == configs.end() || !checked.insert({run.variant, run.origin.train_dataset_id}).second)
      continue;
    check_same_data(reader, run, *datasets.get(config->second->data), study_remedy);
  }
}

}  // namespace ablate
