#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/difference_rows.hpp"
#include "report/overview/overview.hpp"
#include "report/phrases.hpp"
#include "report/shown.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

constexpr std::size_t hash_shown = 12;

bool is_done(const RunSummary& run) { return run.status == RunStatus::done; }

std::string runs_of(const VariantSummary& variant) {
  std::vector<std::int64_t> ids;
  for (const RunSummary& run : variant.runs) {
    if (is_done(run)) ids.push_back(run.run_id);
  }
  return ids.empty() ? "none" : id_ranges(ids);
}

std::string hashes(const Comparison& comparison, const std::string& split, std::size_t length) {
  std::string text;
  for (const DatasetRecord& set : comparison.datasets) {
    if (set.split == split) text += (text.empty() ? "" : " ") + set.sha256.substr(0, length);
  }
  return text;
}

std::string versions(const Comparison& comparison) {
  return fmt::format("{}", fmt::join(comparison.code_versions, ", "));
}

std::string or_dash(const std::string& text) { return text.empty() ? "–" : text; }

/// "0.8123 (0.8100 to 0.8146)".
std::string mean_interval_text(const Summary& summary, double confidence) {
  if (summary.n == 0) return "–";
  const std::string mean = fmt::format("{:.4f}", summary.mean);
  if (summary.n < 2) return mean;
  const Interval interval = t_interval(summary, confidence);
  return fmt::format("{} ({:.4f} to {:.4f})", mean, interval.low, interval.high);
}

std::string marked(std::string text, bool leaked) {
  if (leaked && text != "–") text += dagger;
  return text;
}

bool same_metric(const Overview& overview) {
  return std::all_of(overview.begin(), overview.end(), [&](const auto& study) {
    return study.comparison.primary.name == overview.front().comparison.primary.name;
  });
}

std::vector<std::string> labels(const std::vector<const ReportedStudy*>& studies) {
  std::vector<std::string> all;
  for (const auto* study : studies) all.push_back(study->label);
  return all;
}

/// Studies by what `key` says of them, in their order.
std::vector<std::vector<const ReportedStudy*>> grouped(const Overview& overview,
                                                       std::string (*key)(const Comparison&)) {
  std::vector<std::vector<const ReportedStudy*>> groups;
  std::map<std::string, std::size_t> places;
  for (const ReportedStudy& study : overview) {
    const auto [place, is_new] = places.try_emplace(key(study.comparison), groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(&study);
  }
  return groups;
}

std::string images_of(const Comparison& comparison) {
  return hashes(comparison, "train", 64) + "|" + hashes(comparison, "test", 64);
}

std::string protocol_of(const Comparison& comparison) {
  return fmt::format("{}|{}|{}", comparison.primary.name, fmt::join(comparison.selected_by, ","),
                     comparison.confidence);
}

std::string groups_text(const std::vector<std::vector<const ReportedStudy*>>& groups) {
  std::string text;
  for (const auto& group : groups) text += (text.empty() ? "" : "; ") + names_text(labels(group), 12);
  return text;
}

Figure effects_figure(const Overview& overview, const std::string& metric) {
  Figure figure;
  figure.title = fmt::format("Differences in {}", metric);
  figure.plot.name = "effects-" + slug(metric);
  figure.data = {{{"study"}, {"database"}, {"variant"}, {"n"}, {"mean"}, {"low"}, {"high"}, {"leaked"}}, {}};
  Forest forest{figure.plot.name, fmt::format("difference in {}", metric), {}};
  for (const ReportedStudy& study : overview) {
    const Comparison& comparison = study.comparison;
    if (comparison.primary.name != metric) continue;
    const auto shown = shown_variants(comparison);
    bool headed = false;
    for (const auto& variant : comparison.variants) {
      if (!has_difference(variant)) continue;
      figure.data.rows.push_back(
          difference_cells(comparison, variant, {comparison.study, study.database, variant.name}));
      if (std::find(shown.begin(), shown.end(), &variant) == shown.end()) continue;
      if (!headed) forest.rows.push_back({study.label, 0.0, 0.0, 0.0, true});
      headed = true;
      forest.rows.push_back(difference_row(comparison, variant));
    }
  }
  figure.caption =
      "Each variant minus the baseline of its own study, paired by seed: mean and its interval, simultaneous over "
      "the study's variants; thick and filled where it excludes 0.";
  figure.forest = std::move(forest);
  return figure;
}

constexpr const char* data_columns[] = {"study",
                                        "database",
                                        "fingerprint",
                                        "variant",
                                        "is_baseline",
                                        "metric",
                                        "n",
                                        "mean",
                                        "sd",
                                        "low",
                                        "high",
                                        "difference_n",
                                        "difference_mean",
                                        "difference_low",
                                        "difference_high",
                                        "p",
                                        "confidence",
                                        "train_sha256",
                                        "test_sha256",
                                        "code_versions",
                                        "runs",
                                        "leaked"};

std::vector<Value> data_row(const ReportedStudy& study, const VariantSummary& variant) {
  const Comparison& comparison = study.comparison;
  const Summary summary = primary(comparison, variant);
  const Interval mean = t_interval(summary, comparison.confidence);
  const auto& difference = variant.difference;
  const auto of = [&](double value) { return difference ? number_or_null(value) : Value(); };
  const Member member = difference ? difference->member : Member{};
  return {comparison.study,
          study.database,
          text_or_null(comparison.fingerprint),
          variant.name,
          std::int64_t{variant.is_baseline},
          comparison.primary.name,
          whole(summary.n),
          summary.n ? number_or_null(summary.mean) : Value(),
          summary.n > 1 ? number_or_null(summary.standard_deviation) : Value(),
          summary.n > 1 ? number_or_null(mean.low) : Value(),
          summary.n > 1 ? number_or_null(mean.high) : Value(),
          whole(member.summary.n),
          of(member.summary.mean),
          of(member.interval.low),
          of(member.interval.high),
          of(member.p),
          comparison.confidence,
          text_or_null(hashes(comparison, "train", 64)),
          text_or_null(hashes(comparison, "test", 64)),
          text_or_null(versions(comparison)),
          runs_of(variant),
          std::int64_t{variant.leaked}};
}

}  // namespace

