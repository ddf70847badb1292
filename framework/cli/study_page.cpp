#include "cli/study_page.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace ablate {
namespace {

/// A variant's runs, by how they stand.
struct Standing {
  std::int64_t done = 0, running = 0, left = 0, failed = 0, diverged = 0, stopped = 0;
  void add(RunStatus status) {
    ++(status == RunStatus::done       ? done
       : status == RunStatus::running  ? running
       : status == RunStatus::failed   ? failed
       : status == RunStatus::diverged ? diverged
       : status == RunStatus::stopped  ? stopped
                                       : left);
  }
};

Table facts_of(const StudyRecord& study, const std::vector<VariantRecord>& variants,
               const std::vector<RunRecord>& runs) {
  Table table;
  table.columns = {{"fact"}, {"value"}};
  const auto add = [&](const char* fact, const std::string& value) {
    if (!value.empty()) table.rows.push_back({std::string(fact), value});
  };
  std::string first, last, baseline;
  std::int64_t obsolete = 0;
  for (const RunRecord& run : runs) {
    obsolete += run.obsolete ? 1 : 0;
    if (!run.course.started_at.empty() && (first.empty() || run.course.started_at < first))
      first = run.course.started_at;
    last = std::max(last, run.course.ended_at);
  }
  for (const VariantRecord& variant : variants) {
    if (variant.is_baseline) baseline = variant.name;
  }
  add("study", study.name);
  add("question", study.question);
  add("baseline", baseline.empty() ? "none is named" : baseline);
  add("variants", std::to_string(variants.size()));
  add("runs", std::to_string(static_cast<std::int64_t>(runs.size()) - obsolete));
  if (obsolete > 0) add("set aside", fmt::format("{} runs that the newest plan lacks", obsolete));
  add("stop rules", study.stop_rules);
  add("planned", study.created_at);
  add("first run began", first);
  add("last run ended", last);
  if (study.archived) add("archived", "lists leave it out without --all");
  return table;
}

/// Without the sizes of networks that only their own program knows.
void drop_unknown_parameters(Table& table, const std::vector<VariantRecord>& variants) {
  constexpr std::size_t place = 2;
  const bool known = std::any_of(variants.begin(), variants.end(),
                                 [](const VariantRecord& variant) { return variant.parameters > 0; });
  if (known) return;
  table.columns.erase(table.columns.begin() + place);
  for (auto& row : table.rows) row.erase(row.begin() + place);
}

Table variants_of(const std::vector<VariantRecord>& variants, const std::vector<RunRecord>& runs) {
  std::map<std::int64_t, Standing> standing;
  for (const RunRecord& run : runs) {
    if (!run.obsolete) standing[run.variant_id].add(run.status);
  }
  Table table;
  table.columns = {{"variant"}, {"baseline"}, {"parameters"}, {"done"},   {"running"},
                   {"left"},    {"failed"},   {"diverged"},   {"stopped"}};
  for (const VariantRecord& variant : variants) {
    const Standing& of = standing[variant.id];
    table.rows.push_back({variant.name, std::string(variant.is_baseline ? "yes" : ""), variant.parameters,
                          of.done, of.running, of.left, of.failed, of.diverged, of.stopped});
  }
  drop_unknown_parameters(table, variants);
  return table;
}

Table notes_of(const std::vector<NoteRecord>& notes) {
  Table table;
  table.columns = {{"at"}, {"note"}};
  for (const NoteRecord& note : notes) table.rows.push_back({note.created_at, note.text});
  return table;
}

}  // namespace

void write_study_page(Sections& page, const Reader& reader, const StudyRecord& study) {
  const std::vector<VariantRecord> variants = reader.variants(study.id);
  const std::vector<RunRecord> runs = reader.runs(study.id);
  page.add("Study", facts_of(study, variants, runs));
  page.add("Variants", variants_of(variants, runs));
  page.add("Notes", notes_of(reader.study_notes(study.id)));
}

}  // namespace ablate
