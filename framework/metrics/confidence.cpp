#include "metrics/confidence.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace ablate {

ConfidenceCount::ConfidenceCount(std::size_t classes) : classes_(classes), bins_(confidence_bins) {}

void ConfidenceCount::add(std::span<const std::uint8_t> truth, std::span<const std::uint8_t> predicted,
                          std::span<const float> probabilities) {
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double top = static_cast<double>(probabilities[i * classes_ + predicted[i]]);
    add_image(std::span<ConfidenceBin, confidence_bins>(bins_), top, truth[i] == predicted[i]);
  }
  truth_.insert(truth_.end(), truth.begin(), truth.end());
  probabilities_.insert(probabilities_.end(), probabilities.begin(), probabilities.end());
}

std::vector<double> ConfidenceCount::true_positive_rates(std::size_t label) const {
  std::vector<std::pair<float, bool>> images;
  std::size_t own = 0;
  for (std::size_t i = 0; i < truth_.size(); ++i) {
    images.emplace_back(probabilities_[i * classes_ + label], truth_[i] == label);
    own += truth_[i] == label;
  }
  const std::size_t others = images.size() - own;
  std::vector<double> rates(roc_grid.size(), std::numeric_limits<double>::quiet_NaN());
  if (own == 0 || others == 0) return rates;
  std::sort(images.begin(), images.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::size_t hits = 0, alarms = 0, point = 0;
  for (std::size_t i = 0; i < images.size() && point < roc_grid.size();) {
    const std::size_t hits_before = hits;
    const float threshold = images[i].first;
    for (; i < images.size() && images[i].first == threshold; ++i) images[i].second ? ++hits : ++alarms;
    const double rate = static_cast<double>(alarms) / static_cast<double>(others);
    while (point < roc_grid.size() && rate > roc_grid[point])
      rates[point++] = static_cast<double>(hits_before) / static_cast<double>(own);
  }
  while (point < roc_grid.size()) rates[point++] = static_cast<double>(hits) / static_cast<double>(own);
  return rates;
}

}  // namespace ablate
