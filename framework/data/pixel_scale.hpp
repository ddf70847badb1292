#pragma once
/// Numbers from files to bytes: whole ones from 0 to 255 as they are, or ones from 0 to 1 times 255.

#include <cstdint>
#include <optional>
#include <vector>

namespace ablate {

/// Decides, over all values of a data set, which of the two it is: the first fraction, or no value above 1,
/// makes it the second.
class PixelScale {
 public:
  static constexpr const char* expected = "a whole number from 0 to 255, or a number from 0 to 1";

  /// The byte of the next value; nothing for one that is neither, or that does not go with those before.
  /// `so_far` are the bytes of those; they are scaled where a fraction comes.
  std::optional<std::uint8_t> byte_of(double value, std::vector<std::uint8_t>& so_far);

  /// After the last value: scales where none was above 1.
  void finish(std::vector<std::uint8_t>& all) const;

 private:
  bool fractions_ = false;
  bool above_one_ = false;
};

}  // namespace ablate
