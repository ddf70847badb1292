#include "train/epoch_writer.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "base/error.hpp"

namespace ablate {
namespace {

std::string json_name(const std::string& name) {
  std::string text;
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c >= 0 && c < ' ' ? ' ' : c;
  }
  return text;
}

}  // namespace

EpochWriter::EpochWriter(std::filesystem::path metrics, const OpenMapping& names)
    : metrics_(std::move(metrics)) {
  for (const Entry& entry : names.node.entries) names_[entry.key] = entry.value.text;
}

void EpochWriter::write(int epoch, const Values& values) const {
  std::string line = fmt::format("{{\"epoch\": {}", epoch);
  for (const auto& [name, value] : values) {
    const auto ours = names_.find(name);
    line += fmt::format(", \"{}\": {}", json_name(ours == names_.end() ? name : ours->second),
                        std::isfinite(value) ? fmt::format("{}", value) : "null");
  }
  std::ofstream file(metrics_, std::ios::app | std::ios::binary);
  file << line + "}\n" << std::flush;
  if (!file) throw RequestError(fmt::format("cannot write {}", metrics_.string()));
}

void put_value(EpochWriter::Values& values, const std::string& name, double value) {
  const auto known =
      std::find_if(values.begin(), values.end(), [&](const auto& other) { return other.first == name; });
  if (known != values.end()) {
    known->second = value;
  } else {
    values.emplace_back(name, value);
  }
}

}  // namespace ablate
