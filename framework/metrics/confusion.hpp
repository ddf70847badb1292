#pragma once
/// What follows from the confusion matrix alone. 0/0 is 0 everywhere but in kappa, as in scikit-learn.

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/evaluation.hpp"

namespace ablate {

/// One entry per class, auc_roc left as not a number. `confusion` is classes x classes: [truth * classes +
/// predicted].
std::vector<ClassMetrics> class_metrics(std::span<const std::uint32_t> confusion, std::size_t classes);

/// Fills in accuracy, the means over the classes, mcc and kappa; the others are left as they are.
/// The matrix must hold at least one image; `of_classes` is what class_metrics() says of it.
void add_confusion_metrics(std::span<const std::uint32_t> confusion, std::span<const ClassMetrics> of_classes,
                           MetricSuite& suite);

}  // namespace ablate
