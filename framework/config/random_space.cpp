#include "config/random_space.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/random.hpp"
#include "base/suggest.hpp"
#include "compute/functions.hpp"
#include "config/config_reader.hpp"
#include "config/scalars.hpp"

namespace ablate {
namespace {

const std::vector<std::string> distributions = {"choice", "uniform", "log_uniform", "int_uniform"};

/// So many draws that bring nothing new, one after the other, and the space is taken to be exhausted: of a
/// thousand values the last is missed that long with a chance of 2e-9.
constexpr std::size_t most_repeats = 20'000;

/// One key of a space.
struct Dimension {
  Change key;  ///< its value is the distribution, as it is in the file
  std::string distribution;
  std::vector<Node> choices = {};
  double low = 0.0, high = 0.0;
  Stream stream;

  /// Different values that it can draw; nothing where they are numbers of a continuum.
  std::optional<std::size_t> size() const;
  Node draw();
};

std::optional<std::size_t> Dimension::size() const {
  if (distribution == "int_uniform") return static_cast<std::size_t>(high - low) + 1;
  if (distribution != "choice") return std::nullopt;
  std::set<std::string> different;
  for (const Node& choice : choices) different.insert(flow_text(choice));
  return different.size();
}

/// Four significant digits: short names.
double rounded(double value) { return number(Node::scalar(fmt::format("{:.4g}", value))).value(); }

Node Dimension::draw() {
  if (distribution == "choice") return choices[stream.below(choices.size())];
  double value = 0.0;
  if (distribution == "int_uniform") {
    value = low + static_cast<double>(stream.below(static_cast<std::uint64_t>(high - low) + 1));
  } else if (distribution == "uniform") {
    value = rounded(stream.uniform(low, high));
  } else {
    value = rounded(compute::exp(stream.uniform(compute::log(low), compute::log(high))));
  }
  Node node = Node::scalar(number_text(std::clamp(value, low, high)));
  node.where = key.value.where;
  if (!key.setting->list) return node;
  Node list = Node::sequence();
  list.where = node.where;
  list.items.push_back(std::move(node));
  return list;
}

class SpaceReader {
 public:
  SpaceReader(const Node& random, const std::string& what, const Base& base)
      : random_(random), what_(what), base_(base), context_(base.context) {}

  std::size_t count() const;
  std::vector<Dimension> dimensions() const;

 private:
  std::uint64_t seed() const;
  Dimension dimension(const Change& key) const;
  void read_choices(const Node& choices, const std::string& path, Dimension& dimension) const;
  void read_bounds(const Node& bounds, const std::string& path, Dimension& dimension) const;
  void check_kind(const Node& bounds, const std::string& path, const Dimension& dimension) const;

