#include "exchange/event_file.hpp"

#include <bit>
#include <cstring>

#include "base/crc32c.hpp"

namespace ablate {
namespace {

/// As records hold it: a checksum of data that holds checksums must look like another number.
std::uint32_t masked(std::uint32_t crc) { return (crc >> 15 | crc << 17) + 0xA282EAD8u; }

template <class T>
void append_little_endian(std::string& bytes, T value) {
  for (std::size_t i = 0; i < sizeof value; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// google.protobuf.Value
std::string value_message(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return ProtoWriter().real(2, *number).bytes();
  if (const auto* whole = std::get_if<std::int64_t>(&value))
    return ProtoWriter().real(2, static_cast<double>(*whole)).bytes();
  return ProtoWriter().text(3, to_string(value)).bytes();
}

constexpr int type_text = 1, type_number = 3;  // hparams.DataType

bool is_numeric(const Value& value) {
  return std::holds_alternative<double>(value) || std::holds_alternative<std::int64_t>(value);
}

}  // namespace

void ProtoWriter::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_ += static_cast<char>(value | 0x80);
  bytes_ += static_cast<char>(value);
}

ProtoWriter& ProtoWriter::whole(int field, std::int64_t value) {
  varint(static_cast<std::uint64_t>(field) << 3);
  varint(static_cast<std::uint64_t>(value));
  return *this;
}

ProtoWriter& ProtoWriter::real(int field, double value) {
  varint(static_cast<std::uint64_t>(field) << 3 | 1);
  append_little_endian(bytes_, std::bit_cast<std::uint64_t>(value));
  return *this;
}

ProtoWriter& ProtoWriter::real32(int field, float value) {
  varint(static_cast<std::uint64_t>(field) << 3 | 5);
  append_little_endian(bytes_, std::bit_cast<std::uint32_t>(value));
  return *this;
}

ProtoWriter& ProtoWriter::text(int field, std::string_view value) {
  varint(static_cast<std::uint64_t>(field) << 3 | 2);
  varint(value.size());
  bytes_ += value;
  return *this;
}

EventFile::EventFile(double wall_seconds) {
  add_event(ProtoWriter().real(1, wall_seconds).text(3, "brain.Event:2"));
}

void EventFile::add_event(const ProtoWriter& event) {
  std::string length;
  append_little_endian(length, static_cast<std::uint64_t>(event.bytes().size()));
  bytes_ += length;
  append_little_endian(bytes_, masked(crc32c(length)));
  bytes_ += event.bytes();
  append_little_endian(bytes_, masked(crc32c(event.bytes())));
}

void EventFile::add_scalar(double wall_seconds, std::int64_t step, const std::string& tag, double value) {
  const ProtoWriter of_tag = ProtoWriter().text(1, tag).real32(2, static_cast<float>(value));
  const ProtoWriter summary = ProtoWriter().text(1, of_tag.bytes());
  add_event(ProtoWriter().real(1, wall_seconds).whole(2, step).text(5, summary.bytes()));
}

void EventFile::add_plugin_data(double wall_seconds, const std::string& tag, const std::string& content) {
  const ProtoWriter plugin = ProtoWriter().text(1, "hparams").text(2, content);
  const ProtoWriter metadata = ProtoWriter().text(1, plugin.bytes());
  const ProtoWriter value = ProtoWriter().text(1, tag).text(9, metadata.bytes());
  const ProtoWriter summary = ProtoWriter().text(1, value.bytes());
  add_event(ProtoWriter().real(1, wall_seconds).text(5, summary.bytes()));
}

void EventFile::add_experiment(double wall_seconds, const std::vector<std::pair<std::string, Value>>& hparams,
                               const std::vector<std::string>& metrics) {
  ProtoWriter experiment;
  experiment.real(3, wall_seconds);
  for (const auto& [name, example] : hparams) {
    const ProtoWriter info =
        ProtoWriter().text(1, name).whole(4, is_numeric(example) ? type_number : type_text);
    experiment.text(4, info.bytes());
  }
  for (const std::string& metric : metrics) {
    const ProtoWriter name = ProtoWriter().text(2, metric);
    experiment.text(5, ProtoWriter().text(1, name.bytes()).bytes());
  }
  add_plugin_data(wall_seconds, "_hparams_/experiment", ProtoWriter().text(2, experiment.bytes()).bytes());
}

void EventFile::add_session(double wall_seconds, const std::vector<std::pair<std::string, Value>>& hparams,
                            const std::string& group) {
  ProtoWriter session;
  for (const auto& [name, value] : hparams) {
    const ProtoWriter entry = ProtoWriter().text(1, name).text(2, value_message(value));
    session.text(1, entry.bytes());
  }
  session.text(4, group).real(5, wall_seconds);
  add_plugin_data(wall_seconds, "_hparams_/session_start_info",
                  ProtoWriter().text(3, session.bytes()).bytes());
}

void EventFile::add_session_end(double wall_seconds, bool succeeded) {
  constexpr int success = 1, failure = 2;  // hparams.Status
  const ProtoWriter end = ProtoWriter().whole(1, succeeded ? success : failure).real(2, wall_seconds);
  add_plugin_data(wall_seconds, "_hparams_/session_end_info", ProtoWriter().text(4, end.bytes()).bytes());
}

}  // namespace ablate
