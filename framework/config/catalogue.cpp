#include "config/catalogue.hpp"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

#include "config/config_writer.hpp"
#include "config/report_block.hpp"
#include "config/scalars.hpp"
#include "config/settings.hpp"

namespace ablate {
namespace {

void shape(Setting& setting, const bool&) { setting.kind = SettingKind::truth; }
void shape(Setting& setting, const int&) { setting.kind = SettingKind::whole; }
void shape(Setting& setting, const double&) { setting.kind = SettingKind::number; }
void shape(Setting& setting, const std::string&) { setting.kind = SettingKind::text; }
void shape(Setting& setting, const Monitor&) { setting.kind = SettingKind::monitor; }
void shape(Setting& setting, const Duration&) { setting.kind = SettingKind::duration; }
void shape(Setting& setting, const OpenMapping&) { setting.kind = SettingKind::mapping; }

template <ChoiceOrNumber T>
void shape(Setting& setting, const T& value) {
  setting.kind = SettingKind::choice_or_number;
  setting.whole_number = std::is_integral_v<decltype(value.number())>;
  const auto with_number = choices_with_number(value.kind);
  setting.choices_with_number.assign(with_number.begin(), with_number.end());
  for (const std::string_view name : choices(value.kind)) {
    if (std::find(with_number.begin(), with_number.end(), name) == with_number.end()) {
      setting.choices.emplace_back(name);
    }
  }
}

template <class Enum>
requires std::is_enum_v<Enum>
void shape(Setting& setting, const Enum& value) {
  setting.kind = SettingKind::choice;
  setting.choices.assign(choices(value).begin(), choices(value).end());
}

template <class T>
void shape(Setting& setting, const std::optional<T>&) {
  setting.optional = true;
  shape(setting, T{});
}

template <class T>
void shape(Setting& setting, const std::vector<T>&) {
  setting.list = true;
  shape(setting, T{});
}

class Lister {
 public:
  explicit Lister(std::string path) : path_(std::move(path)) {}

  template <class T>
  void operator()(const T& value, const Field& field) {
    Setting& setting = add(field);
    shape(setting, value);
    setting.standard = value_node(value);
  }

  template <class Block>
  void block(Block& settings, const Field& field) {
    add(field).settings = list(settings, path_to(field));
  }

  template <class Block>
  void block(std::optional<Block>&, const Field& field) {
    Setting& setting = add(field);
    setting.optional = true;
    Block settings;
    setting.settings = list(settings, setting.path);
  }

  template <class Block>
  static std::vector<Setting> list(Block& settings, const std::string& path) {
    Lister lister(path);
    describe(lister, settings);
    return std::move(lister.settings_);
  }

 private:
  std::string path_to(const Field& field) const {
    return path_.empty() ? std::string(field.key) : fmt::format("{}.{}", path_, field.key);
  }
  Setting& add(const Field& field) {
    return settings_.emplace_back(Setting{.path = path_to(field), .field = field});
  }

