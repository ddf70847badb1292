#include "config/differences.hpp"

#include <algorithm>
#include <map>

#include "config/catalogue.hpp"
#include "config/config_writer.hpp"

namespace ablate {
namespace {

using Texts = std::map<std::string, std::string>;

/// The values of a node's settings by their dotted keys; a block that is absent is a value itself.
void collect(const Node& node, const std::string& path, Texts& texts) {
  const Setting* setting = path.empty() ? nullptr : find_setting(path);
  if (node.is(Node::Kind::mapping) && (path.empty() || (setting && setting->kind == SettingKind::block))) {
    for (const Entry& entry : node.entries)
      collect(entry.value, path.empty() ? entry.key : path + "." + entry.key, texts);
  } else {
    texts[path] = flow_text(node);
  }
}

/// Own settings by their dotted keys; keys that are new are added to `order`.
void collect_own(const Node& block, const std::string& prefix, Texts& texts,
                 std::vector<std::string>& order) {
  for (const Entry& entry : block.entries) {
    const std::string key = prefix + entry.key;
    if (entry.value.is(Node::Kind::mapping)) {
      collect_own(entry.value, key + '.', texts, order);
      continue;
    }
    texts[key] = flow_text(entry.value);
    if (std::find(order.begin(), order.end(), key) == order.end()) order.push_back(key);
  }
}

/// "trainer.command" and so on, without the own settings.
void collect_program(const TrainerSettings& trainer, Texts& texts, std::vector<std::string>& order) {
  Resolved whole;
  whole.trainer = trainer;
  Node block = to_node(whole).entries.front().value;
  std::erase_if(block.entries, [](const Entry& entry) { return entry.key == "settings"; });
  collect_own(block, "trainer.", texts, order);
}

Texts texts_of(const Config& config) {
  Texts texts;
  collect(to_node(config), {}, texts);
  return texts;
}

std::optional<std::string> find(const Texts& texts, const std::string& key) {
  const auto found = texts.find(key);
  return found == texts.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::vector<ConfigDifference> config_differences(const std::optional<TrainerSettings>& first,
                                                 const std::optional<TrainerSettings>& second) {
  Texts a, b;
  std::vector<std::string> order;
  if (first) collect_own(first->settings.node, {}, a, order);
  if (second) collect_own(second->settings.node, {}, b, order);
  if (first) collect_program(*first, a, order);
  if (second) collect_program(*second, b, order);
  std::vector<ConfigDifference> differences;
  for (const std::string& key : order) {
    ConfigDifference difference{key, find(a, key), find(b, key)};
    if (difference.first != difference.second) differences.push_back(std::move(difference));
  }
  return differences;
}

std::vector<ConfigDifference> config_differences(const Config& first, const Config& second) {
  const Texts a = texts_of(first), b = texts_of(second);
  std::vector<ConfigDifference> differences;
  for (const std::string& key : setting_paths()) {
    ConfigDifference difference{key, find(a, key), find(b, key)};
    if (difference.first != difference.second) differences.push_back(std::move(difference));
  }
  return differences;
}

}  // namespace ablate
