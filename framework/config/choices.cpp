#include "config/choices.hpp"

#include <array>
#include <vector>

namespace ablate {
namespace {

using namespace std::string_view_literals;

constexpr std::array splits = {"train"sv, "validation"sv, "test"sv};
constexpr std::array activations = {"relu"sv, "tanh"sv, "sigmoid"sv, "leaky_relu"sv, "gelu"sv};
constexpr std::array skips = {"none"sv, "projection"sv, "identity"sv};
constexpr std::array inits = {"he_normal"sv, "he_uniform"sv, "glorot_uniform"sv, "normal"sv};
constexpr std::array optimizers = {"sgd"sv, "adam"sv, "adamw"sv, "rmsprop"sv, "adagrad"sv};
constexpr std::array schedules = {"constant"sv,      "step"sv,         "milestones"sv,
                                  "exponential"sv,   "inverse_time"sv, "cosine"sv,
                                  "warm_restarts"sv, "one_cycle"sv,    "plateau"sv};
constexpr std::array selections = {"validation"sv, "last"sv};
constexpr std::array keeps = {"true"sv, "best"sv, "false"sv};
constexpr std::array train_evaluations = {"every_epoch"sv, "every"sv, "sample"sv, "never"sv};

template <class Enum>
std::string text_of(Enum value) {
  return std::string(choices(value)[static_cast<std::size_t>(value)]);
}

}  // namespace

std::span<const std::string_view> choices(Source) {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const SourceRow& row : source_rows()) all.push_back(row.name);
    return all;
  }();
  return names;
}
std::span<const std::string_view> choices(SplitName) { return splits; }
std::span<const std::string_view> choices(Activation) { return activations; }
std::span<const std::string_view> choices(Skip) { return skips; }
std::span<const std::string_view> choices(InitKind) { return inits; }
std::span<const std::string_view> choices(OptimizerKind) { return optimizers; }
std::span<const std::string_view> choices(ScheduleKind) { return schedules; }
std::span<const std::string_view> choices(Selection) { return selections; }
std::span<const std::string_view> choices(KeepWeights) { return keeps; }
std::span<const std::string_view> choices(TrainEvaluationKind) { return train_evaluations; }

std::span<const std::string_view> choices_with_number(InitKind) { return std::span(inits).last(1); }
std::span<const std::string_view> choices_with_number(TrainEvaluationKind) {
  return std::span(train_evaluations).subspan(1, 2);
}

std::string to_string(Source value) { return text_of(value); }
std::string to_string(SplitName value) { return text_of(value); }
std::string to_string(Activation value) { return text_of(value); }
std::string to_string(Skip value) { return text_of(value); }
std::string to_string(InitKind value) { return text_of(value); }
std::string to_string(OptimizerKind value) { return text_of(value); }
std::string to_string(ScheduleKind value) { return text_of(value); }
std::string to_string(Selection value) { return text_of(value); }
std::string to_string(KeepWeights value) { return text_of(value); }
std::string to_string(TrainEvaluationKind value) { return text_of(value); }

std::string to_string(const Monitor& monitor) { return to_string(monitor.split) + "." + monitor.metric; }

}  // namespace ablate
