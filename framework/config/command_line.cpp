#include "config/command_line.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/suggest.hpp"
#include "config/own_settings.hpp"
#include "config/scalars.hpp"

namespace ablate {
namespace {

constexpr std::string_view flag_prefix = "flag:";
const std::vector<std::string> places_of_a_run = {"seed", "dir", "params", "args"};
constexpr int most_epochs = 1'000'000;

/// A piece of an item: text as it stands, or what was between braces.
struct Piece {
  bool placeholder = false;
  std::string text;
};

/// The pieces of an item; nothing where a brace is not closed.
std::optional<std::vector<Piece>> pieces_of(const std::string& item) {
  std::vector<Piece> pieces;
  std::string plain;
  for (std::size_t i = 0; i < item.size(); ++i) {
    const char c = item[i];
    if ((c == '{' || c == '}') && i + 1 < item.size() && item[i + 1] == c) {
      plain += c, ++i;
      continue;
    }
    if (c == '}') return std::nullopt;
    if (c != '{') {
      plain += c;
      continue;
    }
    const std::size_t end = item.find_first_of("{}", i + 1);
    if (end == std::string::npos || item[end] == '{') return std::nullopt;
    if (!plain.empty()) pieces.push_back({false, std::exchange(plain, {})});
    pieces.push_back({true, item.substr(i + 1, end - i - 1)});
    i = end;
  }
  if (!plain.empty()) pieces.push_back({false, plain});
  return pieces;
}

/// "--amp" and "amp" of "flag:--amp=amp".
std::pair<std::string, std::string> flag_of(const std::string& placeholder) {
  const std::string text = placeholder.substr(flag_prefix.size());
  const std::size_t equals = text.rfind('=');
  return equals == std::string::npos ? std::pair(text, std::string())
                                     : std::pair(text.substr(0, equals), text.substr(equals + 1));
}

class PlaceholderChecker {
 public:
  PlaceholderChecker(const OwnSettings& own, const ReadContext& context) : own_(own), context_(context) {}

  void check(const Node& item, const std::string& path) const {
    if (!item.is(Node::Kind::scalar)) {
      refuse_value(item, path, context_, "text",
                   item.is(Node::Kind::mapping) ? "quote it: YAML takes {...} for a mapping" : "");
    }
    const auto pieces = pieces_of(item.text);
    if (!pieces)
      refuse_value(item, path, context_, "braces that are closed", "write {{ and }} for literal braces");
    for (const Piece& piece : *pieces) {
      if (piece.placeholder) check_name(piece.text, item, path);
    }
  }

 private:
  void check_name(const std::string& name, const Node& item, const std::string& path) const {
    const bool flag = name.starts_with(flag_prefix);
    const std::string key = flag ? flag_of(name).second : name;
    if (flag && key.empty()) refuse_flag(name, item, path);
    const auto is_place = std::find(places_of_a_run.begin(), places_of_a_run.end(), key);
    if (!flag && is_place != places_of_a_run.end()) return;
    const Setting* setting = own_.find(key);
    if (!setting || setting->kind == SettingKind::block) refuse_name(key, flag, item, path);
    if (!flag || (setting->kind == SettingKind::truth && !setting->list)) return;
    refuse(item.where, context_,
           fmt::format("{}: {{{}}} needs a setting that is true or false, and {} is not", path, name, key),
           fmt::format("\"{{{}}}\" is its value", key));
  }

  [[noreturn]] void refuse_flag(const std::string& name, const Node& item, const std::string& path) const {
    std::string flag = flag_of(name).first, key = flag;
    key.erase(0, key.find_first_not_of('-'));
    std::replace(key.begin(), key.end(), '-', '_');
    refuse(
        item.where, context_, fmt::format("{}: '{{{}}}' names no setting", path, name),
        fmt::format("\"{{{}{}={}}}\" is {} where the setting {} is true", flag_prefix, flag, key, flag, key));
  }

  [[noreturn]] void refuse_name(const std::string& key, bool flag, const Node& item,
                                const std::string& path) const {
    std::vector<std::string> known = own_.value_paths();
    if (!flag) known.insert(known.end(), places_of_a_run.begin(), places_of_a_run.end());
    refuse(item.where, context_, fmt::format("{}: unknown placeholder '{{{}}}'", path, key),
           suggestion(key, known) + "; write {{ and }} for literal braces");
  }

  const OwnSettings& own_;
  const ReadContext& context_;
};

std::string joined_values(const Node& value) {
  if (!value.is(Node::Kind::sequence)) return value.text;
  std::string text;
  for (const Node& item : value.items) text += (text.empty() ? "" : ",") + item.text;
  return text;
}

/// `--key=value` of every setting, with its dotted path.
void add_arguments(const Node& block, const std::string& prefix, std::vector<std::string>& arguments) {
  for (const Entry& entry : block.entries) {
    const std::string path = prefix + entry.key;
    if (entry.value.is(Node::Kind::mapping)) {
      add_arguments(entry.value, path + '.', arguments);
    } else {
      arguments.push_back(fmt::format("--{}={}", path, joined_values(entry.value)));
    }
  }
}

/// Fills in one run's command.
class Filler {
 public:
  Filler(const TrainerSettings& trainer, const RunPlaces& places)
      : settings_(trainer.settings.node), places_(places) {}

