#include "data/class_map.hpp"

#include <map>
#include <sstream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "data/excerpt.hpp"

namespace ablate {
namespace {

constexpr std::size_t longest_mapping = 1 << 16;
constexpr long last_code_point = 0x10FFFF;

std::string utf8(long code) {
  const auto byte = [](long bits) { return static_cast<char>(bits); };
  const auto tail = [&](int shift) { return byte(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | (code >> 6)), tail(0)};
  if (code < 0x10000) return {byte(0xE0 | (code >> 12)), tail(6), tail(0)};
  return {byte(0xF0 | (code >> 18)), tail(12), tail(6), tail(0)};
}

bool printable(long code) {
  const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  return !control && !surrogate && code <= last_code_point;
}

struct MappingLine {
  int label = 0;
  std::string name;
};

MappingLine parse_line(const std::string& text, const Location& where) {
  const auto refuse = [&](const std::string& what) {
    throw RequestError(
        where, what, "a mapping line is 'label character-code', such as '10 65' for class 10, the letter A");
  };
  std::istringstream in(text);
  long label = 0;
  if (!(in >> label)) refuse(fmt::format("{} does not begin with a label", excerpt(text)));
  if (label < 0 || label > 255) refuse(fmt::format("label {} is outside 0 to 255", label));
  MappingLine line{static_cast<int>(label), ""};
  long code = 0;
  while (in >> code) {
    if (!printable(code)) refuse(fmt::format("{} is not the code of a printable character", code));
    line.name += utf8(code);
  }
  if (line.name.empty() || !in.eof()) refuse(fmt::format("{} lacks a character code", excerpt(text)));
  return line;
}

}  // namespace

ClassMap ClassMap::read(const std::filesystem::path& path) {
  std::map<int, std::string> names;
  std::map<std::string, int> label_named;
  std::string bytes = read_file(path, longest_mapping);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  std::istringstream lines(bytes);
  std::string text;
  for (int number = 1; std::getline(lines, text); ++number) {
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    const Location where{path.string(), number};
    MappingLine line = parse_line(text, where);
    const auto [other, fresh] = label_named.emplace(line.name, line.label);
    if (!fresh && other->second != line.label) {
      throw RequestError(
          where, fmt::format("labels {} and {} are both called '{}'", other->second, line.label, line.name),
          "give every label a name of its own, or make the two one label in the files");
    }
    if (!names.emplace(line.label, std::move(line.name)).second) {
      throw RequestError(where, fmt::format("label {} appears twice", line.label), "remove one of the lines");
    }
  }
  if (names.empty())
    throw RequestError(Location{path.string()}, "holds no classes", "name another file as data.mapping");
  ClassMap map;
  map.class_of_.fill(-1);
  map.first_label_ = names.begin()->first;
  map.last_label_ = names.rbegin()->first;
  for (auto& [label, name] : names) {
    map.class_of_[static_cast<std::size_t>(label)] = static_cast<std::int16_t>(map.names_.size());
    map.names_.push_back(std::move(name));
  }
  return map;
}

ClassMap ClassMap::named(std::vector<std::string> names) {
  ClassMap map;
  map.class_of_.fill(-1);
  for (std::size_t i = 0; i < names.size(); ++i) map.class_of_[i] = static_cast<std::int16_t>(i);
  map.last_label_ = static_cast<int>(names.size()) - 1;
  map.names_ = std::move(names);
  return map;
}

std::optional<std::uint8_t> ClassMap::class_of(std::uint8_t label) const {
  if (names_.empty()) return label;
  const std::int16_t found = class_of_[label];
  if (found < 0) return std::nullopt;
  return static_cast<std::uint8_t>(found);
}

std::string ClassMap::range() const { return fmt::format("{} to {}", first_label_, last_label_); }

std::vector<std::string> ClassMap::name_classes(std::vector<std::uint8_t>& labels) const {
  if (!names_.empty()) return names_;
  std::array<bool, 256> occurs{};
  for (const std::uint8_t label : labels) occurs[label] = true;
  std::array<std::uint8_t, 256> class_of_label{};
  std::vector<std::string> names;
  for (std::size_t label = 0; label < occurs.size(); ++label) {
    if (!occurs[label]) continue;
    class_of_label[label] = static_cast<std::uint8_t>(names.size());
    names.push_back(std::to_string(label));
  }
  for (std::uint8_t& label : labels) label = class_of_label[label];
  return names;
}

}  // namespace ablate
