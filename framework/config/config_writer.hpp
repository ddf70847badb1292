#pragma once
/// Settings to a canonical tree: one way to write each value, keys in the order of the reference.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "config/config_reader.hpp"
#include "config/node.hpp"
#include "config/report_block.hpp"
#include "config/settings.hpp"

namespace ablate {

/// Every setting with its value, but for those that do not belong to the chosen source, optimizer or
/// schedule.
Node to_node(const Config& config);
Node to_node(const Resolved& config);
/// Without `contrast` where there is none, and `blind` where nobody asks for it: a study's text is then what it was
/// before there was that key.
Node to_node(const ReportBlock& report);
Node to_node(const StopRules& rules);

/// What identifies a configuration: as above without settings that name a place on this machine or say
/// what is kept of a run, and without those at their default, so that a setting which a later version adds makes no known configuration
/// another one.
std::string identity_text(const Config& config);
std::string identity_text(const Resolved& config);

Node value_node(bool value);
Node value_node(int value);
Node value_node(std::int64_t value);
Node value_node(double value);
Node value_node(const std::string& value);
Node value_node(const Monitor& value);
Node value_node(const Duration& value);
Node value_node(const OpenMapping& value);

/// `{name: number}`
Node choice_with_number(const std::string& name, Node number);

template <class Enum>
requires std::is_enum_v<Enum> Node value_node(Enum value) { return Node::scalar(to_string(value)); }

template <ChoiceOrNumber T>
Node value_node(const T& value) {
  const std::string name = to_string(value.kind);
  const auto with_number = choices_with_number(value.kind);
  const bool plain = std::find(with_number.begin(), with_number.end(), name) == with_number.end();
  return plain ? Node::scalar(name) : choice_with_number(name, value_node(value.number()));
}

template <class T>
Node value_node(const std::optional<T>& value) {
  return value ? value_node(*value) : Node{};
}

template <class T>
Node value_node(const std::vector<T>& values) {
  Node node = Node::sequence();
  for (const T& value : values) node.items.push_back(value_node(value));
  return node;
}

}  // namespace ablate
