#pragma once
/// Metrics of a program that writes them in its own way, turned into the lines that others append to
/// `$ABLATE_METRICS`.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "config/trainer_settings.hpp"

namespace ablate {

class MetricsSource {
 public:
  virtual ~MetricsSource() = default;
  /// What the program wrote to stdout.
  virtual void heard(std::string_view) {}
  /// Writes the lines of epochs that are whole; `is_over`: the program has ended by itself, and
  /// they all are; what a killed one left of its last epoch is read again by the next attempt. Throws BadLine
  /// where a file is not what it should be.
  virtual void look(bool is_over) = 0;
  /// The same of a program that we ended once it took too long: what it wrote of its last epoch counts as all of it,
  /// but no row without an end.
  virtual void look_after_limit() { look(true); }
  /// What is to be told of a run beside its epochs; empty: nothing.
  virtual std::string note() const { return {}; }
};

/// `folder` is the run's own; lines are appended to `metrics`. Rows that files hold already, of epochs up to
/// `last_epoch`, are an earlier attempt's and were read then.
std::unique_ptr<MetricsSource> make_metrics_source(const TrainerMetricsFrom& from,
                                                   const std::filesystem::path& folder,
                                                   const std::filesystem::path& metrics, int last_epoch);

}  // namespace ablate
