#pragma once
/// Settings that each variant gets for itself, chosen by validation before the comparison begins.

#include <map>
#include <string>
#include <vector>

#include "config/node.hpp"
#include "config/refusal.hpp"
#include "config/tune_settings.hpp"

namespace ablate {

struct Study;

/// The block `tune`: `{training.learning_rate.initial: [0.01, 0.1], by: validation.log_loss, seeds: 2}`. Several keys
/// are tried in every combination. `study` has its variants. Throws RequestError with the place for a key that is
/// no setting or that a variant changes, a value that some variant cannot have, `by` on test or without a
/// validation set, more than `most_tuned_choices`, and whatever `tuning_study` could not be: two choices that are one
/// configuration, too many variants, names that are too long.
TuneSettings read_tune(const Node& tune, const Study& study, const ReadContext& context);
Node to_node(const TuneSettings& tune);

inline constexpr std::size_t most_tuned_choices = 50;
inline constexpr std::size_t most_tuning_seeds = 100;

/// "NAME (tuning)".
std::string tuning_name(const std::string& study);
bool is_tuning_name(const std::string& study);
/// "NAME" of "NAME (tuning)"; empty: it is not so called.
std::string tuned_study(const std::string& study);
/// Of a variant with one of the choices: "skip=none @ initial=0.01".
std::string tuning_name(const std::string& variant, const TuneChoice& choice);

/// The study that trains every variant with every choice under seeds that `study` does not use.
Study tuning_study(const Study& study, const std::vector<std::string>& metrics);

/// The study with the choice that each variant got, by name: a place in TuneSettings::choices. Its factors stay what
/// they are: a tuned setting is not what the study compares.
Study with_tuned(Study study, const std::map<std::string, std::size_t>& chosen,
                 const std::vector<std::string>& metrics);

}  // namespace ablate
