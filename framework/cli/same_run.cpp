#include "cli/same_run.hpp"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ablate {

std::string same_run_advice(const ForeignRun& one, const ForeignRun& other, const std::string& seed,
                            const std::string& kind) {
  const std::set<std::pair<std::string, std::string>> left(one.params.begin(), one.params.end()),
      right(other.params.begin(), other.params.end());
  std::set<std::string> differing;
  for (const auto& param : left) {
    if (!right.contains(param)) differing.insert(param.first);
  }
  for (const auto& param : right) {
    if (!left.contains(param)) differing.insert(param.first);
  }
  differing.erase(seed);
  const std::string twice = kind == "csv" ? "; or does an epoch come twice in the file?" : "";
  if (!differing.empty())
    return fmt::format("--factors names the settings that differ, here {}{}", fmt::join(differing, ", "),
                       twice);
  return "no parameter tells them apart: leave one of them out, or --seed none, which numbers all runs and compares them "
         "unpaired" +
         twice;
}

}  // namespace ablate
