#include <fmt/format.h>

#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

/// Sums over the runs of a variant, on the test images.
Evidence class_source(const Comparison& comparison, const char* table, const char* columns, const char* key) {
  return {
      fmt::format("SELECT v.name AS variant, {0}\n"
                  "FROM run r JOIN variant v ON v.id = r.variant_id JOIN {1} c ON c.run_id = r.id\n"
                  "WHERE r.study_id = {2} AND r.status = 'done' AND NOT r.obsolete AND c.split = 'test'{4}\n"
                  "GROUP BY v.id, {3} ORDER BY v.id, {3}",
                  columns, table, comparison.study_id, key, of_chosen(comparison)),
      done_runs(comparison)};
}

Drawing drawn_classes(const Comparison& comparison) {
  Drawing drawing{"classes"};
  drawing.controls = {
      {"class-variant", "Variant"},
      {"class-metric", "Bars", {{"recall", "recall"}, {"precision", "precision"}, {"f1", "F1"}}},
      {"class-sort", "worst first", {}, true}};
  drawing.caption = "On the test images at the selected epoch, mean over ";
  drawing.slot = "class-runs";
  drawing.caption_end = "; the marks are the baseline's.";
  drawing.numbers = "Numbers of the classes";
  drawing.evidence = class_source(comparison, "class_metric",
                                  "c.class, avg(c.precision) AS precision, avg(c.recall) AS recall,\n"
                                  "       avg(c.f1) AS f1, sum(c.support) AS support",
                                  "c.class");
  return drawing;
}

Drawing drawn_confusion(const Comparison& comparison) {
  Drawing drawing{"confusion", "Confusion matrix", "Confusion"};
  drawing.caption = "A row is a true class, a column what was predicted; the colour is the share of the row.";
  drawing.evidence = class_source(comparison, "confusion", "c.truth, c.predicted, sum(c.count) AS count",
                                  "c.truth, c.predicted");
  return drawing;
}

}  // namespace

Section classes_section(const Comparison& comparison) {
  Section section{"classes", "Classes"};
  section.is_shown = !comparison.class_views.empty();
  if (!section.is_shown) return section;
  section.drawings.push_back(drawn_classes(comparison));
  if (!comparison.class_views.front().confusion.empty()) {
    section.drawings.push_back(drawn_confusion(comparison));
  } else {
    section.drawings.back().caption_end += fmt::format(
        " More than {} classes are not shown as a matrix; the database has it in the table confusion.",
        most_confused_classes);
  }
  return section;
}

}  // namespace ablate
