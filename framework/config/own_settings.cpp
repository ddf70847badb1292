#include "config/own_settings.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "config/config_writer.hpp"
#include "config/scalars.hpp"

namespace ablate {
namespace {

constexpr std::array<std::string_view, 4> taken = {"seed", "dir", "params", "args"};
constexpr std::size_t longest_key = 100;

void check_key(const Entry& entry, const std::string& path, const ReadContext& context) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  if (entry.key.empty() || entry.key.size() > longest_key ||
      !std::all_of(entry.key.begin(), entry.key.end(), fits)) {
    refuse(entry.where, context, fmt::format("'{}' in trainer.settings cannot name a setting", entry.key),
           "letters, digits, _ and -; write a name with dots as mappings, {optimizer: {lr: 0.1}}");
  }
  const bool is_taken = std::find(taken.begin(), taken.end(), path) != taken.end();
  if (!is_taken) return;
  refuse(entry.where, context, fmt::format("'{}' in trainer.settings is the name of a placeholder", path),
         path == "seed" ? "leave it out: {seed} is the run's, from the list in seeds" : "another name");
}

SettingKind kind_of(const Node& value) {
  if (truth(value)) return SettingKind::truth;
  if (whole_number(value)) return SettingKind::whole;
  return number(value) ? SettingKind::number : SettingKind::text;
}

/// The one kind that takes all items.
SettingKind kind_of_items(const Node& list) {
  if (list.items.empty()) return SettingKind::text;
  SettingKind kind = kind_of(list.items.front());
  for (const Node& item : list.items) {
    const SettingKind other = kind_of(item);
    const bool numbers = (kind == SettingKind::whole || kind == SettingKind::number) &&
                         (other == SettingKind::whole || other == SettingKind::number);
    if (other != kind) kind = numbers ? SettingKind::number : SettingKind::text;
  }
  return kind;
}

const char* expected_text(SettingKind kind) {
  switch (kind) {
    case SettingKind::truth:
      return "true or false";
    case SettingKind::whole:
      return "a whole number";
    case SettingKind::number:
      return "a number";
    default:
      return "text";
  }
}

/// A whole number that is no fraction of ours: kept as one, it would become another.
void check_digits(const Node& value, const Setting& setting, const ReadContext& context) {
  const std::size_t sign = value.text.starts_with('-') ? 1 : 0;
  const bool is_whole =
      !value.text.empty() && value.text.find_first_not_of("0123456789", sign) == std::string::npos;
  const auto kept = number(value);
  if (setting.kind != SettingKind::number || !is_whole || !kept || fmt::format("{:.0f}", *kept) == value.text)
    return;
  refuse_value(value, "trainer.settings." + setting.path, context,
               "a number whose digits can be kept, up to 9223372036854775807 among whole ones",
               fmt::format("\"{}\" in quotes, which hands it over as a text", value.text));
}

void check_scalar(const Node& value, const Setting& setting, const ReadContext& context) {
  check_digits(value, setting, context);
  const bool fits = setting.kind == SettingKind::truth    ? truth(value).has_value()
                    : setting.kind == SettingKind::whole  ? whole_number(value).has_value()
                    : setting.kind == SettingKind::number ? number(value).has_value()
                                                          : value.is(Node::Kind::scalar);
  if (fits) return;
  const bool fraction = setting.kind == SettingKind::whole && number(value);
  refuse_value(
      value, setting.path, context,
      fmt::format("{}, as trainer.settings has it", expected_text(setting.kind)),
      fraction ? fmt::format("write {}.0 there, and it takes fractions", flow_text(setting.standard)) : "");
}

/// A number keeps the look of one, so that reading it again makes it no whole number.
Node canonical(const Node& value, const Setting& setting) {
  Node node = canonical_value(value, setting);
  const auto point = [](Node& scalar) {
    if (scalar.text.find_first_not_of("-0123456789") == std::string::npos) scalar.text += ".0";
  };
  if (setting.kind != SettingKind::number) return node;
  if (!setting.list) point(node);
  for (Node& item : node.items) point(item);
  return node;
}

Node resolve_block(const Node& tree, const std::vector<Setting>& settings, const std::string& path,
                   const ReadContext& context);

Node resolve_one(const Node& value, const Setting& setting, const ReadContext& context) {
  if (setting.kind == SettingKind::block) {
    if (!value.is(Node::Kind::mapping)) refuse_value(value, setting.path, context, "a mapping of settings");
    return resolve_block(value, setting.settings, setting.path, context);
  }
  if (!setting.list) {
    check_scalar(value, setting, context);
    return canonical(value, setting);
  }
  if (!value.is(Node::Kind::sequence)) refuse_value(value, setting.path, context, "a list");
  for (const Node& item : value.items) check_scalar(item, setting, context);
  return canonical(value, setting);
}

Node resolve_block(const Node& tree, const std::vector<Setting>& settings, const std::string& path,
                   const ReadContext& context) {
  Node resolved = Node::mapping();
  std::vector<std::string> known;
  for (const Setting& setting : settings) {
    const Node* given = tree.find(known.emplace_back(setting.field.key));
    resolved.add(known.back(), given ? resolve_one(*given, setting, context)
                               : setting.kind == SettingKind::block
                                   ? resolve_block(Node::mapping(), setting.settings, setting.path, context)
                                   : setting.standard);
  }
  refuse_unknown_keys(tree, path.empty() ? "trainer.settings" : path, known, context);
  return resolved;
}

void collect_paths(const std::vector<Setting>& settings, bool with_blocks, std::vector<std::string>& paths) {
  for (const Setting& setting : settings) {
    if (with_blocks || setting.kind != SettingKind::block) paths.push_back(setting.path);
    collect_paths(setting.settings, with_blocks, paths);
  }
}

const Setting* find_in(const std::vector<Setting>& settings, std::string_view path) {
  for (const Setting& setting : settings) {
    if (setting.path == path) return &setting;
    if (const Setting* inner = find_in(setting.settings, path)) return inner;
  }
  return nullptr;
}

}  // namespace

