#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "draw/plot_svg.hpp"
#include "report/class_view.hpp"
#include "report/phrases.hpp"
#include "report/sections/list.hpp"
#include "report/sources.hpp"

namespace ablate {
namespace {

std::string name_of(const Comparison& comparison, const ConfidenceView& view) {
  return short_name(comparison, comparison.variants[view.variant]);
}

Evidence confidence_source(const Comparison& comparison) {
  std::vector<std::int64_t> runs;
  for (const ConfidenceView& view : comparison.images->confidences)
    runs.insert(runs.end(), view.run_ids.begin(), view.run_ids.end());
  std::sort(runs.begin(), runs.end());
  return {
      fmt::format("SELECT v.name AS variant, r.seed, m.ece, m.auc_roc\n"
                  "FROM run r JOIN variant v ON v.id = r.variant_id JOIN run_metric m ON m.run_id = r.id\n"
                  "WHERE r.study_id = {} AND r.status = 'done' AND NOT r.obsolete AND m.split = 'test'{}\n"
                  "ORDER BY v.id, r.seed",
                  comparison.study_id, of_chosen(comparison)),
      std::move(runs)};
}

/// Accuracy over confidence, and below it how many images each bin has.
Figure reliability_figure(const Comparison& comparison) {
  Figure figure;
  figure.title = "Reliability";
  figure.plot.name = "reliability";
  figure.plot.columns = 2;
  figure.plot.x_label = "probability of the predicted class";
  figure.plot.whole_x = false;
  figure.data = {{{"variant"}, {"runs"}, {"bin"}, {"images"}, {"confidence"}, {"accuracy"}}, {}};
  Panel accuracy{"accuracy", {{3, false, {{0, 0, 0, 0}, {1, 1, 1, 1}}}}};
  Panel images{"images per bin and run", {}, 1, true};
  for (const ConfidenceView& view : comparison.images->confidences) {
    const std::size_t style = images.lines.size();
    PlotLine right{style, false, {}}, count{style, false, {}};
    for (std::size_t b = 0; b < view.bins.size(); ++b) {
      const ConfidenceBin& bin = view.bins[b];
      const double middle = (static_cast<double>(b) + 0.5) / static_cast<double>(view.bins.size());
      const double n = static_cast<double>(bin.images), each = n / static_cast<double>(view.runs);
      count.points.push_back({middle, each, each, each});
      const double confidence = bin.confidence / n, share = static_cast<double>(bin.right) / n;
      if (bin.images > 0) right.points.push_back({confidence, share, share, share});
      figure.data.rows.push_back({comparison.variants[view.variant].name, whole(view.runs), whole(b),
                                  whole(bin.images), number_or_null(confidence), number_or_null(share)});
    }
    accuracy.lines.push_back(std::move(right));
    images.lines.push_back(std::move(count));
    figure.plot.legend.push_back({style, name_of(comparison, view)});
  }
  figure.plot.legend.push_back({3, "as sure as right"});
  figure.plot.panels = {std::move(accuracy), std::move(images)};
  figure.caption = fmt::format(
      "Test images by the probability of the predicted class, in {} bins: the share that is right against the mean "
      "probability, and how many images are behind each point. Below the diagonal, networks are surer than right.",
      confidence_bins);
  figure.source = confidence_source(comparison);
  return figure;
}

Table roc_data(const Comparison& comparison) {
  Table table{{{"variant"}, {"runs"}, {"class"}, {"false_positive_rate"}, {"true_positive_rate"}}, {}};
  const auto& views = comparison.images->confidences;
  const auto names = class_names(comparison, views.front().true_positive_rates.size());
  for (const ConfidenceView& view : views) {
    for (std::size_t c = 0; c < view.true_positive_rates.size(); ++c) {
      for (std::size_t p = 0; p < roc_grid.size(); ++p)
        table.rows.push_back({comparison.variants[view.variant].name, whole(view.runs), names[c], roc_grid[p],
                              number_or_null(view.true_positive_rates[c][p])});
    }
  }
  return table;
}

Drawing drawn_roc(const Comparison& comparison) {
  Drawing drawing{"roc", "", "One class against the rest"};
  drawing.controls = {{"roc-class", "Class"}};
  drawing.caption = fmt::format(
      "ROC of one class against the rest on the test images, mean over {} of each side; at each false-positive rate the "
      "share of the class that is found. The axis begins at 0.0005.",
      counted(comparison.images->confidences.front().runs, "run"));
  drawing.numbers = "Numbers of the curve";
  drawing.evidence = confidence_source(comparison);
  return drawing;
}

}  // namespace

Section confidence_section(const Comparison& comparison) {
  Section section{"confidence", "Calibration and ROC"};
  const bool asked =
      comparison.images && (!comparison.images->confidences.empty() || !comparison.images->why_not.empty());
  section.is_shown = asked;
  if (!asked) return section;
  if (comparison.images->confidences.empty()) {
    section.notes = {fmt::format("Not drawn: {}.", comparison.images->why_not)};
    return section;
  }
  Figure figure = reliability_figure(comparison);
  Drawing drawing{"reliability"};
  drawing.picture = plot_svg(figure.plot, figure.caption);
  drawing.caption = figure.caption;
  drawing.evidence = figure.source;
  section.drawings = {std::move(drawing), drawn_roc(comparison)};
  section.figures.push_back(std::move(figure));
  section.files.push_back({"roc", roc_data(comparison)});
  return section;
}

}  // namespace ablate
