/// The catalogue as tables in Markdown.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/catalogue.hpp"
#include "config/choices.hpp"
#include "config/scalars.hpp"
#include "config/study.hpp"

namespace ablate {
namespace {

template <class Names>
std::string code_list(const Names& names) {
  std::string text;
  for (const auto& name : names) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", name);
  return text;
}

std::string kind_text(const Setting& setting) {
  const std::string range = range_text(setting.field.range);
  switch (setting.kind) {
    case SettingKind::truth:
      return "`true` or `false`";
    case SettingKind::whole:
      return fmt::format("whole number {}", range);
    case SettingKind::number:
      return fmt::format("number {}", range);
    case SettingKind::text:
      return "text";
    case SettingKind::choice:
      return code_list(setting.choices);
    case SettingKind::monitor:
      return "`<split>.<metric>`";
    case SettingKind::choice_or_number: {
      std::string text = code_list(setting.choices);
      const char* letter = setting.whole_number ? "n" : "x";
      for (const std::string& name : setting.choices_with_number)
        text += fmt::format(", `{{{}: {}}}`", name, letter);
      return fmt::format("{} with {} {}", text, letter, range);
    }
    case SettingKind::duration:
      return "span of time";
    case SettingKind::mapping:
      return "mapping";
    case SettingKind::block:
      break;
  }
  return {};
}

}  // namespace

std::string values_of(const Setting& setting) {
  std::string text = kind_text(setting);
  const auto [least, most] = setting.field.length;
  if (setting.list)
    text = fmt::format("list, {} to {} items (a single one needs no brackets): {}", least, most, text);
  if (!setting.field.unit.empty() && setting.kind != SettingKind::choice_or_number)
    text += fmt::format(" ({})", setting.field.unit);
  return setting.optional ? text + "; or `null`" : text;
}

namespace {

std::string row(const Setting& setting, bool has_tag) {
  const When& when = setting.field.when;
  std::string text =
      fmt::format("| `{}` | {} | `{}` |", setting.field.key, values_of(setting), flow_text(setting.standard));
  if (has_tag) text += fmt::format(" {} |", when.tag.empty() ? "all" : code_list(when.values));
  return text + fmt::format(" {} |\n", setting.field.help);
}

/// How the block may be written shorter: " `optimizer: adam` stands for `{type: adam}`."
std::string short_form(const Setting& block) {
  const std::string key(block.field.key), tag(block.tag());
  const BareNumber& bare = block.field.bare;
  std::string text;
  if (const Setting* setting = block.tag_setting()) {
    const std::string& word = setting->choices.back();
    text = fmt::format(" `{}: {}` stands for `{{{}: {}}}`", key, word, tag, word);
  }
  if (!bare.key.empty())
    text += fmt::format(", and `{}: 0.1` for `{{{}: {}, {}: 0.1}}`", key, tag, bare.choice, bare.key);
  return text.empty() ? text : text + ".";
}

/// The block's own table, then those of the blocks inside it.
std::string section(const Setting& block) {
  const std::string tag(block.tag());
  std::string text = fmt::format("### `{}`\n\n{}", block.path, block.field.help);
  if (!block.field.when.tag.empty()) {
    text += fmt::format(" Belongs to {} {}.", block.field.when.tag, code_list(block.field.when.values));
  }
  text += short_form(block);
  text += fmt::format("\n\n| key | value | default |{} what it is, when to change it |\n",
                      tag.empty() ? "" : fmt::format(" {} |", tag));
  text += fmt::format("|---|---|---|{}---|\n", tag.empty() ? "" : "---|");
  for (const Setting& setting : block.settings) {
    if (setting.kind != SettingKind::block) text += row(setting, !tag.empty());
  }
  for (const Setting& setting : block.settings) {
    if (setting.kind == SettingKind::block) text += fmt::format("\n{}", section(setting));
  }
  return text;
}

}  // namespace

std::string settings_reference() {
  std::string text;
  for (const Setting& block : catalogue())
    text += fmt::format("{}{}", text.empty() ? "" : "\n", section(block));
  return text;
}

}  // namespace ablate
