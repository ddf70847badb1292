#pragma once
/// From the block `variants` to the configurations that will be trained.

#include <string>
#include <vector>

#include "config/changes.hpp"
#include "config/config_reader.hpp"
#include "config/factor_texts.hpp"
#include "config/settings.hpp"

namespace ablate {

/// A variant on its way.
struct VariantDraft {
  std::string name = {};  ///< given by the file, else made from the changes
  Location where;
  std::vector<Change> changes = {};
  std::size_t inherited = 0;  ///< the first changes are the baseline's own and are not in the name
  Node tree = {};             ///< the base with the changes
  Resolved config = {};
  bool is_baseline = false;
};

/// What the variants are made from.
struct Base {
  const Node& tree;  ///< keys data, model, training
  int layer;         ///< of the variants' changes: above all that is in `tree`
  const ReadContext& context;
};

/// Bounds of one study.
struct StudyLimits {
  static constexpr std::size_t variants = 1'000;
  static constexpr std::size_t runs = 100'000;
  static constexpr std::size_t name = 200;  ///< characters of a name or label
};

/// Whether a text can be a name or label: not empty, in one line, within the limit.
bool is_name(const std::string& text);

struct VariantDrafts {
  std::vector<VariantDraft> drafts;  ///< never empty
  FactorTexts texts;                 ///< how to write what they change
};

/// All variants, read and checked; `variants` may be null. Throws RequestError with the place and the
/// variant's name.
VariantDrafts make_drafts(const Node& variants, const Base& base);

}  // namespace ablate
