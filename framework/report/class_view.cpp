#include "report/class_view.hpp"

#include <algorithm>
#include <cmath>

#include "report/shown.hpp"

namespace ablate {
namespace {

/// The mean of the values that are numbers, one place per class.
class Means {
 public:
  void add(std::size_t place, double value) {
    if (place >= sums_.size()) sums_.resize(place + 1), counts_.resize(place + 1);
    if (!std::isfinite(value)) return;
    sums_[place] += value;
    ++counts_[place];
  }

  std::vector<double> values() const {
    std::vector<double> means(sums_.size(), undefined);
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      if (counts_[i] > 0) means[i] = sums_[i] / static_cast<double>(counts_[i]);
    }
    return means;
  }

 private:
  std::vector<double> sums_;
  std::vector<std::size_t> counts_;
};

void add_confusion(ClassView& view, const std::vector<ConfusionEntry>& entries) {
  const std::size_t classes = view.support.size();
  if (classes > most_confused_classes) return;
  view.confusion.resize(classes * classes);
  for (const auto& [truth, predicted, count] : entries) {
    const auto row = static_cast<std::size_t>(truth), column = static_cast<std::size_t>(predicted);
    if (truth < 0 || predicted < 0 || row >= classes || column >= classes) continue;
    view.confusion[row * classes + column] += count;
  }
}

ClassView read_class_view(const Reader& reader, const VariantSummary& variant) {
  ClassView view;
  Means precision, recall, f1;
  for (const RunSummary& run : variant.runs) {
    if (run.status != RunStatus::done) continue;
    const auto classes = reader.classes(run.run_id, SplitName::test);
    if (classes.empty()) continue;
    ++view.runs;
    view.support.resize(std::max(view.support.size(), classes.size()));
    for (std::size_t i = 0; i < classes.size(); ++i) {
      precision.add(i, classes[i].precision);
      recall.add(i, classes[i].recall);
      f1.add(i, classes[i].f1);
      view.support[i] += static_cast<std::int64_t>(classes[i].support);
    }
  }
  view.precision = precision.values(), view.recall = recall.values(), view.f1 = f1.values();
  for (const RunSummary& run : variant.runs) {
    if (run.status == RunStatus::done) add_confusion(view, reader.confusion(run.run_id, SplitName::test));
  }
  return view;
}

}  // namespace

std::vector<ClassView> read_class_views(const Reader& reader, const Comparison& comparison) {
  std::vector<ClassView> views;
  for (const VariantSummary* variant : shown_variants(comparison)) {
    ClassView view = read_class_view(reader, *variant);
    if (view.runs == 0) continue;
    view.variant = static_cast<std::size_t>(variant - comparison.variants.data());
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<std::string> class_names(const Comparison& comparison, std::size_t count) {
  for (const DatasetRecord& set : comparison.datasets) {
    if (set.split == "test" && set.class_names.size() == count) return set.class_names;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(std::to_string(i));
  return names;
}

}  // namespace ablate
