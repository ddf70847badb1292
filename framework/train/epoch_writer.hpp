#pragma once
/// Epochs that somebody reads elsewhere, as the lines that a program appends to `$ABLATE_METRICS`.

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/trainer_settings.hpp"

namespace ablate {

/// Appends whole lines to the file of metrics.
class EpochWriter {
 public:
  using Values = std::vector<std::pair<std::string, double>>;  ///< their names, in their order

  /// `names`: theirs to ours.
  EpochWriter(std::filesystem::path metrics, const OpenMapping& names);
  /// Throws RequestError where the file cannot be written.
  void write(int epoch, const Values& values) const;
  /// Whether `names` calls it something.
  bool knows(const std::string& name) const { return names_.contains(name); }

 private:
  std::filesystem::path metrics_;
  std::map<std::string, std::string> names_;
};

/// Sets the value of that name, or adds it.
void put_value(EpochWriter::Values& values, const std::string& name, double value);

}  // namespace ablate
