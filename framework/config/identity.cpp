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

/// What its numbers depend on: not where it runs, nor for how long it may.
std::string trainer_identity(const TrainerSettings& trainer) {
  Node identity = Node::mapping();
  identity.add("command", value_node(trainer.command));
  identity.add("settings", trainer.settings.node);
  identity.add("epochs", value_node(trainer.epochs));
  identity.add("select", value_node(trainer.select));
  if (trainer.metrics_from) {
    identity.add("stdout", value_node(trainer.metrics_from->stdout_line));
    identity.add("csv", value_node(trainer.metrics_from->csv));
    identity.add("names", trainer.metrics_from->names.node);
  }
  Node root = Node::mapping();
  root.add("trainer", std::move(identity));
  return block_text(root);
}

}  // namespace

std::string identity_text(const Resolved& config) {
  return config.trainer ? trainer_identity(*config.trainer)
                        : identity_text(static_cast<const Config&>(config));
}

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
