#include "metrics/event_reader.hpp"

#include <bit>

#include <fmt/format.h>

#include "base/crc32c.hpp"
#include "base/error.hpp"
#include "base/half_precision.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_record = 64u << 20, longest_file = std::uint64_t{1} << 62;

template <class T>
T little_endian(std::string_view bytes) {
  T value = 0;
  for (std::size_t i = sizeof(T); i-- > 0;)
    value = static_cast<T>(value << 8 | static_cast<unsigned char>(bytes[i]));
  return value;
}

/// The fields of a message, one after the other.
class ProtoReader {
 public:
  explicit ProtoReader(std::string_view bytes) : rest_(bytes) {}

  bool next() {
    if (rest_.empty()) return false;
    const std::uint64_t key = varint();
    field_ = static_cast<int>(key >> 3);
    switch (key & 7) {
      case 0:
        whole_ = varint();
        break;
      case 1:
        text_ = take(8);
        break;
      case 2:
        text_ = take(varint());
        break;
      case 5:
        text_ = take(4);
        break;
      default:
        throw RequestError("it is no message of Protocol Buffers");
    }
    wire_ = static_cast<int>(key & 7);
    return true;
  }

  int field() const { return field_; }
  bool is(int field, int wire) const { return field_ == field && wire_ == wire; }
  std::int64_t whole() const { return static_cast<std::int64_t>(whole_); }
  std::string_view text() const { return text_; }
  double real() const { return std::bit_cast<double>(little_endian<std::uint64_t>(text_)); }
  double real32() const {
    return static_cast<double>(std::bit_cast<float>(little_endian<std::uint32_t>(text_)));
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1)[0]);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    throw RequestError("it is no message of Protocol Buffers");
  }

 private:
  std::string_view take(std::uint64_t size) {
    if (size > rest_.size()) throw RequestError("it is no message of Protocol Buffers");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_, text_;
  std::uint64_t whole_ = 0;
  int field_ = 0, wire_ = 0;
};

constexpr int varint = 0, fixed64 = 1, bytes_of = 2, fixed32 = 5;  // wire types

double bfloat16(std::uint16_t bits) {
  return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16));
}

constexpr int dt_float = 1, dt_double = 2, dt_int32 = 3, dt_int64 = 9, dt_bfloat16 = 14, dt_half = 19;

/// Of tensor_content, where it is one number.
std::optional<double> content_number(int type, std::string_view bytes) {
  if (type == dt_float && bytes.size() == 4)
    return static_cast<double>(std::bit_cast<float>(little_endian<std::uint32_t>(bytes)));
  if (type == dt_double && bytes.size() == 8)
    return std::bit_cast<double>(little_endian<std::uint64_t>(bytes));
  if (type == dt_int32 && bytes.size() == 4)
    return static_cast<double>(static_cast<std::int32_t>(little_endian<std::uint32_t>(bytes)));
  if (type == dt_int64 && bytes.size() == 8)
    return static_cast<double>(static_cast<std::int64_t>(little_endian<std::uint64_t>(bytes)));
  if (type == dt_half && bytes.size() == 2) return half_precision(little_endian<std::uint16_t>(bytes));
  if (type == dt_bfloat16 && bytes.size() == 2) return bfloat16(little_endian<std::uint16_t>(bytes));
  return std::nullopt;
}

/// Numbers of a field, packed or one by one.
void add_whole(const ProtoReader& field, std::vector<double>& numbers, int type) {
  const auto add = [&](std::int64_t value) {
    const auto bits = static_cast<std::uint16_t>(value);
    numbers.push_back(type == dt_half       ? half_precision(bits)
                      : type == dt_bfloat16 ? bfloat16(bits)
                                            : static_cast<double>(value));
  };
  if (field.is(field.field(), varint)) return add(field.whole());
  for (ProtoReader packed(field.text()); numbers.size() < 2;) {
    try {
      add(static_cast<std::int64_t>(packed.varint()));
    } catch (const RequestError&) {
      return;
    }
  }
}

/// The number of a tensor that holds one.
std::optional<double> tensor_number(std::string_view message) {
  int type = 0;
  for (ProtoReader field(message); field.next();) {
    if (field.is(1, varint)) type = static_cast<int>(field.whole());
  }
  std::vector<double> numbers;
  for (ProtoReader field(message); field.next();) {
    if (field.is(4, bytes_of) && !field.text().empty()) return content_number(type, field.text());
    if (field.is(5, fixed32)) numbers.push_back(field.real32());
    if (field.is(6, fixed64)) numbers.push_back(field.real());
    if ((field.is(5, bytes_of) && field.text().size() == 4) ||
        (field.is(6, bytes_of) && field.text().size() == 8))
      return content_number(type, field.text());
    if (field.field() == 7 || field.field() == 10 || field.field() == 13) add_whole(field, numbers, type);
  }
  return numbers.size() == 1 ? std::optional(numbers.front()) : std::nullopt;
}

/// google.protobuf.Value
std::string value_text(std::string_view message) {
  for (ProtoReader field(message); field.next();) {
    if (field.is(2, fixed64)) return fmt::format("{}", field.real());
    if (field.is(3, bytes_of)) return std::string(field.text());
    if (field.is(4, varint)) return field.whole() != 0 ? "true" : "false";
  }
  return {};
}

