#pragma once
/// TensorBoard's event files: records of TFRecord (length, masked CRC-32C, bytes, masked CRC-32C) that hold messages of
/// Protocol Buffers (tensorboard/compat/proto: event.proto, summary.proto; plugins/hparams: api.proto,
/// plugin_data.proto). The handful of fields that we need is written by hand.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.hpp"

namespace ablate {

/// A message in the making.
class ProtoWriter {
 public:
  ProtoWriter& whole(int field, std::int64_t value);
  ProtoWriter& real(int field, double value);  ///< a double
  ProtoWriter& real32(int field, float value);
  ProtoWriter& text(int field, std::string_view value);  ///< a string, bytes or a message
  const std::string& bytes() const { return bytes_; }

 private:
  void varint(std::uint64_t value);
  std::string bytes_;
};

/// The bytes of an event file, event by event.
class EventFile {
 public:
  explicit EventFile(double wall_seconds);
  void add_scalar(double wall_seconds, std::int64_t step, const std::string& tag, double value);
  /// Which hyperparameters and metrics the whole experiment has; the page of hyperparameters follows it.
  void add_experiment(double wall_seconds, const std::vector<std::pair<std::string, Value>>& hparams,
                      const std::vector<std::string>& metrics);
  /// One run: its hyperparameters, and the group whose runs are averaged.
  void add_session(double wall_seconds, const std::vector<std::pair<std::string, Value>>& hparams,
                   const std::string& group);
  void add_session_end(double wall_seconds, bool succeeded);
  const std::string& bytes() const { return bytes_; }

 private:
  void add_plugin_data(double wall_seconds, const std::string& tag, const std::string& content);
  void add_event(const ProtoWriter& event);
  std::string bytes_;
};

}  // namespace ablate
