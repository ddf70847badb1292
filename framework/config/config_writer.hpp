#pragma once
/// Settings to a canonical tree: one way to write each value, keys in the order of the reference.

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "ablate/config/node.hpp"
#include "ablate/config/settings.hpp"

namespace ablate {

/// Whether settings that name a place on this machine are written.
enum class Places { kept, left_out };

/// Every setting with its value, but for those that do not belong to the chosen source, optimizer or
/// schedule.
Node to_node(const Config& config, Places places = Places::kept);
Node to_node(const ReportSettings& report);

Node value_node(bool value);
Node value_node(int value);
Node value_node(double value);
Node value_node(const std::string& value);
Node value_node(const Monitor& value);
Node value_node(const Init& value);

template <class Enum>
requires std::is_enum_v<Enum> Node value_node(Enum value) { return Node::scalar(to_string(value)); }

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