void read_session(std::string_view message, LoggedEvent& event) {
  event.has_session = true;
  for (ProtoReader field(message); field.next();) {
    if (!field.is(1, bytes_of)) continue;
    std::string key, value;
    for (ProtoReader entry(field.text()); entry.next();) {
      if (entry.is(1, bytes_of)) key = entry.text();
      if (entry.is(2, bytes_of)) value = value_text(entry.text());
    }
    event.hparams[key] = value;
  }
}

/// HParamsPluginData
void read_hparams(std::string_view message, LoggedEvent& event) {
  for (ProtoReader field(message); field.next();) {
    if (field.is(3, bytes_of)) read_session(field.text(), event);
    if (!field.is(4, bytes_of)) continue;
    for (ProtoReader end(field.text()); end.next();) {
      if (end.is(1, varint)) event.session_end = static_cast<int>(end.whole());
    }
  }
}

/// SummaryMetadata: the name and content of a plugin.
void read_metadata(std::string_view message, LoggedEvent& event) {
  for (ProtoReader field(message); field.next();) {
    if (!field.is(1, bytes_of)) continue;
    std::string_view name, content;
    for (ProtoReader plugin(field.text()); plugin.next();) {
      if (plugin.is(1, bytes_of)) name = plugin.text();
      if (plugin.is(2, bytes_of)) content = plugin.text();
    }
    if (name == "hparams") read_hparams(content, event);
  }
}

/// Summary.Value
void read_value(std::string_view message, LoggedEvent& event) {
  std::string tag;
  std::optional<double> number;
  for (ProtoReader field(message); field.next();) {
    if (field.is(1, bytes_of)) tag = field.text();
    if (field.is(2, fixed32)) number = field.real32();
    if (field.is(8, bytes_of)) number = tensor_number(field.text());
    if (field.is(9, bytes_of)) read_metadata(field.text(), event);
  }
  if (number && !tag.starts_with("_hparams_/")) event.scalars.emplace_back(tag, *number);
}

/// As records hold it: a checksum of data that holds checksums must look like another number.
std::uint32_t masked(std::uint32_t crc) { return (crc >> 15 | crc << 17) + 0xA282EAD8u; }

}  // namespace

LoggedEvent parse_event(std::string_view bytes) {
  LoggedEvent event;
  for (ProtoReader field(bytes); field.next();) {
    if (field.is(2, varint)) event.step = field.whole();
    if (field.is(5, bytes_of)) {
      for (ProtoReader value(field.text()); value.next();) {
        if (value.is(1, bytes_of)) read_value(value.text(), event);
      }
    }
    if (field.is(7, bytes_of)) {
      constexpr int start = 1;  // SessionLog.SessionStatus
      for (ProtoReader status(field.text()); status.next();)
        event.restarts |= status.is(1, varint) && status.whole() == start;
    }
  }
  return event;
}

EventReader::EventReader(fs::path path, std::uint64_t offset) : path_(std::move(path)), offset_(offset) {}

void EventReader::refuse(const std::string& what) const {
  throw RequestError(fmt::format("{}: at byte {} {}", path_.string(), offset_, what),
                     "was the file changed or copied in part? take a whole copy, or move it away");
}

bool EventReader::has(std::uint64_t bytes) {
  if (offset_ + bytes <= size_) return true;
  std::error_code error;
  size_ = fs::file_size(path_, error);
  if (error) throw RequestError(fmt::format("cannot read {}: {}", path_.string(), error.message()));
  return offset_ + bytes <= size_;
}

std::string EventReader::read(std::uint64_t at, std::uint64_t count) {
  if (!in_.is_open()) in_.open(path_, std::ios::binary);
  if (at_ != at) {
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(at));
  }
  std::string bytes(count, '\0');
  in_.read(bytes.data(), static_cast<std::streamsize>(count));
  at_ = at + count;
  if (!in_) throw RequestError(fmt::format("cannot read {}", path_.string()));
  return bytes;
}

bool EventReader::next(LoggedEvent& event) {
  constexpr std::uint64_t head = 12, tail = 4;
  while (has(head + tail)) {
    const std::string begin = read(offset_, head);
    const std::string_view begun(begin);
    const auto length = little_endian<std::uint64_t>(begun);
    if (little_endian<std::uint32_t>(begun.substr(8)) != masked(crc32c(begun.substr(0, 8))))
      refuse("the length of a record does not have its checksum");
    if (length > longest_file) refuse("a record says that it has more bytes than a file can");
    if (!has(head + length + tail)) return false;
    if (length > largest_record) {
      offset_ += head + length + tail;
      continue;
    }
    const std::string record = read(offset_ + head, length + tail);
    const std::string_view message = std::string_view(record).substr(0, length);
    if (little_endian<std::uint32_t>(std::string_view(record).substr(length)) != masked(crc32c(message)))
      refuse("a record does not have its checksum");
    try {
      event = parse_event(message);
    } catch (const RequestError& bad) {
      refuse(bad.what());
    }
    offset_ += head + length + tail;
    return true;
  }
  return false;
}

std::uint64_t EventReader::torn_bytes() const {
  std::error_code error;
  const std::uint64_t size = fs::file_size(path_, error);
  return error || size < offset_ ? 0 : size - offset_;
}

bool is_event_file(const fs::path& path) {
  return path.filename().string().find("tfevents") != std::string::npos;
}

std::optional<std::string> split_of_folder(const std::string& name) {
  if (name == "train" || name == "test") return name;
  for (const char* other : {"validation", "val", "valid", "eval", "evaluation"}) {
    if (name == other) return "validation";
  }
  return std::nullopt;
}

}  // namespace ablate
