#pragma once
/// Of a program's run: what it reported is not what its own predictions give.

#include <string>
#include <string_view>

namespace ablate {

/// In the exit_reason of such a run, behind what it reported.
inline constexpr std::string_view predictions_contradict = "but its predictions give ";

inline bool is_contradicted(const std::string& exit_reason) {
  return exit_reason.find(predictions_contradict) != std::string::npos;
}

}  // namespace ablate
