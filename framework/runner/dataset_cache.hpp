#pragma once
/// Each data set is loaded once, however many variants use it.

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "data/dataset.hpp"

namespace ablate {

class DatasetCache {
 public:
  using Loader = std::function<Dataset(const DataSettings&)>;
  explicit DatasetCache(Loader loader = load_dataset) : loader_(std::move(loader)) {}

  /// The data set of these settings, loaded on first use. Settings that only divide it (train_on, validation)
  /// do not make another one.
  std::shared_ptr<const Dataset> get(const DataSettings& settings);

 private:
  Loader loader_;
  std::vector<std::pair<DataSettings, std::shared_ptr<const Dataset>>> loaded_;
};

}  // namespace ablate
