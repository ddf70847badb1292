#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "config/study.hpp"
#include "metrics/metric_table.hpp"
#include "store/schema.hpp"
#include "store/settings_of.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

namespace {

using Texts = std::vector<std::string>;

/// "key=value", numbers with their type.
Texts read(const std::string& config) {
  Texts found;
  for (const FactorRecord& setting : settings_of(config)) {
    const char* type = std::holds_alternative<std::int64_t>(setting.value)     ? "int "
                       : std::holds_alternative<double>(setting.value)         ? "real "
                       : std::holds_alternative<std::monostate>(setting.value) ? "null"
                                                                               : "";
    found.push_back(fmt::format("{}={}{}", setting.key, type, to_string(setting.value)));
  }
  return found;
}

/// A study whose variants use every block and the ways to write a value.
const char* const study = R"(# ?
study: s
data: {source: emnist, split: "47", path: 'a "b": c', train_on: [train, test]}
model: {hidden: [64, 32], init: {normal: 0.01}}
training: {early_stopping: {monitor: validation.f1, patience: 3}}
variants:
  list:
    a: {model.dropout: 0.25, training.learning_rate: {schedule: cosine}}
    b: {model.hidden: [16], model.skip: none}
)";

}  // namespace

TEST_CASE("settings are read from canonical text with their full keys and types", "[store]") {
  CHECK(
      read(
          "data:\n  split: \"47\"\n  path: \"a \\\"b\\\\: \\n\"\n  mapping: \"\"\n  transposed: "
          "null\nmodel:\n"
          "  hidden: [64]\n  dropout: 0.25\n  rate: 1e-07\n  shuffle: true\n  wide: [64, 32]\n  on: [train]\n"
          "  init: {normal: 0.01}\n  optimizer:\n    type: sgd\n    momentum: 0\n  stop: null\n") ==
      Texts{"data.split=47", "data.path=a \"b\\: \n", "data.mapping=", "data.transposed=null",
            "model.hidden=int 64", "model.dropout=real 0.25", "model.rate=real 1e-07", "model.shuffle=true",
            "model.wide=[64, 32]", "model.on=[train]", "model.init={normal: 0.01}", "model.optimizer=sgd",
            "model.optimizer.type=sgd", "model.optimizer.momentum=int 0", "model.stop=null"});
}

TEST_CASE("a key in quotes is the name within them", "[store]") {
  CHECK(read("trainer:\n  metrics:\n    \"val/acc@1\": up\n    \"a: \\\"b\\\"\": down\n    plain: up\n"
             "    \"open: up\n    \"two\" words: up\n") ==
        Texts{"trainer.metrics=up", "trainer.metrics.val/acc@1=up", "trainer.metrics.a: \"b\"=down",
              "trainer.metrics.plain=up"});
}

TEST_CASE("text of another form has no settings, and lines of another form are passed over", "[store]") {
  CHECK(read("").empty());
  CHECK(read("a").empty());
  CHECK(read("a: 1\n").empty());
  CHECK(read("a:\n   b: 1\n\n  c: 2\n      d: 3\n  : 4\n  e:5\n") == Texts{"a.c=int 2"});
}

TEST_CASE("planning writes every setting of a variant, and planning again replaces them", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  const Study parsed = parse_study(study, "s.yaml", {}, metric_names());
  std::vector<VariantRecord> variants;
  for (const Variant& variant : parsed.variants) {
    variants.push_back(variant_named(variant.name, variant.yaml));
    for (const Factor& factor : variant.factors)
      variants.back().factors.push_back({factor.key, factor.value});
  }
  Store store(file);
  store.plan(study_named("s"), variants, {1});
  CHECK(row(file, "SELECT value, typeof(value) FROM setting WHERE variant_id = 1 AND key = 'data.split'") ==
        "47|text");
  CHECK(row(file, "SELECT value FROM setting WHERE variant_id = 1 AND key = 'data.path'") == "a \"b\": c");
  CHECK(row(file, "SELECT value FROM setting WHERE variant_id = 1 AND key = 'training.early_stopping'") ==
        "validation.f1");
  // What a variant changes stands in both tables, the same.
  CHECK(rows(file,
             "SELECT factor.key, factor.value, setting.value FROM factor LEFT JOIN setting USING "
             "(variant_id, key) "
             "WHERE factor.value IS NOT setting.value OR typeof(factor.value) IS NOT typeof(setting.value)")
            .empty());
  CHECK(row(file, "SELECT count(*) FROM factor") == "4");
  variants[0].config = "model:\n  dropout: 0.5\n";
  store.plan(study_named("s"), variants, {1});
  CHECK(rows(file, "SELECT key, value FROM setting WHERE variant_id = 1") == Texts{"model.dropout|0.5"});
}

TEST_CASE("a file of version 4 gets the settings of its variants", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  {
    SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(old, file.string(), 4);
    old.exec("INSERT INTO study VALUES (1, 's', '', '', '', '', '', NULL)");
    old.exec(
        "INSERT INTO variant VALUES (1, 1, 0, 'a', 1, 'model:\n  hidden: [64]\n  skip: none\n', '', 1, 1), "
        "(2, 1, 1, 'b', 0, 'model:\n  hidden: [64, 32]\n', '', 1, 1)");
  }
  { const Store store(file); }
  CHECK(rows(file, "SELECT variant_id, key, value, typeof(value) FROM setting ORDER BY variant_id, key") ==
        Texts{"1|model.hidden|64|integer", "1|model.skip|none|text", "2|model.hidden|[64, 32]|text"});
}
