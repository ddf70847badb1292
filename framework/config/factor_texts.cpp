#include "config/factor_texts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "config/scalars.hpp"
#include "config/variant_drafts.hpp"

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
std::string_view shortest_ending(std::string_view path, const std::vector<std::string>& paths) {
  for (std::size_t parts = 1;; ++parts) {
    const std::string_view end = ending(path, parts);
    const bool clear = std::none_of(paths.begin(), paths.end(), [&](const std::string& other) {
      return other != path && ends_in(other, end);
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

/// The number that stands for a block where it holds nothing else.
std::optional<double> bare_number(const Node& canonical, const Setting& setting) {
  const BareNumber& bare = setting.field.bare;
  if (bare.key.empty() || !canonical.is(Node::Kind::mapping) || canonical.entries.size() > 2) return {};
  const Node* choice = canonical.find(setting.tag());
  if (!choice || choice->text != bare.choice) return {};
  if (const Node* value = canonical.find(bare.key)) return number(*value);
  const auto inner = std::find_if(setting.settings.begin(), setting.settings.end(),
                                  [&](const Setting& s) { return s.field.key == bare.key; });
  return canonical.entries.size() == 1 ? number(inner->standard) : std::nullopt;
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

/// "64-32" of "[64, 32]", for names.
std::string joined(const Node& list) {
  std::string text;
  for (const Node& item : list.items) text += fmt::format("{}{}", text.empty() ? "" : "-", item.text);
  return text;
}

/// Paths of blocks of which one word stands for several values.
std::vector<std::string> ambiguous_blocks(const std::vector<VariantDraft>& drafts) {
  std::map<std::string, std::map<std::string, std::set<std::string>>> values_of_word;
  for (const VariantDraft& draft : drafts) {
    for (const Change& change : draft.changes) {
      if (!has_word(*change.setting)) continue;
      const Node canonical = canonical_value(change.value, *change.setting);
      values_of_word[change.setting->path][word_of(canonical, *change.setting)].insert(flow_text(canonical));
    }
  }
  std::vector<std::string> ambiguous;
  for (const auto& [path, words] : values_of_word) {
    const bool clear =
        std::all_of(words.begin(), words.end(), [](const auto& w) { return w.second.size() == 1; });
    if (!clear) ambiguous.push_back(path);
  }
  return ambiguous;
}

}  // namespace

FactorTexts::FactorTexts(const std::vector<VariantDraft>& drafts, const Node* factors,
                         const ReadContext& context)
    : ambiguous_(ambiguous_blocks(drafts)) {
  for (const VariantDraft& draft : drafts) {
    for (const Change& change : draft.changes) {
      const std::string& path = change.setting->path;
      if (std::find(paths_.begin(), paths_.end(), path) == paths_.end()) paths_.push_back(path);
    }
  }
  if (factors && !factors->is(Node::Kind::null)) factors_ = read_factors(*factors, context);
}

bool FactorTexts::is_changed(const Setting& setting) const {
  return std::find(paths_.begin(), paths_.end(), setting.path) != paths_.end();
}

std::vector<Label> FactorTexts::used_labels(const std::vector<VariantDraft>& drafts,
                                            const NamedFactor& factor) const {
  std::set<const Label*> used;
  for (const VariantDraft& draft : drafts) {
    for (const Change& change : draft.changes) {
      if (change.setting == factor.setting) used.insert(find_label(change));
    }
  }
  std::vector<Label> labels;
  for (const Label& label : factor.labels) {
    if (used.contains(&label)) labels.push_back(label);
  }
  return labels;
}

void FactorTexts::refuse_unused(const std::vector<VariantDraft>& drafts, const ReadContext& context) const {
  for (const NamedFactor& factor : factors_) {
    const std::string path = fmt::format("variants.factors.{}", factor.name);
    if (!is_changed(*factor.setting)) {
      refuse(factor.where, context, fmt::format("{}: no variant changes {}", path, factor.setting->path),
             paths_.empty() ? "" : suggestion(factor.setting->path, paths_));
    }
    std::set<std::string> values;
    for (const VariantDraft& draft : drafts) {
      for (const Change& change : draft.changes) {
        if (change.setting == factor.setting) values.insert(to_string(value(change)));
      }
    }
    const std::vector<Label> used = used_labels(drafts, factor);
    for (const Label& label : factor.labels) {
      const bool is_used =
          std::any_of(used.begin(), used.end(), [&](const Label& u) { return u.value == label.value; });
      if (is_used) continue;
      refuse(label.where, context, fmt::format("{}: no variant has the value '{}'", path, label.value),
             suggestion(label.value, std::vector<std::string>(values.begin(), values.end())));
    }
  }
}

const NamedFactor* FactorTexts::find(const Setting& setting) const {
  const auto found = std::find_if(factors_.begin(), factors_.end(),
                                  [&](const NamedFactor& factor) { return factor.setting == &setting; });
  return found == factors_.end() ? nullptr : &*found;
}

const Label* FactorTexts::find_label(const Change& change) const {
  const NamedFactor* factor = find(*change.setting);
  if (!factor) return nullptr;
  const std::string text = to_string(value(change));
  const std::string written = flow_text(canonical_value(change.value, *change.setting));
  for (const Label& label : factor->labels) {
    if (label.value == text || label.value == written) return &label;
  }
  return nullptr;
}

std::string FactorTexts::name(const Setting& setting) const {
  const NamedFactor* factor = find(setting);
  return factor ? factor->name : setting.path;
}

std::string FactorTexts::label(const Change& change) const {
  const Label* label = find_label(change);
  return label ? label->label : to_string(value(change));
}

std::string FactorTexts::variant_name(const std::vector<Change>& changes, std::size_t first) const {
  std::string name;
  for (std::size_t i = first; i < changes.size(); ++i) {
    const Change& change = changes[i];
    const NamedFactor* factor = find(*change.setting);
    const std::string_view key = factor ? factor->name : shortest_ending(change.setting->path, paths_);
    const Node canonical = canonical_value(change.value, *change.setting);
    const bool list = canonical.is(Node::Kind::sequence) && !canonical.items.empty();
    const std::string text = list && !find_label(change) ? joined(canonical) : label(change);
    name += fmt::format("{}{}={}", name.empty() ? "" : ",", key, text);
  }
  return name;
}

Node FactorTexts::node(const std::vector<VariantDraft>& drafts) const {
  Node node = Node::mapping();
  for (const NamedFactor& factor : factors_) {
    if (!is_changed(*factor.setting)) continue;
    Node entry = Node::mapping();
    entry.style = Node::Style::flow;
    entry.add("key", Node::string(factor.setting->path));
    Node labels = Node::mapping();
    for (const Label& label : used_labels(drafts, factor)) labels.add(label.value, Node::string(label.label));
    if (!labels.entries.empty()) entry.add("labels", std::move(labels));
    node.add(factor.name, std::move(entry));
  }
  return node.entries.empty() ? Node{} : node;
}

Value FactorTexts::value(const Change& change) const {
  const Setting& setting = *change.setting;
  const Node canonical = canonical_value(change.value, setting);
  if (has_word(setting)) {
    const bool ambiguous = std::find(ambiguous_.begin(), ambiguous_.end(), setting.path) != ambiguous_.end();
    if (!ambiguous || canonical.is(Node::Kind::null)) return word_of(canonical, setting);
    if (const auto bare = bare_number(canonical, setting)) return *bare;
    return flow_text(canonical);
  }
  if (canonical.is(Node::Kind::null)) return std::string("none");
  if (canonical.is(Node::Kind::sequence)) {
    if (canonical.items.size() == 1 && is_number(setting)) return number_value(canonical.items[0], setting);
    return flow_text(canonical);
  }
  if (is_number(setting)) return number_value(canonical, setting);
  return canonical.text;
}

}  // namespace ablate
