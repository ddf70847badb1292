#pragma once
/// Numbers as a run of such settings might have them: curves that rise and overfit, with a scatter.

#include "base/random.hpp"
#include "config/settings.hpp"
#include "metrics/metric_table.hpp"
#include "store/records.hpp"

namespace ablate {

/// What a run's curves follow.
struct Course {
  double level = 0.0;    ///< accuracy that it comes to
  double pace = 0.0;     ///< epochs until most of that is reached
  double overfit = 0.0;  ///< rise of the held-out log loss an epoch
};
Course course_of(const Config& config, Stream& chance);

/// Every metric of a split after an epoch. Each gets a scatter of its own, so that no bits repeat.
MetricSuite suite_of(const Course& course, SplitName split, int epoch, Stream& chance);

/// How run `number` of its study ends: a few in a thousand not well.
RunStatus status_of(int number);

}  // namespace ablate
