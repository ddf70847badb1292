/// The catalogue as JSON Schema (draft 2020-12).

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "config/catalogue.hpp"
#include "config/choices.hpp"
#include "config/scalars.hpp"
#include "config/schema_variants.hpp"
#include "config/study.hpp"
#include "config/study_head.hpp"
#include "config/tuning.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Node& node) {
  if (node.is(Node::Kind::null)) return nullptr;
  if (node.is(Node::Kind::sequence)) {
    Json list = Json::array();
    for (const Node& item : node.items) list.push_back(json_of(item));
    return list;
  }
  if (const auto value = truth(node)) return *value;
  if (const auto value = whole_number(node)) return *value;
  if (const auto value = number(node)) return *value;
  return node.text;
}

/// Whole bounds as whole numbers, so that the schema says 1 and not 1.0.
Json bound(double value) {
  if (value == std::floor(value)) return static_cast<std::int64_t>(value);
  return value;
}

void add_range(Json& schema, const Range& range) {
  if (std::isfinite(range.low)) schema[range.open_low ? "exclusiveMinimum" : "minimum"] = bound(range.low);
  if (std::isfinite(range.high)) schema[range.open_high ? "exclusiveMaximum" : "maximum"] = bound(range.high);
}

/// One of the words, or a mapping of one word to its number.
Json choice_or_number_schema(const Setting& setting) {
  Json number = {{"type", setting.whole_number ? "integer" : "number"}};
  add_range(number, setting.field.range);
  Json alternatives = Json::array({Json{{"enum", setting.choices}}});
  for (const std::string& name : setting.choices_with_number) {
    Json with_number = {{"type", "object"}, {"additionalProperties", false}, {"required", {name}}};
    with_number["properties"][name] = number;
    alternatives.push_back(with_number);
  }
  return {{"oneOf", alternatives}};
}

/// `true` and `false` are no texts in YAML.
Json words(const std::vector<std::string>& choices) {
  Json all = Json::array();
  for (const std::string& choice : choices) {
    if (choice == "true" || choice == "false") {
      all.push_back(choice == "true");
    } else {
      all.push_back(choice);
    }
  }
  return all;
}

/// What may stand for a text: any scalar, and editors take 5 and true for something else.
Json text_types() { return {"string", "number", "boolean"}; }

Json scalar_schema(const Setting& setting) {
  switch (setting.kind) {
    case SettingKind::truth:
      return {{"type", "boolean"}};
    case SettingKind::text:
      return {{"type", text_types()}};
    case SettingKind::choice:
      return {{"enum", words(setting.choices)}};
    case SettingKind::monitor:
      return {{"$ref", "#/$defs/monitor"}};
    case SettingKind::choice_or_number:
      return choice_or_number_schema(setting);
    case SettingKind::duration:
      return {{"type", "string"}, {"pattern", "^(none|[0-9]+(\\.[0-9]+)?(s|min|h|d))$"}};
    case SettingKind::mapping:
      return {{"type", "object"}};
    default:
      break;
  }
  Json schema = {{"type", setting.kind == SettingKind::whole ? "integer" : "number"}};
  add_range(schema, setting.field.range);
  return schema;
}

Json value_schema(const Setting& setting) {
  Json schema = scalar_schema(setting);
  if (setting.list) {
    const Json list = {{"type", "array"},
                       {"items", schema},
                       {"minItems", setting.field.length.least},
                       {"maxItems", setting.field.length.most}};
    schema = {{"anyOf", Json::array({list, schema})}};
  }
  if (setting.optional) {
    Json types = schema["type"];
    if (!types.is_array()) types = Json::array({types});
    types.push_back("null");
    schema["type"] = types;
  }
  return schema;
}

std::string description(const Field& field) {
  return field.unit.empty() ? std::string(field.help) : fmt::format("{} Unit: {}.", field.help, field.unit);
}

Json schema_of(const Setting& setting);

/// A key is allowed beside these values of the tag; without a tag, where its default is one of them.
Json dependence(const Setting& setting, const Setting& block) {
  const When& when = setting.field.when;
  Json rule = {{"properties", {{std::string(when.tag), {{"enum", when.values}}}}}};
  for (const Setting& tag : block.settings) {
    if (tag.field.key != when.tag) continue;
    const bool by_default =
        std::find(when.values.begin(), when.values.end(), tag.standard.text) != when.values.end();
    if (!by_default) rule["required"] = {when.tag};
  }
  return rule;
}

