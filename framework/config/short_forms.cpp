#include "config/short_forms.hpp"

#include <algorithm>

#include "config/scalars.hpp"

namespace ablate {
namespace {

bool is_one_of(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A mapping that is where `value` stood, with its entries still to come.
Node mapping_for(const Node& value) {
  Node mapping(Node::Kind::mapping, value.where);
  mapping.style = Node::Style::flow;
  mapping.layer = value.layer;
  return mapping;
}

void write_block_in_full(Node& value, const Setting& block) {
  const Setting* tag = block.tag_setting();
  if (value.is(Node::Kind::scalar) && tag && is_one_of(tag->choices, value.text)) {
    Node mapping = mapping_for(value);
    mapping.add(std::string(tag->field.key), value);
    value = std::move(mapping);
  } else if (const BareNumber& bare = block.field.bare; !bare.key.empty() && number(value)) {
    Node mapping = mapping_for(value);
    Node choice = value;
    choice.text = std::string(bare.choice);
    mapping.add(std::string(block.tag()), std::move(choice));
    mapping.add(std::string(bare.key), value);
    value = std::move(mapping);
  }
  for (Entry& entry : value.entries) {
    for (const Setting& setting : block.settings) {
      if (setting.field.key == entry.key) write_in_full(entry.value, setting);
    }
  }
}

bool accepts_one(const Setting& setting, const Node& value) {
  switch (setting.kind) {
    case SettingKind::truth:
      return truth(value).has_value();
    case SettingKind::whole:
      return whole_number(value) && setting.field.range.contains(static_cast<double>(*whole_number(value)));
    case SettingKind::number:
      return number(value) && setting.field.range.contains(*number(value));
    case SettingKind::text:
      return value.is(Node::Kind::scalar);
    case SettingKind::choice:
      return value.is(Node::Kind::scalar) && is_one_of(setting.choices, word_of(value));
    case SettingKind::monitor:
      return value.text.find('.') != std::string::npos;
    case SettingKind::choice_or_number:
      return value.is(Node::Kind::mapping) || is_one_of(setting.choices, value.text);
    case SettingKind::duration:
      return value.is(Node::Kind::scalar) && duration(value.text);
    case SettingKind::mapping:
      return value.is(Node::Kind::mapping);
    case SettingKind::block:
      break;
  }
  const Setting* tag = setting.tag_setting();
  return value.is(Node::Kind::mapping) || (tag && is_one_of(tag->choices, value.text)) ||
         (!setting.field.bare.key.empty() && number(value));
}

}  // namespace

void write_in_full(Node& value, const Setting& setting) {
  if (setting.kind == SettingKind::block) {
    write_block_in_full(value, setting);
  } else if (setting.list && value.is(Node::Kind::scalar)) {
    Node list(Node::Kind::sequence, value.where);
    list.layer = value.layer;
    list.items.push_back(value);
    value = std::move(list);
  }
}

void write_in_full(Node& study) {
  for (Entry& entry : study.entries) {
    const Setting* block = find_setting(entry.key);
    if (block) write_in_full(entry.value, *block);
  }
}

bool accepts(const Setting& setting, const Node& value) {
  if (!value.is(Node::Kind::sequence)) return value.is(Node::Kind::null) || accepts_one(setting, value);
  return std::any_of(value.items.begin(), value.items.end(),
                     [&](const Node& item) { return accepts(setting, item); });
}

std::optional<std::string> meant_setting(std::string_view key, const Node& value) {
  std::vector<std::string> found;
  for (const std::string& path : setting_paths()) {
    const Setting& setting = *find_setting(path);
    if (setting.field.key == key && accepts(setting, value)) found.push_back(path);
  }
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

}  // namespace ablate
