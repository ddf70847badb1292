/// What was chosen once runs were done, as the plan that chose it notes.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "store/choice_note.hpp"
#include "store/free_metrics.hpp"
#include "store/reader.hpp"
#include "store/store_support.hpp"

using namespace ablate;
using namespace ablate::test;

TEST_CASE("what a report rests on and was chosen once runs were done is noted, with how many", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto config = [](const std::string& primary) {
    return "study: s\nreport:\n  primary: " + primary + "\n  confidence: 0.95\n";
  };
  const auto notes = [&] { return rows(file, "SELECT text FROM note WHERE study_id = 1 ORDER BY id"); };
  StudyRecord study = study_named("s");
  study.config = config("test.accuracy");
  std::vector<VariantRecord> variants = {variant_named("a"), variant_named("b")};
  variants[0].is_baseline = true;
  store.plan(study, variants, {1, 2});
  study.config = config("test.f1");
  store.plan(study, variants, {1, 2});
  CHECK(notes().empty());  // no run was done
  execute(file, "UPDATE run SET status = 'done' WHERE id = 1");
  variants[0].is_baseline = false, variants[1].is_baseline = true;
  study.config =
      "study: s\nreport:\n  primary: test.log_loss\n  confidence: 0.9\n  contrast:\n    factor: model.skip\n"
      "    by: [model.hidden]\n";
  store.plan(study, variants, {1, 2});
  CHECK(
      notes() ==
      std::vector<std::string>{
          "baseline chosen after 1 of 4 runs were done: b (before: a)",
          "confidence chosen after 1 of 4 runs were done: 0.9 (before: 0.95)",
          "contrast chosen after 1 of 4 runs were done: factor: model.skip, by: [model.hidden] (before: none)",
          "primary chosen after 1 of 4 runs were done: test.log_loss (before: test.f1)"});
  store.plan(study, variants, {1, 2});
  CHECK(notes().size() == 4);
  const auto declare = [&](const std::string& metrics) {
    for (VariantRecord& variant : variants) variant.config = "trainer:\n  metrics:\n" + metrics;
    store.plan(study, variants, {1, 2});
  };
  declare("    test.score: up\n");
  CHECK(notes().size() == 4);  // it had none before
  declare("    test.score: down\n    test.bleu: up\n");
  CHECK(notes().at(4) == "direction of test.score chosen after 1 of 4 runs were done: down (before: up)");
  CHECK(is_choice_note({notes().at(4), ""}));
  CHECK(notes().size() == 5);
}

TEST_CASE("a margin that is changed once runs were done is noted in words, without the rest of the contrast",
          "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  StudyRecord study = study_named("s");
  const auto plan_with = [&](const std::string& contrast) {
    study.config = "study: s\nreport:\n  primary: test.accuracy\n" + contrast;
    store.plan(study, {variant_named("a"), variant_named("b")}, {1, 2});
    return rows(file, "SELECT text FROM note WHERE study_id = 1 ORDER BY id");
  };
  const auto contrast = [](const std::string& factor, const std::string& margin) {
    return "  contrast:\n    factor: " + factor +
           "\n    from: \"\"\n    to: \"\"\n    by: []\n    margin: " + margin + "\n";
  };
  plan_with("");
  execute(file, "UPDATE run SET status = 'done' WHERE id = 1");
  const std::string first = "the margin was changed from 0 to 0.003 after 1 of 4 runs were done";
  CHECK(plan_with(contrast("\"\"", "0.003")) == std::vector<std::string>{first});
  CHECK(plan_with(contrast("model.skip", "0.003")) ==
        std::vector<std::string>{
            first, "contrast chosen after 1 of 4 runs were done: factor: model.skip (before: none)"});
  CHECK(plan_with(contrast("model.skip", "0")).back() ==
        "the margin was changed from 0.003 to 0 after 1 of 4 runs were done");
  CHECK(is_choice_note({first, ""}));
}

TEST_CASE("variants that a newer plan lacks have no say in which way a metric is better", "[store]") {
  const Folder folder;
  const auto file = folder / "a.db";
  Store store(file);
  const auto plan_one = [&](const std::string& name, const std::string& direction) {
    VariantRecord variant = variant_named(name);
    variant.config = "trainer:\n  metrics:\n    test.score: " + direction + "\n";
    store.plan(study_named("s"), {variant}, {1}, {.replan = true});
    execute(file, "UPDATE run SET status = 'done', attempt = 1");
  };
  plan_one("a", "up");
  plan_one("b", "down");
  CHECK(free_metrics(Reader(file), 1).at(0).up == false);
}
