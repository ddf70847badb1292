#include "cli/offers.hpp"

#include <fmt/format.h>

#include "ask/lexer.hpp"
#include "ask/names.hpp"
#include "cli/common.hpp"
#include "config/catalogue.hpp"
#include "metrics/metric_table.hpp"
#include "store/names.hpp"
#include "text/half_word.hpp"

namespace ablate {
namespace {

constexpr const char* split_names[] = {"train", "validation", "test"};

void add(std::vector<Offer>& offers, const std::vector<std::string>& words) {
  for (const std::string& word : words) offers.push_back({word, {}});
}

void add_metrics(std::vector<Offer>& offers, const std::string& before = {}) {
  for (const char* split : split_names) {
    for (const Metric& metric : metric_table())
      offers.push_back({fmt::format("{}{}.{}", before, split, metric.name), std::string(metric.definition)});
  }
}

/// "key=" for every setting, and once the key is typed its values, as far as they can be named.
void add_settings(std::vector<Offer>& offers, const std::string& typed) {
  const std::size_t equals = typed.find('=');
  if (equals == std::string::npos) {
    for (const std::string& path : setting_paths()) {
      const Setting& setting = *find_setting(path);
      if (setting.kind != SettingKind::block) offers.push_back({path + "=", std::string(setting.field.help)});
    }
    for (const char* key : {"study=", "question=", "seeds="}) offers.push_back({key, {}});
    return;
  }
  const Setting* setting = find_setting(typed.substr(0, equals));
  if (!setting) return;
  const std::string before = setting->path + "=";
  if (setting->kind == SettingKind::monitor) return add_metrics(offers, before);
  std::vector<std::string> values = setting->choices;
  if (setting->kind == SettingKind::truth) values = {"true", "false"};
  for (const std::string& value : values) {
    offers.push_back({before + (setting->list ? fmt::format("[{}]", value) : value), {}});
  }
  if (setting->optional) offers.push_back({before + "null", {}});
}

/// The names and functions that may go on from the last word of `typed`; behind "name =" the values of the
/// name.
void add_condition(std::vector<Offer>& offers, const OfferContext& context, const std::string& typed) {
  const std::string before = typed.substr(0, half_word(typed));
  std::string left = before.substr(0, before.find_last_not_of(' ') + 1);
  const bool compares = left.ends_with('=');
  left.resize(left.find_last_not_of(" =!") + 1);
  left.erase(0, left.find_last_of(" ,(") + 1);
  if (compares && ask::is_name(left)) {
    for (const std::string& value : ask::find_name(left, left, 0).choices)
      offers.push_back({before + value, {}});
    return;
  }
  for (const ask::Fact& fact : ask::facts())
    offers.push_back({before + std::string(fact.name), std::string(fact.meaning)});
  for (const std::string& name : ask::all_names()) {
    if (name.find('.') != std::string::npos) offers.push_back({before + name, {}});
  }
  for (const std::string& name : Names(database_path(context.database)).metrics())
    offers.push_back({before + ask::written_name(name), "reported by a program"});
  for (const std::string& name : ask::function_names()) offers.push_back({before + name + "(", {}});
}

/// Names of a database.
void add_stored(std::vector<Offer>& offers, ValueKind kind, const OfferContext& context,
                const std::string& typed) {
  const Names names(database_path(context.database));
  const bool either = kind == ValueKind::study_or_run;
  if (kind == ValueKind::study || either) add(offers, names.studies(typed));
  if (kind == ValueKind::variant) add(offers, names.variants(context.study, typed));
  if (kind == ValueKind::run || either) add(offers, names.runs(typed));
  if (kind == ValueKind::tag) add(offers, names.tags(typed));
}

}  // namespace

std::vector<Offer> value_offers(const ValueShape& value, const OfferContext& context,
                                const std::string& typed) {
  std::vector<Offer> offers;
  add(offers, value.choices);
  switch (value.kind) {
    case ValueKind::format:
      if (value.choices.empty()) add(offers, format_names());
      break;
    case ValueKind::split:
      if (value.choices.empty()) add(offers, {std::begin(split_names), std::end(split_names)});
      break;
    case ValueKind::metric:
      add_metrics(offers);
      break;
    case ValueKind::condition:
      add_condition(offers, context, typed);
      break;
    case ValueKind::setting:
      add_settings(offers, typed);
      break;
    case ValueKind::study:
    case ValueKind::variant:
    case ValueKind::run:
    case ValueKind::study_or_run:
    case ValueKind::tag:
      add_stored(offers, value.kind, context, typed);
      break;
    case ValueKind::nothing:
    case ValueKind::file:
    case ValueKind::folder:
    case ValueKind::study_file:
      break;
  }
  return offers;
}

}  // namespace ablate
