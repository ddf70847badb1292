/// The block variants.factors.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "config/factor_texts.hpp"
#include "config/variant_drafts.hpp"

namespace ablate {
namespace {

constexpr const char* form = "{width: {key: model.hidden, labels: {\"[64]\": narrow, \"[256]\": wide}}}";

void check_label(const std::string& name, const Location& where, const std::string& what,
                 const ReadContext& context) {
  if (is_name(name)) return;
  refuse(where, context, fmt::format("{} has 1 to {} characters in one line", what, StudyLimits::name));
}

void read_labels(const Node& labels, NamedFactor& factor, const ReadContext& context) {
  const std::string path = fmt::format("variants.factors.{}.labels", factor.name);
  if (!labels.is(Node::Kind::mapping)) refuse_value(labels, path, context, "values and their labels", form);
  std::set<std::string> known;
  for (const Entry& entry : labels.entries) {
    if (!entry.value.is(Node::Kind::scalar)) refuse_value(entry.value, path, context, "a label");
    check_label(entry.value.text, entry.value.where, "a label", context);
    if (!known.insert(entry.value.text).second) {
      refuse(entry.value.where, context,
             fmt::format("{}: two values have the label '{}'", path, entry.value.text),
             "give each its own label");
    }
    factor.labels.push_back({entry.key, entry.value.text, entry.where});
  }
}

NamedFactor read_factor(const Entry& entry, const ReadContext& context) {
  check_label(entry.key, entry.where, "a factor's name", context);
  const std::string path = fmt::format("variants.factors.{}", entry.key);
  const bool with_labels = entry.value.is(Node::Kind::mapping);
  const std::vector<std::string> known = {"key", "labels"};
  if (with_labels) refuse_unknown_keys(entry.value, path, known, context);
  const Node* key = with_labels ? entry.value.find("key") : &entry.value;
  if (!key) refuse(entry.value.where, context, fmt::format("{} has no key", path), form);
  if (!key->is(Node::Kind::scalar)) refuse_value(*key, path, context, "the key of a setting", form);
  NamedFactor factor{entry.key, &variable_setting(key->text, Node(), key->where, path, context), key->where};
  const Node* labels = with_labels ? entry.value.find("labels") : nullptr;
  if (labels) read_labels(*labels, factor, context);
  return factor;
}

}  // namespace

std::vector<NamedFactor> read_factors(const Node& factors, const ReadContext& context) {
  if (!factors.is(Node::Kind::mapping)) {
    refuse_value(factors, "variants.factors", context,
                 "names and the keys that they stand for, as in {skip: model.skip}");
  }
  std::vector<NamedFactor> read;
  for (const Entry& entry : factors.entries) {
    NamedFactor factor = read_factor(entry, context);
    const auto other = std::find_if(read.begin(), read.end(),
                                    [&](const NamedFactor& f) { return f.setting == factor.setting; });
    if (other != read.end()) {
      refuse(factor.where, context,
             fmt::format("variants.factors names {} twice, '{}' and '{}'", factor.setting->path, other->name,
                         factor.name),
             "keep one of the two");
    }
    read.push_back(std::move(factor));
  }
  return read;
}

}  // namespace ablate
