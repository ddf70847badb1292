#include "cli/report_images.hpp"

#include <memory>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/common.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/predictions.hpp"

namespace ablate {
namespace {

class StudyImages {
 public:
  StudyImages(const Reader& reader, std::vector<std::string> sets)
      : reader_(reader), sets_(std::move(sets)) {}

  std::vector<SeenImage> pictures(std::int64_t run_id, const std::vector<std::size_t>& places) {
    std::vector<SeenImage> pictures;
    if (!why_not_.empty()) return pictures;
    try {
      const RunRecord run = reader_.run(std::to_string(run_id));
      const auto data = data_of(run);
      for (const std::size_t place : places) {
        const auto pixels = data->image(data->train_images + place);
        pictures.push_back({static_cast<std::size_t>(data->rows),
                            static_cast<std::size_t>(data->columns),
                            static_cast<std::size_t>(data->channels),
                            {pixels.begin(), pixels.end()}});
      }
    } catch (const RequestError& error) {
      refuse(error);
    }
    return pictures;
  }

  std::optional<RunConfidence> confidence(std::int64_t run_id) {
    if (!why_not_.empty()) return std::nullopt;
    try {
      const RunRecord run = reader_.run(std::to_string(run_id));
      const auto data = data_of(run);
      RunPredictor predictor(reader_, run, run_config(reader_, run, sets_), data, {}, {});
      ConfidenceCount count(data->classes.size());
      predictor.each_block(SplitName::test, [&](const PredictionBlock& block) {
        count.add(block.truth, block.predicted, block.probabilities);
      });
      RunConfidence confidence{count.bins(), {}};
      for (std::size_t label = 0; label < data->classes.size(); ++label)
        confidence.true_positive_rates.push_back(count.true_positive_rates(label));
      return confidence;
    } catch (const RequestError& error) {
      refuse(error);
    }
    return std::nullopt;
  }

  const std::string& why_not() const { return why_not_; }

 private:
  std::shared_ptr<const Dataset> data_of(const RunRecord& run) {
    auto data = datasets_.get(run_config(reader_, run, sets_).data);
    if (run.origin.test_dataset_id != 0 &&
        reader_.dataset(run.origin.test_dataset_id).sha256 != data->test_sha256) {
      throw RequestError(fmt::format("{} holds other test images than those of the runs", data->origin));
    }
    return data;
  }

  /// The first line of a message says what is wrong.
  void refuse(const RequestError& error) {
    const std::string text = error.what();
    why_not_ = text.substr(0, text.find('\n'));
  }

  const Reader& reader_;
  std::vector<std::string> sets_;
  DatasetCache datasets_;
  std::string why_not_;
};

}  // namespace

ImageSource image_source(const Reader& reader, std::vector<std::string> sets) {
  const auto images = std::make_shared<StudyImages>(reader, std::move(sets));
  return {[images](std::int64_t run, const auto& places) { return images->pictures(run, places); },
          [images](std::int64_t run) { return images->confidence(run); },
          [images] { return images->why_not(); }};
}

}  // namespace ablate
