#include "data/label_texts.hpp"

#include <algorithm>
#include <array>

#include "base/text_value.hpp"
#include "data/image_block.hpp"

namespace ablate {
namespace {

std::optional<std::int64_t> whole(const std::string& text) { return ablate::number_of<std::int64_t>(text); }

}  // namespace

std::optional<std::uint8_t> LabelTexts::number_of(const std::string& label) {
  const auto known = numbers_.find(label);
  if (known != numbers_.end()) return known->second;
  if (numbers_.size() == most_classes) return std::nullopt;
  const auto number = static_cast<std::uint8_t>(numbers_.size());
  numbers_.emplace(label, number);
  return number;
}

std::vector<std::string> LabelTexts::finish(std::vector<std::uint8_t>& labels) const {
  std::vector<std::string> names;
  for (const auto& [name, number] : numbers_) names.push_back(name);
  if (std::all_of(names.begin(), names.end(), [](const auto& name) { return whole(name).has_value(); })) {
    std::stable_sort(names.begin(), names.end(),
                     [](const auto& a, const auto& b) { return *whole(a) < *whole(b); });
  }
  std::array<std::uint8_t, most_classes> places{};
  for (std::size_t i = 0; i < names.size(); ++i) places[numbers_.at(names[i])] = static_cast<std::uint8_t>(i);
  for (std::uint8_t& label : labels) label = places[label];
  return names;
}

}  // namespace ablate
