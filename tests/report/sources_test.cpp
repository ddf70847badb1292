#include "report/sources.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <catch2/catch.hpp>

#include "report/collect.hpp"
#include "report/folder.hpp"
#include "report/phrases.hpp"
#include "report/section_of.hpp"
#include "report/sections/sections.hpp"
#include "report/verdict.hpp"
#include "stats/multiple.hpp"
#include "store/query.hpp"
#include "store/store.hpp"
#include "text/escape.hpp"

using namespace ablate;

namespace {

double accuracy(const RunRecord& run, int epoch) {
  return 0.5 + 0.1 * epoch + (run.variant == "skip" ? 0.02 : 0.0) + 0.003 * static_cast<double>(run.seed) +
         (run.variant == "wide" ? 0.001 * static_cast<double>(run.seed * run.seed) : 0.0);
}

VariantRecord variant(const std::string& name, bool is_baseline) {
  VariantRecord record;
  record.name = name;
  record.is_baseline = is_baseline;
  record.config = "model: {skip: " + name + "}";
  record.config_sha256 = std::string(64, is_baseline ? 'a' : 'b');
  record.parameters = 1000 + static_cast<std::int64_t>(name[0]);
  record.flops_per_sample = 6 * record.parameters;
  record.factors = {{"model.skip", name}};
  return record;
}

std::int64_t plan(Store& store, const std::string& name, const std::vector<VariantRecord>& variants,
                  const std::vector<std::int64_t>& seeds) {
  StudyRecord study;
  study.name = name, study.created_at = "2026-01-01T00:00:00Z";
  study.config_sha256 = study.plan_sha256 = std::string(64, 'c');
  return store.plan(study, variants, seeds);
}

/// Trains every run for two epochs; `end` says how it ends.
void train(Store& store, std::int64_t id, RunStatus (*end)(const RunRecord&)) {
  while (const auto run = store.claim(id, {.worker = "worker", .lease_seconds = 60.0})) {
    for (int epoch = 1; epoch <= 2; ++epoch) {
      MetricSuite suite;
      suite.accuracy = accuracy(*run, epoch);
      EpochRecord record;
      record.epoch = epoch, record.learning_rate = 0.01, record.gradient_norm = 1.0;
      record.train_seconds = 2.0 + 0.3 * static_cast<double>(run->seed), record.evaluate_seconds = 0.5;
      record.samples_per_second = 100.0;
      record.metrics = {suite, suite, suite};
      record.selected = true;
      store.add_epoch(run->id, record, 60.0);
    }
    const RunStatus status = end(*run);
    store.finish(run->id, {.status = status, .error = status == RunStatus::done ? "" : "the loss is nan"});
  }
}

/// Both levels of two factors, three seeds, all done.
void fill_crossed(Store& store) {
  std::vector<VariantRecord> variants;
  for (const char* name : {"none", "skip", "wide", "both"}) {
    const std::string text = name;
    variants.push_back(variant(text, variants.empty()));
    variants.back().factors = {{"model.skip", std::string(text == "skip" || text == "both" ? "on" : "off")},
                               {"model.hidden", std::int64_t{text == "wide" || text == "both" ? 128 : 64}}};
  }
  train(store, plan(store, "crossed", variants, {1, 2, 3}), [](const RunRecord&) { return RunStatus::done; });
}

/// Four variants, four seeds: the baseline failed under seed 2, "skip" diverged under 4, "broken" under all.
void fill_uneven(Store& store) {
  const auto id =
      plan(store, "uneven",
           {variant("none", true), variant("skip", false), variant("wide", false), variant("broken", false)},
           {1, 2, 3, 4});
  train(store, id, [](const RunRecord& run) {
    if (run.variant == "none" && run.seed == 2) return RunStatus::failed;
    const bool bad = run.variant == "broken" || (run.variant == "skip" && run.seed == 4);
    return bad ? RunStatus::diverged : RunStatus::done;
  });
}

using Rows = std::vector<std::vector<Value>>;

Rows ask(const std::filesystem::path& database, const std::string& sql) {
  Rows rows;
  run_query(database, sql, {}, {[](const auto&) {}, [&](const auto& row) { rows.push_back(row); }});
  return rows;
}

/// What the comparison's SQL says of a variant.
struct Answer {
  std::int64_t parameters = 0, flops = 0;
  bool is_baseline = false;
  std::map<std::string, std::vector<SeedValue>> values;  ///< by split
  std::map<std::int64_t, double> seconds;                ///< by seed
};

std::map<std::string, Answer> ask_comparison(const std::filesystem::path& database, const std::string& sql) {
  std::map<std::string, Answer> answers;
  for (const auto& row : ask(database, sql)) {
    Answer& answer = answers[std::get<std::string>(row[0])];
    answer.parameters = std::get<std::int64_t>(row[1]);
    answer.flops = std::get<std::int64_t>(row[2]);
    answer.is_baseline = std::get<std::int64_t>(row[7]) == 1;
    if (std::holds_alternative<std::monostate>(row[3])) continue;
    const auto seed = std::get<std::int64_t>(row[3]);
    answer.values[std::get<std::string>(row[4])].push_back({seed, std::get<double>(row[5])});
    answer.seconds[seed] = std::get<double>(row[6]);
  }
  return answers;
}

Summary summary_of(const std::vector<SeedValue>& values) {
  std::vector<double> numbers;
  for (const auto& value : values) numbers.push_back(value.value);
  return summarize(numbers);
}

/// The cells of a variant's row from n on, without the table's own code: from the answers to its SQL alone.
std::vector<std::string> expected_row(const Answer& answer, const Member* member) {
  const auto of = [&](const char* split) {
    const auto found = answer.values.find(split);
    return mean_text(found == answer.values.end() ? Summary{} : summary_of(found->second));
  };
  const auto test = answer.values.find("test");
  std::vector<double> seconds;
  for (const auto& [seed, value] : answer.seconds) seconds.push_back(value);
  std::vector<std::string> row = {std::to_string(test == answer.values.end() ? 0 : test->second.size()),
                                  of("test")};
  if (member) {
    const bool wide = member->interval.low < member->interval.high;
    const int decimals = decimals_of(*member);
    const std::string interval = wide ? " (" + interval_text(member->interval, decimals) + ")" : "";
    const std::string pairs = " (" + std::to_string(member->summary.n) + " pairs)";
    const bool fewer = member->summary.n != test->second.size();
    row.push_back(signed_text(member->summary.mean, decimals) + interval + (fewer ? pairs : ""));
    row.push_back(p_text(member->p));
  } else {
    row.insert(row.end(), 2, "–");
  }
  row.push_back(group_digits(answer.parameters));
  row.push_back(group_digits(answer.flops));
  const double mean_seconds = seconds.empty() ? 0.0 : summarize(seconds).mean;
  row.push_back(mean_text(summarize(seconds), mean_seconds < 1     ? 3
                                              : mean_seconds < 10  ? 2
                                              : mean_seconds < 100 ? 1
                                                                   : 0));
  row.push_back(of("validation"));
  return row;
}

/// Everything that a report's numbers come from, by the section and its part.
std::map<std::string, Evidence> evidence_of(const Comparison& comparison) {
  std::map<std::string, Evidence> all;
  for (const Section& section : sections(comparison)) {
    if (section.evidence) all[section.id] = *section.evidence;
    for (const Drawing& drawing : section.drawings) {
      if (!drawing.evidence.sql.empty()) all[section.id + "/" + drawing.id] = drawing.evidence;
    }
    for (const Figure& figure : section.figures) all[section.id + "/" + figure.title] = figure.source;
  }
  return all;
}

}  // namespace

