#pragma once
/// Labels that are texts or numbers of any size, made to count from 0.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ablate {

class LabelTexts {
 public:
  /// A number for a label, the same for the same label; nothing once there are more than 256.
  std::optional<std::uint8_t> number_of(const std::string& label);

  /// The names of the classes: in the order of numbers where all labels are whole numbers, else of their bytes.
  /// `labels` that `number_of` gave are made to count in that order.
  std::vector<std::string> finish(std::vector<std::uint8_t>& labels) const;

 private:
  std::map<std::string, std::uint8_t> numbers_;
};

}  // namespace ablate
