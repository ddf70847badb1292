#include <algorithm>
#include <set>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "config/catalogue.hpp"
#include "config/study_support.hpp"
#include "support/approve.hpp"
#include "support/source_folder.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("the committed JSON Schema is what the program prints") {
  approve("configs/study.schema.json", json_schema(metric_names_of_design));
}

TEST_CASE("the settings in configs/README.md are what the program says") {
  const std::string begin = "see tests/config/reference_test.cpp -->\n";
  const std::string end = "<!-- end of settings -->";
  const std::string page = read_file(source_folder().string() + "/configs/README.md", 1 << 20);
  const std::size_t from = page.find(begin);
  const std::size_t to = page.find(end);
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  approve("configs/README.md",
          page.substr(0, from + begin.size()) + "\n" + settings_reference() + "\n" + page.substr(to));
}

TEST_CASE("every setting has a key, a sentence and, if it is a number, a range that holds its default") {
  std::set<std::string> paths;
  for (const std::string& path : setting_paths()) {
    INFO(path);
    const Setting* setting = find_setting(path);
    REQUIRE(setting != nullptr);
    CHECK(paths.insert(path).second);
    CHECK(setting->field.help.size() > 10);
    CHECK(setting->field.help.back() == '.');
    const bool is_number = setting->kind == SettingKind::whole || setting->kind == SettingKind::number;
    if (!is_number) continue;
    CHECK(setting->field.range.high < 1e10);
    if (setting->standard.is(Node::Kind::scalar))
      CHECK(setting->field.range.contains(std::stod(setting->standard.text)));
  }
  CHECK(paths.size() > 50);
}

TEST_CASE("a key that belongs to some choices names a tag that comes before it and choices that exist") {
  for (const std::string& path : setting_paths()) {
    const Setting* block = find_setting(path);
    for (std::size_t i = 0; i < block->settings.size(); ++i) {
      const When& when = block->settings[i].field.when;
      if (when.tag.empty()) continue;
      INFO(block->settings[i].path);
      const auto tag = std::find_if(block->settings.begin(), block->settings.end(),
                                    [&](const Setting& setting) { return setting.field.key == when.tag; });
      REQUIRE(tag < block->settings.begin() + static_cast<std::ptrdiff_t>(i));
      for (const std::string& value : when.values) {
        CHECK(std::count(tag->choices.begin(), tag->choices.end(), value) == 1);
      }
    }
  }
}

TEST_CASE("every reference inside the JSON Schema leads somewhere") {
  const auto schema = nlohmann::json::parse(json_schema(metric_names_of_design));
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  std::size_t references = 0;
  const auto flat = schema.flatten();
  for (const auto& [pointer, value] : flat.items()) {
    if (!pointer.ends_with("/$ref")) continue;
    ++references;
    INFO(value);
    CHECK(schema.contains(nlohmann::json::json_pointer(value.get<std::string>().substr(1))));
  }
  CHECK(references > 100);
}

TEST_CASE("the JSON Schema gives each setting its default, bounds and choices") {
  const auto schema = nlohmann::json::parse(json_schema(metric_names_of_design));
  const auto& training = schema["properties"]["training"]["properties"];
  CHECK(training["epochs"]["default"] == 20);
  CHECK(training["epochs"]["minimum"] == 1);
  CHECK(training["learning_rate"]["properties"]["initial"]["exclusiveMinimum"] == 0);
  CHECK(schema["properties"]["model"]["properties"]["skip"]["enum"] ==
        nlohmann::json({"none", "projection", "identity"}));
  CHECK(schema["properties"]["data"]["properties"]["train_images"]["type"] ==
        nlohmann::json({"integer", "null"}));
  const nlohmann::json any_scalar = {"string", "number", "boolean"};
  CHECK(schema["properties"]["data"]["properties"]["label"]["type"] == any_scalar);
  CHECK(schema["properties"]["report"]["properties"]["contrast"]["properties"]["from"]["type"] == any_scalar);
  CHECK(schema["properties"]["question"]["type"] == any_scalar);
  CHECK(schema["$defs"]["monitor"]["anyOf"][0]["enum"].size() == 3 * 14);
  CHECK(schema["required"] == nlohmann::json({"study"}));
  CHECK(schema["additionalProperties"] == false);
}
