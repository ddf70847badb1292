#include <algorithm>

#include "config/catalogue.hpp"
#include "config/config_writer.hpp"

namespace ablate {
namespace {

/// Without settings that say where things are or what is kept: the same run has others.
Node of_training(Node value, const Setting& block) {
  std::erase_if(value.entries, [&](const Entry& entry) {
    return std::any_of(block.settings.begin(), block.settings.end(), [&](const Setting& setting) {
      return (setting.field.place || setting.field.storage) && setting.field.key == entry.key;
    });
  });
  return value;
}

}  // namespace

std::string identity_text(const Config& config) {
  const Node all = to_node(config);
  Node identity = Node::mapping();
  for (const Setting& block : catalogue()) {
    const Node* node = all.find(block.path);
    if (node) identity.add(block.path, canonical_value(of_training(*node, block), block));
  }
  return block_text(identity);
}

}  // namespace ablate