TEST_CASE("every number in the comparison table is reproduced by its printed SQL") {
  const TestFolder folder("every-number");
  const auto file = folder.path() / "small.db";
  {
    Store store(file);
    fill_uneven(store);
  }
  const auto comparison = collect(Reader(file), "uneven", {});
  auto answers = ask_comparison(file, section_of(comparison, "comparison").evidence->sql);
  REQUIRE(answers.size() == 4);  // the one without a finished run is there, too
  std::string base;
  for (const auto& [name, answer] : answers) base = answer.is_baseline ? name : base;
  std::vector<SeedRow> rows;
  std::vector<std::string> family;
  for (auto& [name, answer] : answers) {
    const auto pairs = pair_by_seed(answer.values["test"], answers[base].values["test"]);
    if (name == base || pairs.seeds.empty()) continue;
    rows.push_back({pairs.seeds, pairs.differences});
    family.push_back(name);
  }
  const Family judged = judge_family(rows, 0.95);
  const Table table = page_table(comparison, "comparison");
  REQUIRE(table.rows.size() == 4);
  for (std::size_t v = 0; v < 4; ++v) {
    const std::string& name = comparison.variants[v].name;
    const auto found = std::find(family.begin(), family.end(), name);
    const bool compared = found != family.end();
    const auto place = static_cast<std::size_t>(found - family.begin());
    const auto row = expected_row(answers[name], compared ? &judged.members[place] : nullptr);
    INFO(name);
    REQUIRE(table.rows[v].size() == 2 + row.size());  // its name and factor, which are no numbers
    for (std::size_t c = 0; c < row.size(); ++c) {
      INFO(table.columns[c + 2].name);
      CHECK(to_string(table.rows[v][c + 2]) == row[c]);
    }
  }
}

