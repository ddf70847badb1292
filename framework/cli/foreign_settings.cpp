#include "cli/foreign_settings.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "config/yaml_parser.hpp"

namespace ablate {
namespace {

void add_block(const Node& block, const std::string& prefix, std::map<std::string, std::string>& settings) {
  for (const Entry& entry : block.entries) {
    const std::string key = prefix + entry.key;
    if (entry.value.is(Node::Kind::mapping) && !entry.value.entries.empty())
      add_block(entry.value, key + '.', settings);
    else
      settings[key] = entry.value.is(Node::Kind::scalar) ? entry.value.text : flow_text(entry.value);
  }
}

}  // namespace

std::map<std::string, std::string> settings_beside(const std::filesystem::path& metrics,
                                                   std::vector<std::string>& notes) {
  const std::filesystem::path file = metrics.parent_path() / "hparams.yaml";
  std::map<std::string, std::string> settings;
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return settings;
  try {
    add_block(parse_yaml(read_file(file, YamlLimits::bytes), file.string()), {}, settings);
  } catch (const RequestError& refused) {
    notes.push_back(fmt::format("its settings are not read: {}", refused.what()));
  }
  return settings;
}

}  // namespace ablate
