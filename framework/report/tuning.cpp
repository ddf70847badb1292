#include "report/tuning.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "metrics/metric_table.hpp"

namespace ablate {
namespace {

/// The runs of one variant of the tuning study.
struct EndedRuns {
  std::vector<double> values;
  std::size_t ended = 0;
};

std::map<std::string, EndedRuns> runs_by_variant(const Reader& reader, const TuningRequest& request) {
  std::map<std::string, EndedRuns> all;
  const auto counts = reader.counts(request.study);
  if (!counts) return all;
  std::map<std::int64_t, std::string> done;
  for (const RunRecord& run : reader.runs(counts->study.id)) {
    if (run.obsolete) continue;
    if (run.status == RunStatus::done) done[run.id] = run.variant;
    all[run.variant].ended +=
        run.status == RunStatus::done || run.status == RunStatus::diverged || run.status == RunStatus::failed;
  }
  const Metric& metric = find_metric(request.by.metric);
  for (const SplitMetrics& row : reader.selected(counts->study.id)) {
    const auto run = done.find(row.run_id);
    const double value = row.suite.*metric.value;
    if (run != done.end() && row.split == request.by.split && std::isfinite(value))
      all[run->second].values.push_back(value);
  }
  return all;
}

std::optional<std::size_t> best_choice(const std::vector<TunedChoice>& choices, std::size_t seeds,
                                       Better better) {
  const bool ended = std::all_of(choices.begin(), choices.end(),
                                 [&](const TunedChoice& choice) { return choice.ended >= seeds; });
  if (!ended) return std::nullopt;
  std::optional<std::size_t> best;
  const auto sounder = [&](const TunedChoice& a, const TunedChoice& b) {
    const bool whole = a.by.n >= seeds, other = b.by.n >= seeds;
    if (whole != other) return whole;
    return better == Better::up ? a.by.mean > b.by.mean : a.by.mean < b.by.mean;
  };
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i].by.n > 0 && (!best || sounder(choices[i], choices[*best]))) best = i;
  }
  return best;
}

}  // namespace

Tuning read_tuning(const Reader& reader, const TuningRequest& request) {
  const auto runs = runs_by_variant(reader, request);
  const Better better = find_metric(request.by.metric).better;
  Tuning tuning{request, {}};
  for (const TriedVariant& tried : request.variants) {
    TunedVariant& tuned = tuning.variants.emplace_back();
    tuned.variant = tried.variant;
    for (std::size_t i = 0; i < tried.labels.size(); ++i) {
      TunedChoice& choice = tuned.choices.emplace_back();
      choice.label = tried.labels[i];
      const auto found = runs.find(tried.names[i]);
      if (found == runs.end()) continue;
      choice.by = summarize(found->second.values);
      choice.ended = found->second.ended;
    }
    tuned.chosen = best_choice(tuned.choices, request.seeds, better);
  }
  return tuning;
}

}  // namespace ablate
