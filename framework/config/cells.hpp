#pragma once
/// From the block `variants` to the configurations that will be trained.

#include <string>
#include <vector>

#include "ablate/base/value.hpp"
#include "ablate/config/catalogue.hpp"
#include "ablate/config/node.hpp"
#include "ablate/config/refusal.hpp"
#include "ablate/config/settings.hpp"

namespace ablate {

/// A setting or block and the value it gets.
struct Change {
  const Setting* setting = nullptr;
  Location where;  ///< of the key
  Node value;
};

/// A variant on its way.
struct Cell {
  std::string name;  ///< given by `list`, made from the changes in a `grid`
  Location where;
  std::vector<Change> changes = {};
  Node tree = {};  ///< the base with the changes
  Config config = {};
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
  static constexpr std::size_t name = 200;  ///< characters of a variant's name
};

/// All variants, read and checked; `variants` may be null. Throws RequestError with the place and the
/// variant's name.
std::vector<Cell> make_cells(const Node& variants, const Base& base);

/// The changes of a mapping "dotted key: value", in its order. Throws RequestError for an unknown key.
std::vector<Change> read_changes(const Node& mapping, const std::string& what, const ReadContext& context);

/// `tree` with the changes made, a block before the settings inside it, and without what belongs to an old
/// choice.
Node with_changes(const Node& tree, const std::vector<Change>& changes, int layer);

/// Gives every cell of a grid its name: "skip=none,hidden=64", keys cut to the shortest end that tells them
/// apart.
void name_grid(std::vector<Cell>& cells);

/// Writes blocks as one word where that tells their values apart: the schedule of a learning rate, the type
/// of an optimizer.
class FactorTexts {
 public:
  /// Remembers all values that the cells give each key.
  explicit FactorTexts(const std::vector<Cell>& cells);

  /// The factor's value as study.hpp promises it.
  Value value(const Change& change) const;

 private:
  std::vector<std::string> ambiguous_;  ///< paths of blocks whose word does not tell their values apart
};

}  // namespace ablate
