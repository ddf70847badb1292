#include "config/config_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/suggest.hpp"
#include "config/catalogue.hpp"
#include "config/command_line.hpp"
#include "config/plain_text.hpp"
#include "config/scalars.hpp"
#include "config/trainer_reader.hpp"

namespace ablate {
namespace {

/// The longest text that a setting takes, in characters: paths and names, not documents.
constexpr std::size_t longest_text = 4'096;

/// Says how a block is written, and which word may be in its place.
[[noreturn]] void refuse_block(const Node& node, const std::string& path, const ReadContext& context) {
  const Setting* block = find_setting(path);
  const Setting* tag = block ? block->tag_setting() : nullptr;
  if (!tag) refuse_value(node, path, context, "a mapping of settings");
  const char* number = block->field.bare.key.empty() ? "" : ", a number";
  refuse_value(node, path, context,
               fmt::format("a mapping of settings{}, or a {} among {}", number, tag->field.key,
                           fmt::join(tag->choices, ", ")),
               node.is(Node::Kind::scalar) ? suggestion(node.text, tag->choices) : "");
}

bool has(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Reader {
 public:
  Reader(const Node& block, std::string path, const ReadContext& context)
      : block_(block), path_(std::move(path)), context_(context) {}

  template <class T>
  void operator()(T& value, const Field& field) {
    if (const Node* node = admitted(field)) read(*node, path_to(field), field, value);
  }

  template <class Block>
  void block(Block& settings, const Field& field) {
    const Node* node = admitted(field);
    if (node && !node->is(Node::Kind::null)) read_block(*node, path_to(field), context_, settings);
  }

  template <class Block>
  void block(std::optional<Block>& settings, const Field& field) {
    const Node* node = admitted(field);
    if (!node || node->is(Node::Kind::null) || node->is_word("none")) return;
    read_block(*node, path_to(field), context_, settings.emplace());
  }

  template <class Block>
  static void read_block(const Node& node, const std::string& path, const ReadContext& context,
                         Block& settings) {
    if (!node.is(Node::Kind::mapping)) refuse_block(node, path, context);
    Reader reader(node, path, context);
    describe(reader, settings);
    refuse_unknown_keys(node, path, reader.known_, context);
  }

  template <class T>
  static void read_value(const Node& node, const std::string& path, const ReadContext& context, T& value) {
    Reader(node, path, context).read(node, path, {}, value);
  }

 private:
  std::string path_to(const Field& field) const {
    return path_.empty() ? std::string(field.key) : fmt::format("{}.{}", path_, field.key);
  }

  /// The node of a key that belongs to the tag's value; nullptr where it is absent.
  const Node* admitted(const Field& field);

  void read(const Node& node, const std::string& path, const Field& field, bool& value) const;
  void read(const Node& node, const std::string& path, const Field& field, int& value) const;
  void read(const Node& node, const std::string& path, const Field& field, double& value) const;
  void read(const Node& node, const std::string& path, const Field& field, std::string& value) const;
  void read(const Node& node, const std::string& path, const Field& field, Monitor& value) const;
  void read(const Node& node, const std::string& path, const Field& field, Duration& value) const;
  void read(const Node& node, const std::string& path, const Field& field, OpenMapping& value) const;

  template <ChoiceOrNumber T>
  void read(const Node& node, const std::string& path, const Field& field, T& value) const {
    const auto with_number = choices_with_number(value.kind);
    const bool named = node.is(Node::Kind::mapping) && node.entries.size() == 1;
    const std::string& word = named ? node.entries[0].key : node.text;
    const bool takes_number = has(with_number, word);
    const bool known = takes_number || has(choices(value.kind), word);
    if (named != takes_number || !known || (!named && !node.is(Node::Kind::scalar))) {
      refuse_choice_or_number(node, path, word);
    }
    value = {};
    if (!named) return read(node, path, field, value.kind);
    read(Node::scalar(word), path, field, value.kind);
    read(node.entries[0].value, fmt::format("{}.{}", path, word), field, value.number());
  }

  template <class Enum>
  requires std::is_enum_v<Enum>
  void read(const Node& node, const std::string& path, const Field&, Enum& value) const {
    value = static_cast<Enum>(choice(node, path, choices(value)));
  }

  template <class T>
  void read(const Node& node, const std::string& path, const Field& field, std::optional<T>& value) const {
    value.reset();
    if (!node.is(Node::Kind::null)) read(node, path, field, value.emplace());
  }

  template <class T>
  void read(const Node& node, const std::string& path, const Field& field, std::vector<T>& values) const {
    check_list(node, path, field);
    values.clear();
    for (const Node& item : node.items) read(item, path, field, values.emplace_back());
  }

  [[noreturn]] void refuse_choice_or_number(const Node& node, const std::string& path,
                                            const std::string& word) const;
  void check_list(const Node& node, const std::string& path, const Field& field) const;
  /// Index of the node's word among `names`.
  std::size_t choice(const Node& node, const std::string& path,
                     std::span<const std::string_view> names) const;

  const Node& block_;
  std::string path_;
  const ReadContext& context_;
  std::vector<std::string> known_;
};

const Node* Reader::admitted(const Field& field) {
  known_.emplace_back(field.key);
  const Node* node = block_.find(field.key);
  if (!node || field.when.applies || !context_.strict) return node;
  const Node* tag = block_.find(field.when.tag);
  refuse(
      node->where, context_,
      fmt::format("{} belongs to {} {}{}", path_to(field), field.when.tag, fmt::join(field.when.values, ", "),
                  tag ? fmt::format(", but {} is {}", field.when.tag, describe_found(*tag)) : ""),
      fmt::format("leave it out, or set {}.{}", path_, field.when.tag));
}

void Reader::read(const Node& node, const std::string& path, const Field&, bool& value) const {
  const std::optional<bool> read = truth(node);
  if (!read) refuse_value(node, path, context_, "true or false");
  value = *read;
}

void Reader::read(const Node& node, const std::string& path, const Field& field, int& value) const {
  const std::optional<std::int64_t> read = whole_number(node);
  if (!read || !field.range.contains(static_cast<double>(*read))) {
    refuse_value(node, path, context_, fmt::format("a whole number {}", range_text(field.range)));
  }
  value = static_cast<int>(*read);
}

void Reader::read(const Node& node, const std::string& path, const Field& field, double& value) const {
  const std::optional<double> read = number(node);
  if (!read || !field.range.contains(*read)) {
    refuse_value(node, path, context_, fmt::format("a number {}", range_text(field.range)));
  }
  value = *read == 0 ? 0.0 : *read;
}

void Reader::read(const Node& node, const std::string& path, const Field&, std::string& value) const {
  if (!node.is(Node::Kind::scalar)) refuse_value(node, path, context_, "text", "write \"\" for none");
  if (characters(node.text) > longest_text) {
    refuse_value(node, path, context_, fmt::format("a text of at most {} characters", longest_text));
  }
  value = node.text;
}

void Reader::read(const Node& node, const std::string& path, const Field& field, Monitor& value) const {
  const std::size_t dot = node.text.find('.');
  if (!node.is(Node::Kind::scalar) || dot == std::string::npos) {
    refuse_value(node, path, context_, "a split and a metric, as in validation.log_loss");
  }
  Node split = node;
  split.text.resize(dot);
  read(split, path, field, value.split);
  value.metric = node.text.substr(dot + 1);
  if (std::find(context_.metrics.begin(), context_.metrics.end(), value.metric) != context_.metrics.end())
    return;
  refuse_value(node, path, context_, "a known metric after the split",
               suggestion(value.metric, context_.metrics));
}

void Reader::read(const Node& node, const std::string& path, const Field&, Duration& value) const {
  const auto read = node.is(Node::Kind::scalar) ? duration(node.text) : std::nullopt;
  if (!read) refuse_value(node, path, context_, "a span of time: 45s, 30min, 12h, 2d, or none");
  value = *read;
}

void Reader::read(const Node& node, const std::string& path, const Field&, OpenMapping& value) const {
  if (!node.is(Node::Kind::mapping)) refuse_value(node, path, context_, "a mapping of names and values");
  value.node = node;
}

void Reader::refuse_choice_or_number(const Node& node, const std::string& path,
                                     const std::string& word) const {
  const Setting& setting = *find_setting(path);
  std::vector<std::string> expected = setting.choices;
  for (const std::string& name : setting.choices_with_number) {
    expected.push_back(fmt::format("{{{}: {}}}", name, setting.whole_number ? "10" : "0.01"));
  }
  std::vector<std::string> known = setting.choices;
  known.insert(known.end(), setting.choices_with_number.begin(), setting.choices_with_number.end());
  const bool misspelt = std::find(known.begin(), known.end(), word) == known.end();
  refuse_value(node, path, context_, fmt::format("one of {}", fmt::join(expected, ", ")),
               misspelt && !word.empty() ? suggestion(word, known) : "");
}

void Reader::check_list(const Node& node, const std::string& path, const Field& field) const {
  if (!node.is(Node::Kind::sequence)) {
    refuse_value(node, path, context_, "a list", fmt::format("{}: [{}]", field.key, flow_text(node)));
  }
  const auto [least, most] = field.length;
  if (node.items.size() >= least && node.items.size() <= most) return;
  refuse(node.where, context_,
         fmt::format("{}: found {} items, expected {} to {}", path, node.items.size(), least, most));
}

std::size_t Reader::choice(const Node& node, const std::string& path,
                           std::span<const std::string_view> names) const {
  const auto found = std::find(names.begin(), names.end(), word_of(node));
  if (node.is(Node::Kind::scalar) && found != names.end())
    return static_cast<std::size_t>(found - names.begin());
  const std::vector<std::string> choices(names.begin(), names.end());
  refuse_value(node, path, context_, fmt::format("one of {}", fmt::join(choices, ", ")),
               node.is(Node::Kind::scalar) ? suggestion(node.text, choices) : "");
}

}  // namespace

Resolved read_config(const Node& tree, const ReadContext& context) {
  Resolved config;
  if (context.trainer) {
    config.trainer = resolved_trainer(*context.trainer, tree, context);
    config.training.epochs = planned_epochs(*config.trainer, tree, context);
  } else {
    Reader::read_block(tree, "", context, static_cast<Config&>(config));
  }
  return config;
}

Resolved read_resolved(const Node& tree, const ReadContext& context) {
  Resolved config = read_config(tree, context);
  if (config.data.validation == 0) config.training.select = Selection::last;
  return config;
}

TrainerSettings read_trainer_settings(const Node& tree, const ReadContext& context) {
  TrainerSettings trainer;
  Reader::read_block(tree, "trainer", context, trainer);
  return trainer;
}

StopRules read_stop_rules(const Node& tree, const ReadContext& context) {
  StopRules rules;
  Reader::read_block(tree, "stop_rules", context, rules);
  return rules;
}

Monitor read_monitor(const Node& node, const std::string& path, const ReadContext& context) {
  Monitor monitor;
  Reader::read_value(node, path, context, monitor);
  return monitor;
}

ReportBlock read_report(const Node& tree, const ReadContext& context) {
  ReportBlock report;
  Reader::read_block(tree, "report", context, report);
  return report;
}

}  // namespace ablate
