#include "config/schema_variants.hpp"

#include <initializer_list>
#include <string>
#include <vector>

#include "config/catalogue.hpp"
#include "config/variant_drafts.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

Json reference_to(const std::string& path) {
  std::string pointer = "#/properties/";
  for (const char c : path) pointer += c == '.' ? "/properties/" : std::string(1, c);
  return {{"$ref", pointer}};
}

/// The paths that a variant may change.
std::vector<std::string> variable_paths() {
  std::vector<std::string> paths = setting_paths();
  std::erase_if(paths, [](const std::string& path) { return !is_of_a_variant(*find_setting(path)); });
  return paths;
}

Json list_of(const Json& items) { return {{"type", "array"}, {"minItems", 1}, {"items", items}}; }

Json described(const char* description, Json schema) {
  Json result = {{"description", description}};
  result.update(schema);
  return result;
}

Json name_schema() { return {{"type", "string"}, {"minLength", 1}, {"maxLength", StudyLimits::name}}; }

/// No two of the designs.
Json one_design(const Json& designs) {
  Json pairs = Json::array();
  for (std::size_t i = 0; i < designs.size(); ++i) {
    for (std::size_t k = i + 1; k < designs.size(); ++k) {
      pairs.push_back({{"required", {designs[i], designs[k]}}});
    }
  }
  return {{"type", "object"}, {"anyOf", pairs}};
}

/// The parts of `variants`: of a study of our network, whose settings are known, or of one of another program.
class Parts {
 public:
  explicit Parts(bool own) : own_(own) {}

  Json definition(const std::string& name) const { return {{"$ref", "#/$defs/" + full_name(name)}}; }
  std::string full_name(const std::string& name) const { return own_ ? "own_" + name : name; }

  Json path() const {
    if (own_) return {{"type", "string"}, {"minLength", 1}};
    return {{"enum", variable_paths()}};
  }

  /// The paths, each with a schema made from that of its value.
  template <class Schema>
  Json by_path(const Schema& schema) const {
    if (own_) return {{"type", "object"}, {"additionalProperties", schema(Json::object())}};
    Json properties = Json::object();
    for (const std::string& path : variable_paths()) properties[path] = schema(reference_to(path));
    return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  }

  /// Keys, each with the list of its values, and the designs that nest.
  Json axes() const {
    Json axes = by_path([](const Json& value) { return list_of(value); });
    axes["properties"]["zip"] = definition("zip");
    axes["properties"]["random"] = definition("random");
    axes["minProperties"] = 1;
    return axes;
  }

  /// Axes without some of the designs inside.
  Json axes_without(std::initializer_list<const char*> designs) const {
    Json schema = definition("axes");
    Json any = Json::array();
    for (const char* design : designs) any.push_back({{"required", {design}}});
    schema["not"] = {{"anyOf", any}};
    return schema;
  }

  /// A key with its value, or with a list of values.
  Json conditions() const {
    return by_path([](const Json& value) {
      return value.empty() ? Json::object() : Json{{"anyOf", {value, list_of(value)}}};
    });
  }

  /// Keys with a distribution; which one suits which key, the program says.
  Json space() const {
    const auto bounds = [](const char* type) {
      return Json{{"type", "array"}, {"items", {{"type", type}}}, {"minItems", 2}, {"maxItems", 2}};
    };
    Json distribution = {{"type", "object"}, {"minProperties", 1}, {"maxProperties", 1}};
    distribution["properties"] = {{"choice", {{"type", "array"}, {"minItems", 1}}},
                                  {"uniform", bounds("number")},
                                  {"log_uniform", bounds("number")},
                                  {"int_uniform", bounds("integer")}};
    distribution["additionalProperties"] = false;
    return {{"type", "object"},
            {"minProperties", 1},
            {"propertyNames", definition("path")},
            {"additionalProperties", distribution}};
  }

  Json random() const {
    Json schema = {{"type", "object"}, {"required", {"count", "space"}}, {"additionalProperties", false}};
    schema["properties"]["count"] = {{"description", "Variants to draw."},
                                     {"type", "integer"},
                                     {"minimum", 1},
                                     {"maximum", StudyLimits::variants}};
    schema["properties"]["seed"] = {{"description", "Of the draws, apart from the seeds of runs."},
                                    {"type", "integer"},
                                    {"minimum", 0},
                                    {"default", 1}};
    schema["properties"]["space"] = space();
    return schema;
  }

  Json factors() const {
    const Json key = definition("path");
    Json labelled = {{"type", "object"}, {"required", {"key"}}, {"additionalProperties", false}};
    labelled["properties"]["key"] = key;
    labelled["properties"]["labels"] = {{"type", "object"}, {"additionalProperties", name_schema()}};
    return {{"type", "object"},
            {"propertyNames", name_schema()},
            {"additionalProperties", {{"anyOf", {key, labelled}}}}};
  }

 private:
  bool own_;
};

}  // namespace

Json variants_definitions(bool own) {
  const Parts parts(own);
  Json definitions;
  definitions[parts.full_name("path")] = parts.path();
  definitions[parts.full_name("changes")] = parts.by_path([](const Json& value) { return value; });
  definitions[parts.full_name("conditions")] = parts.conditions();
  definitions[parts.full_name("axes")] = parts.axes();
  definitions[parts.full_name("zip")] = parts.axes_without({"zip", "random"});
  definitions[parts.full_name("random")] = parts.random();
  return definitions;
}

Json variants_schema(bool own) {
  const Parts parts(own);
  const Json conditions = {{"type", "array"}, {"items", parts.definition("conditions")}};
  Json schema = {{"description", "How the variants come about; without it there is one, named default."},
                 {"type", {"object", "null"}}};
  Json& properties = schema["properties"];
  properties["baseline"] = described("The changes that make the variant which the others are compared with.",
                                     parts.definition("changes"));
  properties["grid"] =
      described("Every combination of the values, the first key slowest.", parts.definition("axes"));
  properties["zip"] =
      described("Values in step: the first of every key, then the second.", parts.definition("zip"));
  properties["one_at_a_time"] =
      described("The baseline, and the baseline with each value alone.", parts.axes_without({"random"}));
  properties["list"] = described("Variants by name, each with its changes.",
                                 {{"type", "object"},
                                  {"minProperties", 1},
                                  {"propertyNames", {{"minLength", 1}, {"maxLength", StudyLimits::name}}},
                                  {"additionalProperties", parts.definition("changes")}});
  properties["random"] = described("Variants drawn from a space.", parts.definition("random"));
  properties["only"] = described("Only variants that have the values of an entry are kept.", conditions);
  properties["exclude"] = described("A variant that has all values of an entry is dropped.", conditions);
  properties["factors"] =
      described("Names for what varies, and labels for its values, in names and tables.", parts.factors());
  schema["not"] = one_design({"grid", "zip", "one_at_a_time", "list", "random"});
  schema["additionalProperties"] = false;
  return schema;
}

}  // namespace ablate