  std::string path_;
  std::vector<Setting> settings_;
};

std::vector<Setting> make_catalogue() {
  Config config;
  ReportBlock report;
  StopRules rules;
  TrainerSettings trainer;
  std::vector<Setting> settings = Lister::list(config, "");
  settings.push_back(
      {.path = "trainer",
       .field = {.key = "trainer",
                 .help = "Your own program that trains the runs, in place of `data`, `model` and `training`: "
                         "see [your own script](#your-own-script)."},
       .settings = Lister::list(trainer, "trainer")});
  settings.push_back({.path = "stop_rules",
                      .field = {.key = "stop_rules", .help = "What ends runs early, over the whole sweep."},
                      .settings = Lister::list(rules, "stop_rules")});
  settings.push_back({.path = "report",
                      .field = {.key = "report", .help = "What the report rests on."},
                      .settings = Lister::list(report, "report")});
  return settings;
}

template <class Visit>
void for_each(const std::vector<Setting>& settings, const Visit& visit) {
  for (const Setting& setting : settings) {
    visit(setting);
    for_each(setting.settings, visit);
  }
}

void drop_in(Node& block, const std::vector<Setting>& settings) {
  for (const Setting& setting : settings) {
    const When& when = setting.field.when;
    const Node* tag = when.tag.empty() ? nullptr : block.find(when.tag);
    const bool other =
        tag && std::find(when.values.begin(), when.values.end(), tag->text) == when.values.end();
    const int layer = other ? tag->layer : 0;
    std::erase_if(block.entries,
                  [&](const Entry& e) { return e.key == setting.field.key && e.value.layer < layer; });
  }
  for (Entry& entry : block.entries) {
    const auto inner = std::find_if(settings.begin(), settings.end(),
                                    [&](const Setting& setting) { return setting.field.key == entry.key; });
    if (inner != settings.end()) drop_in(entry.value, inner->settings);
  }
}

bool is_standard(const Node& canonical, const Setting& setting) {
  const bool plain_block = setting.kind == SettingKind::block && !setting.optional;
  return plain_block ? canonical.entries.empty() : flow_text(canonical) == flow_text(setting.standard);
}

Node canonical_block(const Node& value, const Setting& block) {
  Node result = Node::mapping();
  result.style = Node::Style::flow;
  for (const Setting& setting : block.settings) {
    const Node* given = value.find(setting.field.key);
    const bool is_tag = setting.field.key == block.tag();
    if (!given && !is_tag) continue;
    Node node = given ? canonical_value(*given, setting) : setting.standard;
    if (is_tag || !is_standard(node, setting)) result.add(std::string(setting.field.key), std::move(node));
  }
  return result;
}

}  // namespace

std::string_view Setting::tag() const {
  for (const Setting& setting : settings) {
    if (!setting.field.when.tag.empty()) return setting.field.when.tag;
  }
  return {};
}

const Setting* Setting::tag_setting() const {
  const auto found = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& setting) { return setting.field.key == tag(); });
  return found == settings.end() ? nullptr : &*found;
}

const std::vector<Setting>& catalogue() {
  static const std::vector<Setting> settings = make_catalogue();
  return settings;
}

const Setting* find_setting(std::string_view path) {
  const Setting* found = nullptr;
  for_each(catalogue(), [&](const Setting& setting) {
    if (setting.path == path) found = &setting;
  });
  return found;
}

bool is_of_a_variant(const Setting& setting) {
  const std::string block = setting.path.substr(0, setting.path.find('.'));
  return block != "report" && block != "stop_rules" && block != "trainer";
}

std::vector<std::string> setting_paths() {
  std::vector<std::string> paths;
  for_each(catalogue(), [&](const Setting& setting) { paths.push_back(setting.path); });
  return paths;
}

void drop_old_choices(Node& tree) { drop_in(tree, catalogue()); }

Node canonical_value(const Node& value, const Setting& setting) {
  if (value.is(Node::Kind::null)) return Node{};
  if (setting.kind == SettingKind::mapping) return value;
  if (setting.kind == SettingKind::block) {
    return setting.optional && value.is_word("none") ? Node{} : canonical_block(value, setting);
  }
  if (value.is(Node::Kind::sequence)) {
    Node list = Node::sequence();
    for (const Node& item : value.items) list.items.push_back(canonical_value(item, setting));
    return list;
  }
  if (value.is(Node::Kind::mapping)) {
    return choice_with_number(value.entries.at(0).key, value_node(number(value.entries.at(0).value).value()));
  }
  switch (setting.kind) {
    case SettingKind::truth:
      return value_node(truth(value).value());
    case SettingKind::whole:
      return value_node(whole_number(value).value());
    case SettingKind::number:
      return value_node(number(value).value());
    case SettingKind::text:
      return Node::string(value.text);
    default:
      return Node::scalar(word_of(value));
  }
}

}  // namespace ablate
