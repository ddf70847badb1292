#include "train/judge.hpp"

#include <fmt/format.h>

#include "metrics/metric_table.hpp"
#include "metrics/split_value.hpp"

namespace ablate {
namespace {

bool lower_is_better(const Monitor& monitor) { return find_metric(monitor.metric).better == Better::down; }

double monitored(const Monitor& monitor, const BySplit<Evaluation>& evaluations) {
  const auto& evaluation = value_of(evaluations, monitor.split);
  return evaluation ? evaluation->suite.*find_metric(monitor.metric).value : MetricSuite::none;
}

}  // namespace

std::optional<Monitor> selection_monitor(const Config& config) {
  if (config.training.select == Selection::last) return std::nullopt;
  if (config.training.early_stopping) return config.training.early_stopping->monitor;
  if (config.data.validation > 0.0) return Monitor{};
  return std::nullopt;
}

std::string selected_by(const Config& config) {
  const auto monitor = selection_monitor(config);
  return monitor ? to_string(*monitor) : "last epoch";
}

Judge::Judge(const Config& config)
    : plateau_(config.training.learning_rate.monitor),
      has_plateau_(config.training.learning_rate.schedule == ScheduleKind::plateau),
      selection_(selection_monitor(config)),
      learning_rate_(config.training.learning_rate, config.training.epochs, lower_is_better(plateau_)),
      selected_(selection_ && lower_is_better(*selection_)),
      stops_early_(config.training.early_stopping.has_value()),
      stopping_(config.training.early_stopping.value_or(EarlyStoppingSettings{})),
      patience_(lower_is_better(stopping_.monitor), stopping_.minimum_change) {}

bool Judge::selects(const BySplit<Evaluation>& evaluations) {
  learning_rate_.observe(monitored(plateau_, evaluations));
  patience_.improves(monitored(stopping_.monitor, evaluations));
  return !selection_ || selected_.improves(monitored(*selection_, evaluations));
}

std::string Judge::blind() const {
  const auto never = [](const char* what, const Monitor& monitor) {
    return fmt::format("{} looks at {}, which was not a number after any epoch", what, to_string(monitor));
  };
  if (selection_ && !selected_.memory().any) {
    return never(stops_early_ ? "early stopping" : "the choice of an epoch", *selection_);
  }
  if (stops_early_ && !patience_.memory().any) return never("early stopping", stopping_.monitor);
  if (has_plateau_ && !learning_rate_.memory().best.any)
    return never("the learning rate's plateau", plateau_);
  return {};
}

void Judge::restore(const Memory& memory) {
  selected_.restore(memory.selected);
  patience_.restore(memory.patience);
  learning_rate_.restore(memory.rate);
}

std::string Judge::why() const {
  return fmt::format("{} did not improve for {} epochs", to_string(stopping_.monitor), stopping_.patience);
}

}  // namespace ablate