  void add(const std::string& item, std::vector<std::string>& command) const {
    const std::vector<Piece> pieces = pieces_of(item).value();
    if (pieces.size() == 1 && pieces.front().placeholder) return add_whole(pieces.front().text, command);
    std::string text;
    for (const Piece& piece : pieces) text += piece.placeholder ? value_of(piece.text) : piece.text;
    command.push_back(std::move(text));
  }

 private:
  /// An item that is nothing but a placeholder may become several arguments, or none.
  void add_whole(const std::string& name, std::vector<std::string>& command) const {
    if (name == "args") return add_arguments(settings_, "", command);
    const Node* value = find_path(settings_, name);
    if (value && value->is(Node::Kind::sequence)) {
      for (const Node& item : value->items) command.push_back(item.text);
      return;
    }
    std::string text = value_of(name);
    if (!name.starts_with(flag_prefix) || !text.empty()) command.push_back(std::move(text));
  }

  std::string value_of(const std::string& name) const {
    if (name == "seed") return fmt::format("{}", places_.seed);
    if (name == "dir") return places_.folder.string();
    if (name == "params") return places_.params.string();
    if (name == "args") {
      std::vector<std::string> arguments;
      add_arguments(settings_, "", arguments);
      std::string text;
      for (const std::string& argument : arguments) text += (text.empty() ? "" : " ") + argument;
      return text;
    }
    if (!name.starts_with(flag_prefix)) return joined_values(*find_path(settings_, name));
    const auto [flag, key] = flag_of(name);
    return find_path(settings_, key)->is_word("true") ? flag : std::string();
  }

  const Node& settings_;
  const RunPlaces& places_;
};

nlohmann::ordered_json settings_object(const Node& node) {
  if (node.is(Node::Kind::mapping)) {
    auto object = nlohmann::ordered_json::object();
    for (const Entry& entry : node.entries) object[entry.key] = settings_object(entry.value);
    return object;
  }
  if (node.is(Node::Kind::sequence)) {
    auto list = nlohmann::ordered_json::array();
    for (const Node& item : node.items) list.push_back(settings_object(item));
    return list;
  }
  if (const auto value = truth(node)) return *value;
  if (const auto value = whole_number(node)) return *value;
  if (const auto value = number(node)) return *value;
  return node.text;
}

/// "{epochs}" and nothing beside it: the setting that counts them.
std::optional<std::string> epochs_setting(const std::string& text) {
  const std::vector<Piece> pieces = pieces_of(text).value_or(std::vector<Piece>{});
  if (pieces.size() != 1 || !pieces.front().placeholder) return std::nullopt;
  return pieces.front().text;
}

std::optional<int> epochs_in(const Node& node) {
  const auto epochs = whole_number(node);
  if (!epochs || *epochs < 1 || *epochs > most_epochs) return std::nullopt;
  return static_cast<int>(*epochs);
}

[[noreturn]] void refuse_epochs(const Node& found, const std::string& path, const ReadContext& context) {
  refuse_value(found, path, context,
               fmt::format("a whole number from 1 to {}: trainer.epochs counts by it", most_epochs),
               "epochs: 30, or \"{epochs}\"");
}

}  // namespace

void check_placeholders(const Node& trainer, const OwnSettings& own, const ReadContext& context) {
  const PlaceholderChecker checker(own, context);
  const Node* command = trainer.find("command");
  for (std::size_t i = 0; command && i < command->items.size(); ++i) {
    checker.check(command->items[i], fmt::format("trainer.command[{}]", i));
  }
  const Node* epochs = trainer.find("epochs");
  if (!epochs) return;
  checker.check(*epochs, "trainer.epochs");
  const Node plain = Node::scalar(epochs->text);  // a resolved study has it in quotes
  if (!epochs_setting(epochs->text) && !epochs_in(plain)) refuse_epochs(*epochs, "trainer.epochs", context);
}

std::vector<std::string> command_line(const TrainerSettings& trainer, const RunPlaces& places) {
  const Filler filler(trainer, places);
  std::vector<std::string> command;
  for (const std::string& item : trainer.command) filler.add(item, command);
  return command;
}

int planned_epochs(const TrainerSettings& trainer, const Node& tree, const ReadContext& context) {
  const auto setting = epochs_setting(trainer.epochs);
  const Node* value = setting ? find_path(trainer.settings.node, *setting) : nullptr;
  Node found = value ? *value : Node::scalar(trainer.epochs);
  if (const auto epochs = epochs_in(found)) return *epochs;
  if (setting) found.where = locate(tree, *setting);
  refuse_epochs(found, setting.value_or("trainer.epochs"), context);
}

std::string settings_json(const TrainerSettings& trainer) {
  return settings_object(trainer.settings.node).dump();
}

}  // namespace ablate