Table overview_table(const Overview& overview) {
  const bool same = same_metric(overview);
  Table table{{{"study"}, {"variant"}, {"n", -1, Align::right}}, {}};
  if (!same) table.columns.push_back({"metric"});
  table.columns.push_back({same ? overview.front().comparison.primary.name : "mean", -1, Align::right});
  for (const char* name : {"difference from its baseline", "p"})
    table.columns.push_back({name, -1, Align::right});
  for (const char* name : {"test images", "code", "runs"}) table.columns.push_back({name});
  for (const ReportedStudy& study : overview) {
    const Comparison& comparison = study.comparison;
    for (const VariantSummary* variant : shown_variants(comparison)) {
      const Summary summary = primary(comparison, *variant);
      const bool leaked = is_difference_leaked(comparison, *variant);
      std::vector<Value> row = {study.label, variant->name + (variant->is_baseline ? " (baseline)" : ""),
                                whole(summary.n)};
      if (!same) row.emplace_back(comparison.primary.name);
      row.emplace_back(marked(mean_interval_text(summary, comparison.confidence),
                              !mark(*variant, comparison.primary.split).empty()));
      row.emplace_back(
          marked(variant->difference ? difference_text(variant->difference->member) : "–", leaked));
      row.emplace_back(
          marked(p_text(variant->difference ? variant->difference->member.p : undefined), leaked));
      row.emplace_back(or_dash(hashes(comparison, "test", hash_shown)));
      row.emplace_back(or_dash(versions(comparison)));
      row.emplace_back(runs_of(*variant));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Table overview_data(const Overview& overview) {
  Table table;
  for (const char* name : data_columns) table.columns.push_back({name});
  for (const ReportedStudy& study : overview) {
    for (const VariantSummary& variant : study.comparison.variants)
      table.rows.push_back(data_row(study, variant));
  }
  return table;
}

std::vector<Figure> overview_figures(const Overview& overview) {
  std::vector<Figure> figures;
  std::set<std::string> known;
  for (const ReportedStudy& study : overview) {
    const std::string& metric = study.comparison.primary.name;
    if (known.insert(metric).second) figures.push_back(effects_figure(overview, metric));
  }
  std::erase_if(figures, [](const Figure& figure) { return figure.forest->rows.empty(); });
  return figures;
}

std::vector<std::string> overview_notes(const Overview& overview) {
  std::vector<std::string> notes = {
      "No difference is computed across studies: each variant is compared with the baseline of its own study, paired "
      "by seed. Interval and p of a difference are one procedure, over all variants of its study (max-T; Student's t "
      "of too few seeds); means have Student t intervals."};
  const auto images = grouped(overview, images_of);
  if (images.size() == 1) {
    notes.emplace_back("All of these studies used the same training and test images, by their SHA-256.");
  } else {
    notes.push_back(fmt::format(
        "Not all used the same images, so their means do not compare. Alike by the SHA-256 of both sets: {}.",
        groups_text(images)));
  }
  const auto protocols = grouped(overview, protocol_of);
  if (protocols.size() > 1) {
    notes.push_back(
        fmt::format("They differ in the primary metric, in what selects an epoch, or in the confidence. "
                    "Alike in these: {}.",
                    groups_text(protocols)));
  }
  notes.emplace_back(
      "Whatever else two study files set differently (epochs, training, model) is not compared here: see "
      "each study's "
      "configuration.");
  for (const ReportedStudy& study : overview) {
    if (any_leaked(study.comparison)) {
      notes.emplace_back(
          "† Leaked: see the leak audit of that study. Not evidence of how a network performs on new images.");
      break;
    }
  }
  return notes;
}

}  // namespace ablate
