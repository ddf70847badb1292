#include <algorithm>
#include <cstdlib>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/compare_contrast.hpp"
#include "cli/compare_images.hpp"
#include "cli/config_tables.hpp"
#include "cli/pair_reference.hpp"
#include "cli/sections.hpp"
#include "metrics/metric_table.hpp"
#include "report/answer_words.hpp"
#include "report/judge.hpp"
#include "report/pair/pair_tables.hpp"
#include "report/sections/list.hpp"
#include "store/free_metrics.hpp"

namespace ablate {
namespace {

struct CompareOptions {
  std::string first, second, study, metric, split, database, format = "table";
  double confidence = -1.0;
  bool images = false, retrain = false;
  std::vector<std::string> sets, by;
  std::string from, to;
};

bool declare(const Command& self, CompareOptions& given, const std::vector<std::string>& arguments,
             Console& console) {
  Options options(self);
  options.positional("A", given.first, true,
                     "a variant, as study/variant or by its name alone; or a run; or, without B, a factor");
  options.positional("B", given.second, false, "what is compared with it; differences are B - A");
  options.texts("by", "FACTOR,...", given.by,
                "of a factor: its effect at each level of these; default: up to three others");
  options.text("from", "LEVEL", given.from, "of a factor: the level that others are compared with");
  options.text("to", "LEVEL", given.to,
               "of a factor: the level that is compared with it; default: each other");
  options.text("study", "STUDY", given.study, "where variants and factors are looked up by name");
  options.text("metric", "SPLIT.METRIC", given.metric,
               "which metric is reported in full; default: the primary metric of A's study");
  options.text("split", "SPLIT", given.split, "of the table of all metrics; default: the metric's");
  options.number("confidence", "SHARE", given.confidence, 0.5,
                 "of the intervals; default: that of A's study");
  options.flag("images", given.images,
               "compare over the test images instead, from the weights that were kept: McNemar's test");
  options.flag("retrain", given.retrain, "with --images: train the runs again instead of using kept weights");
  options.texts("set", "KEY=VALUE", given.sets, "with --images: where the data's files are now (data.path)");
  add_database_option(options, given.database);
  add_format_option(options, given.format);
  return options.parse(arguments, console);
}

/// Those who may not be compared, before anything is read.
void refuse_nonsense(const NamedSide& first, const NamedSide& second) {
  const PairSide &a = first.side, &b = second.side;
  if (a.is_run != b.is_run) {
    throw RequestError(fmt::format("{} is a {} and {} a {}", a.name, a.is_run ? "run" : "variant", b.name,
                                   b.is_run ? "run" : "variant"),
                       "name two variants, or two runs (study/variant/seed)");
  }
  const bool same = a.is_run ? a.runs.front().id == b.runs.front().id : a.variant.id == b.variant.id;
  if (same) {
    throw RequestError(fmt::format("A and B are the same {}, {}", a.is_run ? "run" : "variant", a.name),
                       "name two that differ; `ablate runs` lists them");
  }
}

/// Numbers of runs are no seeds.
void refuse_unpaired(const std::string& study) {
  throw RequestError(
      fmt::format("the runs of study '{}' are not paired, and compare pairs by seed", study),
      fmt::format("`ablate report {}` compares them as independent samples", shell_word(study)));
}

/// Within one study, its name says nothing.
void shorten_names(NamedSide& first, NamedSide& second) {
  if (first.study.id != second.study.id) return;
  for (PairSide* side : {&first.side, &second.side}) side->name.erase(0, first.study.name.size() + 1);
}

PairOptions pair_options(const CompareOptions& given, const StudyRecord& study) {
  const Study file = parse_study(study.config, study.name, {}, metric_names());
  PairOptions options{to_string(file.report.primary), {}, file.report.confidence};
  if (!given.metric.empty() && given.metric != options.metric) {
    options.metric = given.metric;
    options.afterthoughts.push_back(given.metric);
  }
  if (!given.split.empty()) options.split = parse_split(given.split);
  if (given.confidence >= 0.0) choose_confidence(options.confidence, options.afterthoughts, given.confidence);
  return options;
}

void write_pair(Sections& page, const PairComparison& compared, bool braille) {
  const bool files = page.is_for_files();
  const std::string& metric = compared.comparison.primary.name;
  page.add(fmt::format("{} seed by seed", metric), pair_seeds(compared));
  if (compared.primary.paired.summary.n > 0) {
    page.add(fmt::format("Difference in {}", metric),
             files ? pair_difference_data(compared) : pair_difference_table(compared));
  }
  page.add(fmt::format("All metrics on {}", to_string(compared.split)),
           files ? pair_metrics_data(compared) : pair_metrics_table(compared));
  if (files) page.add(fmt::format("{} epoch by epoch", metric), pair_curve_data(compared));
  page.add_drawing(fmt::format("{} epoch by epoch, mean over the finished runs", metric),
                   draw_curves(pair_curves(compared), {.braille = braille, .unscaled_share = 0.25}));
  page.add("Verdict", compared.verdict);
  page.add("Notes", fmt::format("{}", fmt::join(compared.notes, " ")));
}

/// Of each study that the two come from, once.
ReportFiles looks_of(const PairComparison& compared, const std::vector<StudyRecord>& studies) {
  ReportFiles looked;
  const auto look = look_at(compared.comparison, "compare");
  if (!look) return looked;
  for (const StudyRecord& study : studies) {
    const bool known = !looked.looks.empty() && looked.looks.front().study_id == study.id;
    if (known) continue;
    ReportedLook& one = looked.looks.emplace_back(*look);
    one.study_id = study.id;
    const Study file = parse_study(study.config, study.name, {}, metric_names());
    if (file.until_settled) one.look.looks_in_plan = looks_text(*file.until_settled);
  }
  return looked;
}

/// `ablate compare skip --by hidden`: the effect of a factor, all else equal.
int compare_levels(const CompareOptions& given, Format format, Console& console) {
  if (given.images || !given.split.empty())
    throw RequestError("compare: --images and --split need two variants or runs, A and B");
  ContrastRequest request{given.study, given.first, given.from, given.to, given.metric, given.by, {}};
  if (given.confidence >= 0.0) request.confidence = given.confidence;
  const Comparison comparison = ask_contrast(Reader::snapshot(database_path(given.database)), request);
  if (!comparison.paired) refuse_unpaired(comparison.study);
  const Section section = contrasts_section(comparison);
  Sections page(console.out, format, console.terminal.width);
  page.add("Answer", headline(comparison));
  if (!section.tables.empty()) {
    page.add("The contrasts", page.is_for_files() ? section.files.at(0).table : section.tables.at(0).table);
    page.add("In every setting",
             page.is_for_files() ? section.files.at(1).table : section.tables.at(1).table);
  }
  page.add("What it means", fmt::format("{}", fmt::join(answer_bullets(comparison), " ")));
  page.add("Notes", fmt::format("{}", fmt::join(section.notes, " ")));
  record_comparison(comparison, database_path(given.database), console);
  return exit_done;
}

void refuse_misplaced(const CompareOptions& given, const Command& self) {
  if (!given.images && (given.retrain || !given.sets.empty()))
    throw RequestError("compare: --retrain and --set go with --images", std::string(self.usage));
  if (given.images && !given.split.empty())
    throw RequestError("compare: --images compares over the test images, and takes no --split");
  const bool of_levels = !given.by.empty() || !given.from.empty() || !given.to.empty();
  if (of_levels && !given.second.empty())
    throw RequestError("compare: --by, --from and --to go with one factor, not with two variants");
}

/// `ablate compare A B`: two variants or two runs. What was looked at; nothing where it was interrupted.
std::optional<ReportFiles> compare_sides(const CompareOptions& given, Format format, Console& console) {
  const Reader reader = Reader::snapshot(database_path(given.database));
  NamedSide first = find_side(reader, given.first, given.study);
  NamedSide second = find_side(reader, given.second, given.study);
  refuse_nonsense(first, second);
  for (const StudyRecord& study : {first.study, second.study}) {
    if (!is_paired(reader, study.id)) refuse_unpaired(study.name);
  }
  shorten_names(first, second);
  const PairOptions options = pair_options(given, first.study);
  StudyRecords records = read_pair(reader, first.side, second.side);
  if (first.study.id == second.study.id) records.looks = reader.looks(first.study.id);
  refuse_unselected(reader, first.study, records, options.metric);
  const PairComparison compared = compare_pair(records, options);
  const Table differences = side_difference_table(first.side, second.side);

  std::optional<ImagePair> images;
  if (given.images) {
    images = compare_images(reader, first.side, second.side, {given.sets, given.retrain, options.confidence},
                            console);
    if (!images) return std::nullopt;
  }
  Sections page(console.out, format, console.terminal.width);
  page.add("Compared", pair_costs(compared));
  page.add("What differs in their configuration", differences);
  if (differences.rows.empty())
    page.add("What differs in their configuration", std::string("Nothing: they differ by chance alone."));
  if (images) {
    write(page, *images, compared);
  } else {
    write_pair(page, compared, console.terminal.braille);
  }
  return looks_of(compared, {first.study, second.study});
}

}  // namespace

int compare_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  CompareOptions given;
  if (!declare(self, given, arguments, console)) return exit_done;
  const Format format = parse_format(given.format);
  refuse_misplaced(given, self);
  if (given.second.empty()) return compare_levels(given, format, console);
  const auto looked = compare_sides(given, format, console);
  if (!looked) return exit_interrupted;
  record_looks(*looked, database_path(given.database), console);
  return exit_done;
}

}  // namespace ablate
