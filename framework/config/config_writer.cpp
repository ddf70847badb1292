#include "config/config_writer.hpp"

#include <fmt/format.h>

#include "config/scalars.hpp"

namespace ablate {
namespace {

class Writer {
 public:
  template <class T>
  void operator()(const T& value, const Field& field) {
    if (field.when.applies) node_.add(std::string(field.key), value_node(value));
  }

  template <class Block>
  void block(Block& settings, const Field& field) {
    if (field.when.applies) node_.add(std::string(field.key), write(settings));
  }

  template <class Block>
  void block(std::optional<Block>& settings, const Field& field) {
    node_.add(std::string(field.key), settings ? write(*settings) : Node{});
  }

  template <class Block>
  static Node write(Block& settings) {
    Writer writer;
    describe(writer, settings);
    return std::move(writer.node_);
  }

 private:
  Node node_ = Node::mapping();
};

}  // namespace

Node to_node(const Config& config) {
  Config copy = config;  // describe() takes what a reader could fill
  return Writer::write(copy);
}

Node to_node(const Resolved& config) {
  if (!config.trainer) return to_node(static_cast<const Config&>(config));
  TrainerSettings copy = *config.trainer;
  Node root = Node::mapping();
  root.add("trainer", Writer::write(copy));
  return root;
}

Node to_node(const ReportBlock& report) {
  ReportBlock copy = report;
  Node node = Writer::write(copy);
  std::erase_if(node.entries, [&](const Entry& entry) {
    return (entry.key == "contrast" && !report.contrast) || (entry.key == "blind" && !report.rests_on.blind);
  });
  return node;
}

Node to_node(const StopRules& rules) {
  StopRules copy = rules;
  return Writer::write(copy);
}

Node value_node(bool value) { return Node::scalar(value ? "true" : "false"); }
Node value_node(int value) { return Node::scalar(fmt::format("{}", value)); }
Node value_node(std::int64_t value) { return Node::scalar(fmt::format("{}", value)); }
Node value_node(double value) { return Node::scalar(number_text(value)); }
Node value_node(const std::string& value) { return Node::string(value); }
Node value_node(const Monitor& value) { return Node::scalar(to_string(value)); }

Node value_node(const Duration& value) { return Node::scalar(to_string(value)); }
Node value_node(const OpenMapping& value) { return value.node; }

Node choice_with_number(const std::string& name, Node number) {
  Node node = Node::mapping();
  node.style = Node::Style::flow;
  node.add(name, std::move(number));
  return node;
}

}  // namespace ablate
