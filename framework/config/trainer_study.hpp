#pragma once
/// What a study file says differently where another program trains its runs.

#include <optional>
#include <string>
#include <vector>

#include "config/choices.hpp"
#include "config/trainer_reader.hpp"

namespace ablate {

/// Paths of the settings that the file's trainer defines, unchecked; empty where it has none.
std::vector<std::string> own_setting_paths(const Node& root);

/// The context in which the file's other parts are read, and what variants change.
class TrainerStudy {
 public:
  /// `root` may have no trainer. Throws RequestError with the place.
  TrainerStudy(const Node& root, const ReadContext& context);
  TrainerStudy(const TrainerStudy&) = delete;
  TrainerStudy& operator=(const TrainerStudy&) = delete;

  bool is_one() const { return base_.has_value(); }
  const ReadContext& context() const { return context_; }
  const Node& settings() const { return settings_; }

 private:
  std::optional<TrainerBase> base_;
  std::vector<std::string> metrics_;
  Node settings_ = Node::mapping();
  ReadContext context_;
};

/// Throws RequestError, with the nearest, where `monitor` (at `path` of `tree`) is not among the trainer's metrics.
void check_declared(const TrainerSettings& trainer, const Monitor& monitor, const std::string& path,
                    const Node& tree, const ReadContext& context);

}  // namespace ablate
