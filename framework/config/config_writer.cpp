#include "ablate/config/config_writer.hpp"

#include <fmt/format.h>

#include "ablate/config/scalars.hpp"

namespace ablate {
namespace {

class Writer {
 public:
  explicit Writer(Places places) : places_(places) {}

  template <class T>
  void operator()(const T& value, const Field& field) {
    if (is_written(field)) node_.add(std::string(field.key), value_node(value));
  }

  template <class Block>
  void block(Block& settings, const Field& field) {
    if (is_written(field)) node_.add(std::string(field.key), write(settings, places_));
  }

  template <class Block>
  void block(std::optional<Block>& settings, const Field& field) {
    node_.add(std::string(field.key), settings ? write(*settings, places_) : Node{});
  }

  template <class Block>
  static Node write(Block& settings, Places places) {
    Writer writer(places);
    describe(writer, settings);
    return std::move(writer.node_);
  }

 private:
  bool is_written(const Field& field) const {
    return field.when.applies && !(field.place && places_ == Places::left_out);
  }

  Places places_;
  Node node_ = Node::mapping();
};

}  // namespace

Node to_node(const Config& config, Places places) {
  Config copy = config;  // describe() takes what a reader could fill
  return Writer::write(copy, places);
}

Node to_node(const ReportSettings& report) {
  ReportSettings copy = report;
  return Writer::write(copy, Places::kept);
}

Node value_node(bool value) { return Node::scalar(value ? "true" : "false"); }
Node value_node(int value) { return Node::scalar(fmt::format("{}", value)); }
Node value_node(double value) { return Node::scalar(number_text(value)); }
Node value_node(const std::string& value) { return Node::string(value); }
Node value_node(const Monitor& value) { return Node::scalar(to_string(value)); }

Node value_node(const Init& value) {
  if (value.kind != InitKind::normal) return value_node(value.kind);
  Node node = Node::mapping();
  node.style = Node::Style::flow;
  node.add(to_string(value.kind), value_node(value.standard_deviation));
  return node;
}

}  // namespace ablate
