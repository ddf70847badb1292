#include <algorithm>

#include "store/connection.hpp"
#include "store/reader.hpp"
#include "store/store_rows.hpp"

namespace ablate {
namespace {

/// A test split, as far as what is kept of its images depends on it.
struct Kept {
  std::int64_t images = 0;
  int classes = 0;

  bool fits(const std::vector<std::uint8_t>& found) const {
    return static_cast<std::int64_t>(found.size()) == images &&
           std::all_of(found.begin(), found.end(), [this](std::uint8_t value) { return value < classes; });
  }
};

}  // namespace

std::vector<PredictionRecord> Reader::predictions(const std::vector<std::int64_t>& run_ids) const {
  return connection_->guard([&] {
    std::vector<PredictionRecord> all;
    for (const std::int64_t id : run_ids) {
      Query query(*connection_,
                  "SELECT run.test_dataset_id, dataset.images, dataset.classes, kept.classes, kept.sha256 "
                  "FROM prediction AS kept JOIN run ON run.id = kept.run_id AND run.status = 'done' "
                  "JOIN dataset ON dataset.id = run.test_dataset_id WHERE kept.run_id = ?");
      query << id;
      if (!query.next()) continue;
      PredictionRecord record;
      record.run_id = id;
      Kept kept;
      std::string sha256;
      query >> record.dataset_id >> kept.images >> kept.classes >> record.classes >> sha256;
      const bool sound = kept.fits(record.classes) && sha256 == bytes_sha256(record.classes);
      if (sound) all.push_back(std::move(record));
    }
    return all;
  });
}

std::vector<std::uint8_t> Reader::truth(std::int64_t dataset_id) const {
  return connection_->guard([&] {
    Query query(*connection_,
                "SELECT dataset.images, dataset.classes, truth.classes FROM truth "
                "JOIN dataset ON dataset.id = truth.dataset_id WHERE dataset.id = ?");
    query << dataset_id;
    std::vector<std::uint8_t> labels;
    if (!query.next()) return labels;
    Kept kept;
    query >> kept.images >> kept.classes >> labels;
    if (!kept.fits(labels)) labels.clear();
    return labels;
  });
}

}  // namespace ablate
