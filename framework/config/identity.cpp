#include <algorithm>

#include "config/catalogue.hpp"
#include "config/config_writer.hpp"

namespace ablate {
namespace {

Node without_places(Node value, const Setting& block) {
  std::erase_if(value.entries, [&](const Entry& entry) {
    return std::any_of(block.settings.begin(), block.settings.end(), [&](const Setting& setting) {
      return setting.field.place && setting.field.key == entry.key;
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
    if (node) identity.add(block.path, canonical_value(without_places(*node, block), block));
  }
  return block_text(identity);
}

}  // namespace ablate
