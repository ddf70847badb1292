#pragma once
/// Studies as text, and what is wrong with them.

#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/study.hpp"

namespace ablate::test {

inline const std::vector<std::string> metric_names_of_design = {
    "accuracy", "top3_accuracy", "precision",   "recall", "specificity", "f1",    "f1_of_means",
    "log_loss", "auc_roc",       "weighted_f1", "mcc",    "kappa",       "brier", "ece"};

inline Study study_of(const std::string& text, const std::vector<Override>& overrides = {}) {
  return parse_study(text, "s.yaml", overrides, metric_names_of_design);
}

/// The configuration of a study of one variant whose blocks are `blocks`.
inline Config config_of(const std::string& blocks) {
  return study_of("study: s\n" + blocks).variants.at(0).config;
}

/// The message with which the study is refused; empty where it is not.
inline std::string refusal_of(const std::string& text, const std::vector<Override>& overrides = {}) {
  try {
    study_of(text, overrides);
  } catch (const RequestError& error) {
    return error.what();
  }
  return {};
}

inline std::vector<std::string> names_of(const Study& study) {
  std::vector<std::string> names;
  for (const Variant& variant : study.variants) names.push_back(variant.name);
  return names;
}

}  // namespace ablate::test