OwnSettings::OwnSettings(const Node& settings, const ReadContext& context)
    : settings_(read(settings, "", context)) {}

std::vector<Setting> OwnSettings::read(const Node& mapping, const std::string& path,
                                       const ReadContext& context) {
  std::vector<Setting> settings;
  for (const Entry& entry : mapping.entries) {
    settings.push_back(read_one(entry, path.empty() ? entry.key : path + '.' + entry.key, context));
  }
  return settings;
}

Setting OwnSettings::read_one(const Entry& entry, const std::string& path, const ReadContext& context) {
  check_key(entry, path, context);
  const Node& value = entry.value;
  const std::string full = "trainer.settings." + path;
  Setting setting{.path = path, .field = {.key = keys_.emplace_back(entry.key), .help = {}}};
  if (value.is(Node::Kind::null))
    refuse_value(value, full, context, "a value, whose type variants keep to",
                 "0, \"\" or false; or leave it out, if no variant changes it");
  if (value.is(Node::Kind::mapping)) {
    setting.settings = read(value, path, context);
    return setting;
  }
  setting.list = value.is(Node::Kind::sequence);
  for (const Node& item : value.items) {
    if (!item.is(Node::Kind::scalar)) refuse_value(item, full, context, "a list of plain values");
  }
  setting.kind = setting.list ? kind_of_items(value) : kind_of(value);
  check_digits(value, setting, context);
  for (const Node& item : value.items) check_digits(item, setting, context);
  setting.standard = canonical(value, setting);
  return setting;
}

const Setting* OwnSettings::find(std::string_view path) const { return find_in(settings_, path); }

std::vector<std::string> OwnSettings::paths() const {
  std::vector<std::string> paths;
  collect_paths(settings_, true, paths);
  return paths;
}

std::vector<std::string> OwnSettings::value_paths() const {
  std::vector<std::string> paths;
  collect_paths(settings_, false, paths);
  return paths;
}

Node OwnSettings::resolve(const Node& tree, const ReadContext& context) const {
  return resolve_block(tree, settings_, "", context);
}

}  // namespace ablate
