#pragma once
/// Texts that differ in one number alone, such as "9k" and "10k".

#include <optional>
#include <string>
#include <vector>

namespace ablate {

/// The first number of each text, where what stands before and after it is the same in all: of "9k" and "10k" 9 and 10,
/// of "[100]" and "[50]" 100 and 50. Nothing where one has no number or other text around it, and of no texts.
std::optional<std::vector<double>> numbers_alike(const std::vector<std::string>& texts);

}  // namespace ablate
