#pragma once
/// Over which settings of the other factors a contrast is.

#include <string>

#include "report/comparison.hpp"

namespace ablate {

/// A stop rule cut a variant that has one of its levels, so its rows are over the other settings alone.
bool is_cut(const Comparison& comparison, const AnsweredContrast& of);

/// "all settings"; of a contrast that is cut "g 1 (others were stopped)" or "2 settings (others were stopped)".
std::string settings_text(const Comparison& comparison, const AnsweredContrast& of);

/// The contrast's name, and over which settings where it is cut.
std::string name_with_settings(const Comparison& comparison, const AnsweredContrast& of);

}  // namespace ablate
