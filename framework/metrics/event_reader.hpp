#pragma once
/// Metrics in TensorBoard's event files: records of TFRecord (length, masked CRC-32C, bytes, masked CRC-32C), each a
/// message Event of Protocol Buffers (tensorboard/compat/proto: event.proto, summary.proto, tensor.proto;
/// plugins/hparams: api.proto, plugin_data.proto). Of these the fields below are read, all others passed over.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ablate {

/// What one event says.
struct LoggedEvent {
  std::int64_t step = 0;
  std::vector<std::pair<std::string, double>> scalars;  ///< tags and values, NaN among them
  bool restarts = false;  ///< its program began again at `step`: what was logged from there on counts no more
  bool has_session = false;                    ///< hyperparameters of a run
  std::map<std::string, std::string> hparams;  ///< of that session
  int session_end = 0;                         ///< 1: it ended well, 2: it failed; 0: nothing is said
};

/// Reads an event of a record's bytes; a scalar is a simple_value or a tensor of one number. Throws RequestError,
/// without a place, where the bytes are no such message.
LoggedEvent parse_event(std::string_view bytes);

/// One file, read as it grows.
class EventReader {
 public:
  explicit EventReader(std::filesystem::path path, std::uint64_t offset = 0);

  /// The next event; false where no whole record is left. Records above 64 MiB (graphs) are passed over. Throws
  /// RequestError with the file and the byte where a checksum is wrong.
  bool next(LoggedEvent& event);
  std::uint64_t offset() const { return offset_; }
  /// Bytes behind the last whole record: its writer is not done with one, or was killed.
  std::uint64_t torn_bytes() const;

 private:
  [[noreturn]] void refuse(const std::string& what) const;
  bool has(std::uint64_t bytes);
  std::string read(std::uint64_t at, std::uint64_t count);

  std::filesystem::path path_;
  std::ifstream in_;
  std::uint64_t offset_ = 0, at_ = 0, size_ = 0;
};

/// "events.out.tfevents.1732640000.host.1.0": what TensorBoard takes for an event file.
bool is_event_file(const std::filesystem::path& path);

/// The split that a folder of that name is for, as Keras and others write one for each: "train", "validation", "test".
std::optional<std::string> split_of_folder(const std::string& name);

}  // namespace ablate
