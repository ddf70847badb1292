#include "runner/dataset_cache.hpp"

namespace ablate {

std::shared_ptr<const Dataset> DatasetCache::get(const DataSettings& settings) {
  DataSettings key = settings;
  key.train_on = DataSettings{}.train_on;
  key.validation = DataSettings{}.validation;
  for (const auto& [known, dataset] : loaded_) {
    if (known == key) return dataset;
  }
  loaded_.emplace_back(key, std::make_shared<const Dataset>(loader_(key)));
  return loaded_.back().second;
}

}  // namespace ablate
