#pragma once
/// What people read of a change: the factor's name, the value's text or label, and the variant's name made of
/// both.

#include <cstddef>
#include <string>
#include <vector>

#include "base/value.hpp"
#include "config/changes.hpp"

namespace ablate {

struct VariantDraft;

/// What stands for a value in names and tables.
struct Label {
  std::string value;  ///< its text
  std::string label;
  Location where;
};

/// An entry of `variants.factors`.
struct NamedFactor {
  std::string name;
  const Setting* setting = nullptr;
  Location where;
  std::vector<Label> labels = {};
};

/// Writes blocks as one word where that tells their values apart: the schedule of a learning rate, the type
/// of an optimizer.
class FactorTexts {
 public:
  /// Remembers all values that the variants give each key; `factors` are names and labels, nullptr for none.
  /// Throws RequestError with the place.
  FactorTexts(const std::vector<VariantDraft>& drafts, const Node* factors, const ReadContext& context);

  /// The factor's value as study.hpp promises it.
  Value value(const Change& change) const;
  /// The name that the file gives the factor, else its path.
  std::string name(const Setting& setting) const;
  /// The label that the file gives the value, else its text.
  std::string label(const Change& change) const;
  /// "skip=none,hidden=64-32" of the changes from `first` on, keys cut to the shortest end that distinguishes them
  /// from all others of the study.
  std::string variant_name(const std::vector<Change>& changes, std::size_t first) const;

  /// Throws RequestError for a name for what none of the variants changes, and a label for a value that none
  /// has.
  void refuse_unused(const std::vector<VariantDraft>& drafts, const ReadContext& context) const;

  /// `variants.factors` in canonical form, as far as the variants use it; null where they do not.
  Node node(const std::vector<VariantDraft>& drafts) const;

 private:
  const NamedFactor* find(const Setting& setting) const;
  const Label* find_label(const Change& change) const;
  bool is_changed(const Setting& setting) const;
  /// Of the factor's labels, those whose value a variant has.
  std::vector<Label> used_labels(const std::vector<VariantDraft>& drafts, const NamedFactor& factor) const;

  std::vector<std::string> paths_;      ///< that the variants change
  std::vector<std::string> ambiguous_;  ///< paths of blocks whose word does not tell their values apart
  std::vector<NamedFactor> factors_;
};

/// Reads `variants.factors`: "name: key", or "name: {key: ..., labels: {value: label}}".
std::vector<NamedFactor> read_factors(const Node& factors, const ReadContext& context);

}  // namespace ablate
