#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ablate/config/cells.hpp"
#include "ablate/config/scalars.hpp"

namespace ablate {
namespace {

/// The last `parts` parts of a dotted path.
std::string_view ending(std::string_view path, std::size_t parts) {
  std::size_t start = path.size();
  while (parts-- > 0 && start != std::string_view::npos && start > 0) start = path.rfind('.', start - 1);
  return start == std::string_view::npos ? path : path.substr(start + 1);
}

bool ends_in(std::string_view path, std::string_view end) {
  return path == end || (path.ends_with(end) && path[path.size() - end.size() - 1] == '.');
}

/// The shortest ending of `path` that none of the other paths has.
std::string_view shortest_ending(std::string_view path, const std::vector<Change>& changes) {
  for (std::size_t parts = 1;; ++parts) {
    const std::string_view end = ending(path, parts);
    const bool clear = std::none_of(changes.begin(), changes.end(), [&](const Change& change) {
      return change.setting->path != path && ends_in(change.setting->path, end);
    });
    if (clear || end == path) return end;
  }
}

/// A block's value as one word: that of its tag.
std::string word_of(const Node& canonical, const Setting& setting) {
  if (canonical.is(Node::Kind::null)) return "none";
  if (setting.kind == SettingKind::choice_or_number) {
    return canonical.is(Node::Kind::mapping) ? canonical.entries.front().key : canonical.text;
  }
  if (canonical.entries.empty()) return "default";
  const Node* tag = canonical.find(setting.tag());
  return tag ? tag->text : flow_text(canonical);
}

bool has_word(const Setting& setting) {
  return setting.kind == SettingKind::block || setting.kind == SettingKind::choice_or_number;
}

Value number_value(const Node& canonical, const Setting& setting) {
  if (setting.kind == SettingKind::whole) return whole_number(canonical).value();
  return number(canonical).value();
}

bool is_number(const Setting& setting) {
  return setting.kind == SettingKind::whole || setting.kind == SettingKind::number;
}

/// "64-32" where the factor's text is "[64, 32]".
std::string name_text(const Change& change, const FactorTexts& texts) {
  const Node canonical = canonical_value(change.value, *change.setting);
  if (!canonical.is(Node::Kind::sequence) || canonical.items.empty()) return to_string(texts.value(change));
  std::string text;
  for (const Node& item : canonical.items) text += (text.empty() ? "" : "-") + item.text;
  return text;
}

}  // namespace

FactorTexts::FactorTexts(const std::vector<Cell>& cells) {
  std::map<std::string, std::map<std::string, std::set<std::string>>> values_of_word;
  for (const Cell& cell : cells) {
    for (const Change& change : cell.changes) {
      if (!has_word(*change.setting)) continue;
      const Node canonical = canonical_value(change.value, *change.setting);
      values_of_word[change.setting->path][word_of(canonical, *change.setting)].insert(flow_text(canonical));
    }
  }
  for (const auto& [path, words] : values_of_word) {
    const bool clear =
        std::all_of(words.begin(), words.end(), [](const auto& w) { return w.second.size() == 1; });
    if (!clear) ambiguous_.push_back(path);
  }
}

Value FactorTexts::value(const Change& change) const {
  const Setting& setting = *change.setting;
  const Node canonical = canonical_value(change.value, setting);
  if (has_word(setting)) {
    const bool ambiguous = std::find(ambiguous_.begin(), ambiguous_.end(), setting.path) != ambiguous_.end();
    return ambiguous && !canonical.is(Node::Kind::null) ? flow_text(canonical) : word_of(canonical, setting);
  }
  if (canonical.is(Node::Kind::null)) return std::string("none");
  if (canonical.is(Node::Kind::sequence)) {
    if (canonical.items.size() == 1 && is_number(setting)) return number_value(canonical.items[0], setting);
    return flow_text(canonical);
  }
  if (is_number(setting)) return number_value(canonical, setting);
  return canonical.text;
}

void name_grid(std::vector<Cell>& cells) {
  const FactorTexts texts(cells);
  for (Cell& cell : cells) {
    for (const Change& change : cell.changes) {
      const std::string_view key = shortest_ending(change.setting->path, cell.changes);
      cell.name += fmt::format("{}{}={}", cell.name.empty() ? "" : ",", key, name_text(change, texts));
    }
    if (cell.name.size() <= StudyLimits::name) continue;
    throw RequestError(cell.where,
                       fmt::format("the name '{}...' is longer than {} characters", cell.name.substr(0, 40),
                                   StudyLimits::name),
                       "name the variants in variants.list");
  }
}

}  // namespace ablate