  const Node& random_;
  const std::string& what_;
  const Base& base_;
  const ReadContext& context_;
};

std::size_t SpaceReader::count() const {
  const std::vector<std::string> known = {"count", "seed", "space"};
  if (!random_.is(Node::Kind::mapping)) {
    refuse_value(
        random_, what_, context_, "count, seed and space",
        "{count: 20, seed: 1, space: {training.learning_rate.initial: {log_uniform: [0.001, 0.1]}}}");
  }
  refuse_unknown_keys(random_, what_, known, context_);
  const Node* node = random_.find("count");
  if (!node) refuse(random_.where, context_, fmt::format("{} has no count", what_), "count: 20");
  const auto count = whole_number(*node);
  if (!count || *count < 1 || *count > static_cast<std::int64_t>(StudyLimits::variants)) {
    refuse_value(*node, fmt::format("{}.count", what_), context_,
                 fmt::format("a whole number from 1 to {}", StudyLimits::variants));
  }
  return static_cast<std::size_t>(*count);
}

std::uint64_t SpaceReader::seed() const {
  const Node* node = random_.find("seed");
  const auto seed = node ? whole_number(*node) : 1;
  if (!seed || *seed < 0) {
    refuse_value(*node, fmt::format("{}.seed", what_), context_, "a whole number of at least 0");
  }
  return static_cast<std::uint64_t>(*seed);
}

std::vector<Dimension> SpaceReader::dimensions() const {
  const Node* space = random_.find("space");
  const std::string path = fmt::format("{}.space", what_);
  constexpr const char* expected =
      "keys with a distribution, as in {training.learning_rate.initial: {log_uniform: [0.001, 0.1]}}";
  if (!space) refuse(random_.where, context_, fmt::format("{} has no space: expected {}", what_, expected));
  if (!space->is(Node::Kind::mapping) || space->entries.empty()) {
    refuse_value(*space, path, context_, expected);
  }
  std::vector<Dimension> dimensions;
  for (const Change& key : read_changes(*space, path, context_)) dimensions.push_back(dimension(key));
  return dimensions;
}

Dimension SpaceReader::dimension(const Change& key) const {
  const std::string path = fmt::format("{}.space.{}", what_, key.setting->path);
  if (!key.value.is(Node::Kind::mapping) || key.value.entries.size() != 1) {
    refuse_value(key.value, path, context_,
                 "one of choice, uniform, log_uniform, int_uniform with its values or bounds",
                 "{uniform: [0.1, 0.5]}");
  }
  const Entry& entry = key.value.entries.front();
  const bool known = std::find(distributions.begin(), distributions.end(), entry.key) != distributions.end();
  if (!known) {
    refuse(entry.where, context_, fmt::format("unknown distribution '{}' in {}", entry.key, path),
           suggestion(entry.key, distributions));
  }
  Dimension dimension{.key = key,
                      .distribution = entry.key,
                      .stream = Stream(seed(), fmt::format("variants/random/{}", key.setting->path))};
  const std::string full = fmt::format("{}.{}", path, entry.key);
  if (entry.key == "choice") {
    read_choices(entry.value, full, dimension);
  } else {
    read_bounds(entry.value, full, dimension);
  }
  return dimension;
}

void SpaceReader::read_choices(const Node& choices, const std::string& path, Dimension& dimension) const {
  if (!choices.is(Node::Kind::sequence) || choices.items.empty()) {
    refuse_value(choices, path, context_, "a list of values");
  }
  const ReadContext of_choice = context_.labelled(path, false);
  for (const Node& choice : choices.items) {  // each is tried, drawn or not
    const Change change = in_full({dimension.key.setting, dimension.key.where, choice});
    dimension.choices.push_back(change.value);
    read_resolved(with_changes(base_.tree, {change}, base_.layer), of_choice);
  }
}

void SpaceReader::check_kind(const Node& bounds, const std::string& path, const Dimension& dimension) const {
  const Setting& setting = *dimension.key.setting;
  const bool whole = setting.kind == SettingKind::whole;
  if (whole && dimension.distribution != "int_uniform") {
    refuse(bounds.where, context_,
           fmt::format("{}: {} is a whole number, expected int_uniform or choice", path, setting.path));
  }
  if (whole || setting.kind == SettingKind::number) return;
  refuse(bounds.where, context_, fmt::format("{}: {} is not a number, expected choice", path, setting.path),
         "choice: [...], the values one after the other");
}

void SpaceReader::read_bounds(const Node& bounds, const std::string& path, Dimension& dimension) const {
  check_kind(bounds, path, dimension);
  const bool whole = dimension.distribution == "int_uniform";
  const auto bound = [&](std::size_t i) -> std::optional<double> {
    if (whole && !whole_number(bounds.items[i])) return std::nullopt;
    return number(bounds.items[i]);
  };
  const bool two = bounds.is(Node::Kind::sequence) && bounds.items.size() == 2;
  const auto low = two ? bound(0) : std::nullopt, high = two ? bound(1) : std::nullopt;
  if (!low || !high || *low >= *high) {
    refuse_value(bounds, path, context_,
                 fmt::format("two bounds, {}, the lower one first", whole ? "whole numbers" : "numbers"),
                 whole ? "int_uniform: [16, 256]" : fmt::format("{}: [0.001, 0.1]", dimension.distribution));
  }
  const Range& range = dimension.key.setting->field.range;
  for (const Node& end : bounds.items) {
    if (range.contains(number(end).value())) continue;
    refuse_value(end, path, context_, fmt::format("a number {}", range_text(range)));
  }
  if (dimension.distribution == "log_uniform" && *low <= 0.0) {
    refuse_value(bounds.items[0], path, context_, "a lower bound above 0, for a logarithm");
  }
  dimension.low = *low;
  dimension.high = *high;
}

/// Different sets of values that the space holds, as far as they can be counted.
std::optional<std::size_t> size_of(const std::vector<Dimension>& dimensions) {
  constexpr std::size_t enough = StudyLimits::variants;
  std::size_t size = 1;
  for (const Dimension& dimension : dimensions) {
    const auto values = dimension.size();
    if (!values) return std::nullopt;
    size = std::min(enough, size * std::min(enough, *values));
  }
  return size;
}

}  // namespace

std::vector<std::vector<Change>> draw_changes(const Node& random, const std::string& what, const Base& base) {
  const SpaceReader reader(random, what, base);
  const std::size_t count = reader.count();
  std::vector<Dimension> space = reader.dimensions();
  const auto refuse_size = [&](std::size_t size) {
    refuse(random.find("count")->where, base.context,
           fmt::format("{} wants {} different variants, but its space holds {}", what, count, size),
           fmt::format("count: {}, or a wider space", size));
  };
  if (const auto size = size_of(space); size && *size < count) refuse_size(*size);
  std::vector<std::vector<Change>> drawn;
  std::set<std::string> known;
  for (std::size_t repeats = 0; drawn.size() < count; ++repeats) {
    if (repeats == most_repeats) refuse_size(drawn.size());
    std::vector<Change> changes;
    std::string text;
    for (Dimension& dimension : space) {
      changes.push_back({dimension.key.setting, dimension.key.where, dimension.draw()});
      text += flow_text(changes.back().value) + '\n';
    }
    if (!known.insert(text).second) continue;
    drawn.push_back(std::move(changes));
    repeats = 0;
  }
  return drawn;
}

}  // namespace ablate