Json block_schema(const Setting& block) {
  Json schema = {{"type", {"object", "null"}}};
  if (block.optional) schema = {{"type", {"object", "string", "null"}}, {"pattern", "^none$"}};
  if (const Setting* tag = block.tag_setting()) {
    schema = {{"type", {"object", "string", "null"}},
              {"pattern", fmt::format("^({})$", fmt::join(tag->choices, "|"))}};
    if (!block.field.bare.key.empty()) schema["type"].push_back("number");
  }
  schema["properties"] = Json::object();
  Json dependent = Json::object();
  for (const Setting& setting : block.settings) {
    const std::string key(setting.field.key);
    schema["properties"][key] = schema_of(setting);
    if (!setting.field.when.tag.empty()) dependent[key] = dependence(setting, block);
  }
  if (!dependent.empty()) schema["dependentSchemas"] = dependent;
  schema["additionalProperties"] = false;
  return schema;
}

Json schema_of(const Setting& setting) {
  Json schema = {{"description", description(setting.field)}};
  const bool block = setting.kind == SettingKind::block;
  schema.update(block ? block_schema(setting) : value_schema(setting));
  if (!block) schema["default"] = json_of(setting.standard);
  return schema;
}

Json seeds_schema() {
  const Json count = {{"type", "integer"}, {"minimum", 1}, {"maximum", most_seeds}};
  const Json list = {{"type", "array"},
                     {"items", {{"type", "integer"}, {"minimum", 0}}},
                     {"minItems", 1},
                     {"maxItems", most_seeds},
                     {"uniqueItems", true}};
  const SeedsUntilSettled standard;
  const auto number = [&](const char* what, std::size_t count_by_default) {
    Json schema = count;
    schema["description"] = what;
    schema["default"] = count_by_default;
    return schema;
  };
  const Json until = {
      {"type", "object"},
      {"properties",
       {{"first", number("Seeds before the first look.", standard.first)},
        {"step", number("Seeds between looks.", standard.step)},
        {"most", number("Seeds at the last look.", standard.most)},
        {"until", {{"enum", {"settled"}}, {"description", "Each contrast is better, worse or the same."}}}}},
      {"required", {"until"}},
      {"additionalProperties", false}};
  return {
      {"description",
       "A count (10 stands for 1 to 10), a list, or planned looks until the question is settled; every variant is "
       "run once with each."},
      {"oneOf", Json::array({count, list, until})},
      {"default", default_seeds}};
}

Json tune_schema() {
  const Json values = {
      {"type", "array"}, {"minItems", 2}, {"description", "Values of a setting, by its dotted key."}};
  return {
      {"description",
       "Settings that each variant gets for itself: the values that validation chooses on seeds that the comparison "
       "does not use. Every variant is tuned as much."},
      {"type", {"object", "null"}},
      {"properties",
       {{"by", {{"$ref", "#/$defs/monitor"}, {"description", "On validation; by default its log loss."}}},
        {"seeds",
         {{"type", "integer"},
          {"minimum", 1},
          {"maximum", most_tuning_seeds},
          {"default", TuneSettings{}.seeds}}}}},
      {"additionalProperties", values}};
}

Json monitor_schema(const std::vector<std::string>& metrics) {
  Json values = Json::array();
  for (const std::string_view split : choices(SplitName{})) {
    for (const std::string& metric : metrics) values.push_back(fmt::format("{}.{}", split, metric));
  }
  const Json own = {{"type", "string"}, {"pattern", "^(train|validation|test)\\..+$"}};
  return {{"description", "A split and a metric, one of the suite or one that trainer.metrics declares."},
          {"anyOf", Json::array({Json{{"enum", values}}, own})}};
}

Json properties_schema() {
  Json properties;
  properties["study"] = {{"description", "Its name; its report goes to a folder of that name."},
                         {"type", text_types()},
                         {"pattern", "^[^./\\u0000-\\u001f][^/\\u0000-\\u001f]*$"},
                         {"maxLength", longest_study_name}};
  properties["question"] = {
      {"description", "What it asks; by default the comment that the file begins with."},
      {"type", text_types()}};
  properties["extends"] = {
      {"description",
       "A study file, relative to this one, whose settings hold where this one says nothing else."},
      {"type", "string"},
      {"minLength", 1}};
  for (const Setting& block : catalogue()) {
    properties[block.path] = schema_of(block);
    if (block.path == "training") {
      properties["variants"] = Json::object();  // by the kind of the study: see below
      properties["seeds"] = seeds_schema();
      properties["tune"] = tune_schema();
    }
  }
  return properties;
}

}  // namespace

std::string json_schema(const std::vector<std::string>& metrics) {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "A study of ablate"},
                 {"type", "object"},
                 {"required", {"study"}}};
  schema["properties"] = properties_schema();
  schema["additionalProperties"] = false;
  const auto with_variants = [](bool own) {
    Json part;
    part["properties"]["variants"] = variants_schema(own);
    return part;
  };
  schema["if"] = {{"required", {"trainer"}}};
  schema["then"] = with_variants(true);
  schema["else"] = with_variants(false);
  schema["$defs"]["monitor"] = monitor_schema(metrics);
  schema["$defs"].update(variants_definitions(false));
  schema["$defs"].update(variants_definitions(true));
  return schema.dump(2) + "\n";
}

}  // namespace ablate