TEST_CASE("effects and shares are reproduced by their printed SQL") {
  const TestFolder folder("crossed");
  const auto file = folder.path() / "small.db";
  {
    Store store(file);
    fill_crossed(store);
  }
  const auto comparison = collect(Reader(file), "crossed", {});
  REQUIRE(comparison.factor_analysis);
  std::map<std::pair<std::string, std::int64_t>, FactorialRun> runs;
  for (const auto& row : ask(file, section_of(comparison, "factors").evidence->sql)) {
    FactorialRun& run = runs[{std::get<std::string>(row[0]), std::get<std::int64_t>(row[2])}];
    const bool is_base = row[4] == Value("off") || row[4] == Value(std::int64_t{64});
    run.levels.push_back(is_base ? 0 : 1);
    run.seed = std::get<std::int64_t>(row[2]);
    run.value = std::get<double>(row[5]);
  }
  REQUIRE(runs.size() == 12);
  std::vector<FactorialRun> all;
  for (const auto& [key, run] : runs) all.push_back(run);
  const auto main = main_effects(all, 0.95);
  const auto both = interactions(all, 0.95);
  const Anova shares = anova(all);
  const FactorAnalysis& analysis = *comparison.factor_analysis;
  for (std::size_t f = 0; f < 2; ++f) {
    CHECK(analysis.main[f].difference.summary.mean == main[f].difference.summary.mean);
    CHECK(analysis.main[f].difference.interval.low == main[f].difference.interval.low);
    CHECK(analysis.anova.factors[f].share == Approx(shares.factors[f].share).epsilon(1e-9));
  }
  CHECK(analysis.interactions.at(0).difference.summary.mean == both.at(0).difference.summary.mean);
}

TEST_CASE("of chosen variants the SQL gives these rows alone, the family is theirs, and the page says so") {
  const TestFolder folder("chosen");
  const auto file = folder.path() / "small.db";
  {
    Store store(file);
    fill_crossed(store);
  }
  const Reader reader(file);
  ReportOptions options;
  options.variants = {"w*"};
  const auto comparison = collect(reader, "crossed", options);
  REQUIRE(comparison.variants.size() == 2);
  CHECK((comparison.variants[0].name == "none" && comparison.variants[1].name == "wide"));
  CHECK(comparison.family == 1);
  const auto everything = collect(reader, "crossed", {});
  CHECK(everything.family == 1);  // the differences of the others are all alike, and not judged
  const auto chosen = evidence_of(comparison), whole = evidence_of(everything);
  // Without factors, their drawing, ranks, and the figures of two variants.
  REQUIRE(chosen.size() == whole.size() - 4);
  for (const auto& [name, evidence] : chosen) {
    INFO(name << ": " << evidence.sql);
    const auto rows = ask(file, evidence.sql);
    if (name == "leak") {
      CHECK(rows.empty());
      continue;
    }
    const bool is_contrast = name.starts_with("pair-curves/What");  // titled after its change, which differs
    if (!is_contrast) CHECK(2 * rows.size() == ask(file, whole.at(name).sql).size());
    for (const auto& row : rows) {
      CHECK((std::get<std::string>(row[0]) == "none" || std::get<std::string>(row[0]) == "wide"));
    }
    CHECK(evidence.runs.size() == 6);
  }
  CHECK_THAT(verdict(comparison),
             Catch::Contains("only 2 of the study's 4 variants were chosen for this report"));
  CHECK_THAT(section_of(comparison, "comparison").notes.at(1),
             Catch::Contains("Every p is corrected over these alone"));
  options.variants = {"wid"};
  CHECK_THROWS_WITH(collect(reader, "crossed", options), Catch::Contains("did you mean 'wide'?"));
}
