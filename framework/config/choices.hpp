#pragma once
/// The settings that are a choice among names, and the names as the study file writes them.

#include <span>
#include <string>
#include <string_view>

#include "config/sources.hpp"

namespace ablate {

enum class SplitName { train, validation, test };
enum class Activation { relu, tanh, sigmoid, leaky_relu, gelu };
enum class Skip { none, projection, identity };
enum class InitKind { he_normal, he_uniform, glorot_uniform, normal };
enum class OptimizerKind { sgd, adam, adamw, rmsprop, adagrad };
enum class ScheduleKind {
  constant,
  step,
  milestones,
  exponential,
  inverse_time,
  cosine,
  warm_restarts,
  one_cycle,
  plateau
};
enum class Selection { validation, last };
/// Whose weights stay in the database: of every finished run; of the baseline's and the best variant's; of none.
enum class KeepWeights { all, best, none };
enum class TrainEvaluationKind { every_epoch, every, sample, never };

/// Texts of all values of each enumeration above, as the study file writes them, in the order of the
/// enumerators.
std::span<const std::string_view> choices(Source);
std::span<const std::string_view> choices(SplitName);
std::span<const std::string_view> choices(Activation);
std::span<const std::string_view> choices(Skip);
std::span<const std::string_view> choices(InitKind);
std::span<const std::string_view> choices(OptimizerKind);
std::span<const std::string_view> choices(ScheduleKind);
std::span<const std::string_view> choices(Selection);
std::span<const std::string_view> choices(KeepWeights);
std::span<const std::string_view> choices(TrainEvaluationKind);

/// Those names that take a number: `{normal: 0.01}`, `{every: 5}`.
std::span<const std::string_view> choices_with_number(InitKind);
std::span<const std::string_view> choices_with_number(TrainEvaluationKind);

/// Text of one value ("he_normal").
std::string to_string(Source);
std::string to_string(SplitName);
std::string to_string(Activation);
std::string to_string(Skip);
std::string to_string(InitKind);
std::string to_string(OptimizerKind);
std::string to_string(ScheduleKind);
std::string to_string(Selection);
std::string to_string(KeepWeights);
std::string to_string(TrainEvaluationKind);

/// What early stopping, a plateau schedule and the selection of an epoch look at: "validation.log_loss".
struct Monitor {
  SplitName split = SplitName::validation;
  std::string metric = "log_loss";
  friend bool operator==(const Monitor&, const Monitor&) = default;
};

std::string to_string(const Monitor&);

}  // namespace ablate
