#include "made_up_curves.hpp"

#include <algorithm>
#include <cmath>

#include "compute/normal.hpp"

namespace ablate {

Course course_of(const Config& config, Stream& chance) {
  const double width = std::log2(config.model.hidden.front() / 64.0),
               rate = config.training.learning_rate.initial;
  const double too_fast = std::abs(std::log10(rate / 0.03));
  Course course;
  course.level = 0.78 + 0.012 * width + (config.model.skip == Skip::none ? 0.0 : 0.02 - 0.005 * width) -
                 0.03 * too_fast * too_fast - 0.05 * std::pow(config.model.dropout - 0.15, 2.0) +
                 0.004 * compute::normal(chance);
  course.pace = 3.0 + 6.0 * std::exp(-30.0 * rate) + chance.uniform();
  course.overfit = 0.002 * (1.0 + width) * (1.0 - config.model.dropout) * chance.uniform();
  return course;
}

MetricSuite suite_of(const Course& course, SplitName split, int epoch, Stream& chance) {
  const auto scatter = [&] { return 1e-3 * (chance.uniform() - 0.5); };
  const bool seen = split == SplitName::train;
  const double wrong = std::max(0.01, 1.0 - course.level * (1.0 - std::exp(-epoch / course.pace)) -
                                          (seen ? 0.02 : 0.0) + 4.0 * scatter());
  MetricSuite suite;
  suite.accuracy = 1.0 - wrong;
  suite.top3_accuracy = 1.0 - 0.3 * wrong + scatter();
  suite.precision = suite.accuracy + scatter();
  suite.recall = suite.accuracy + scatter();
  suite.specificity = 1.0 - wrong / 46.0 + 0.01 * scatter();
  suite.f1 = suite.accuracy - 0.002 + scatter();
  suite.f1_of_means = 2.0 * suite.precision * suite.recall / (suite.precision + suite.recall);
  suite.log_loss = 3.0 * wrong + (seen ? 0.0 : course.overfit * epoch) + scatter();
  suite.auc_roc = 1.0 - wrong / 20.0 + 0.1 * scatter();
  suite.weighted_f1 = suite.f1 + scatter();
  suite.mcc = 1.0 - 1.02 * wrong + scatter();
  suite.kappa = 1.0 - 1.021 * wrong + scatter();
  suite.brier = 1.4 * wrong + scatter();
  suite.ece = 0.02 + 0.02 * chance.uniform();
  return suite;
}

RunStatus status_of(int number) {
  switch (number % 500) {
    case 123:
      return RunStatus::failed;
    case 222:
      return RunStatus::diverged;
    case 321:
      return RunStatus::interrupted;
    case 420:
      return RunStatus::planned;
    default:
      return RunStatus::done;
  }
}

}  // namespace ablate
