#include "config/contrast.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"

namespace ablate {
namespace {

/// A factor of the study with all that its levels are called.
struct Known {
  std::string key, name;
  std::vector<std::pair<std::string, std::string>> levels = {};  ///< text and label
};

std::vector<Known> known_factors(const Study& study) {
  std::vector<Known> all;
  for (const Variant& variant : study.variants) {
    for (const Factor& factor : variant.factors) {
      auto known =
          std::find_if(all.begin(), all.end(), [&](const Known& one) { return one.key == factor.key; });
      if (known == all.end()) known = all.insert(all.end(), {factor.key, factor.name});
      const std::pair level(to_string(factor.value), factor.label);
      if (std::find(known->levels.begin(), known->levels.end(), level) == known->levels.end())
        known->levels.push_back(level);
    }
  }
  return all;
}

bool ends_with_part(const std::string& key, const std::string& part) {
  return key.size() > part.size() && key.ends_with(part) && key[key.size() - part.size() - 1] == '.';
}

/// Two variants differ in it.
bool varies(const Known& factor) { return factor.levels.size() > 1; }

class Resolver {
 public:
  Resolver(const Study& study, const ContrastRefusal& refusal)
      : known_(known_factors(study)), refusal_(refusal) {}

  const Known& factor(const std::string& word) const {
    const Known* found = find("factor", word);
    if (!found) refuse_unknown("factor", word, nullptr);
    return *found;
  }

  /// A factor by whose levels the effect of another is split.
  const Known& by(const std::string& word, const Known& of) const {
    const Known* found = find("by", word);
    if (!found) refuse_unknown("by", word, &of);
    return *found;
  }

  /// The text of a level.
  std::string level(const Known& factor, const std::string& word, const std::string& part) const {
    std::vector<std::string> choices;
    for (const auto& [text, label] : factor.levels) {
      if (word == text || word == label) return text;
      choices.push_back(label);
    }
    refuse(part, fmt::format("no variant has {} '{}'", factor.name, word), suggestion(word, choices));
  }

  [[noreturn]] void refuse(const std::string& part, const std::string& what, const std::string& hint) const {
    throw refusal_(part, what, hint);
  }

 private:
  /// By its key, its name or the end of its key; nullptr where there is none.
  const Known* find(const std::string& part, const std::string& word) const {
    const Known* found = nullptr;
    for (const Known& one : known_) {
      if (word == one.key || word == one.name) return &one;
      if (!ends_with_part(one.key, word)) continue;
      if (found)
        refuse(part, fmt::format("more than one factor ends in '{}'", word),
               suggestion(word, names(nullptr)));
      found = &one;
    }
    return found;
  }

  std::vector<std::string> names(const Known* except) const {
    std::vector<std::string> all;
    for (const Known& one : known_) {
      if (varies(one) && !(except && one.key == except->key)) all.push_back(one.name);
    }
    return all;
  }

  [[noreturn]] void refuse_unknown(const std::string& part, const std::string& word, const Known* of) const {
    const std::vector<std::string> others = names(of);
    refuse(part, fmt::format("no variant changes '{}'", word),
           of && others.empty() ? fmt::format("leave it out: only {} varies", of->name)
                                : suggestion(word, others));
  }

  std::vector<Known> known_;
  const ContrastRefusal& refusal_;
};

}  // namespace

void ask_about_baseline(Study& study, const Node& root) {
  const Node* variants = root.find("variants");
  const Node* baseline = variants ? variants->find("baseline") : nullptr;
  const bool asks = study.contrast && !study.contrast->factor.empty();
  if (asks || !baseline || !variants->find("grid")) return;
  const std::vector<Known> factors = known_factors(study);
  const auto first = std::find_if(factors.begin(), factors.end(), varies);
  for (const auto& entry : baseline->entries) {
    const auto named = std::find_if(factors.begin(), factors.end(), [&](const Known& factor) {
      return factor.key == entry.key && varies(factor);
    });
    if (named == factors.end()) continue;
    if (named == first) return;
    if (!study.contrast) study.contrast.emplace();
    study.contrast->factor = named->key;
    return;
  }
}

void resolve_contrast(ContrastSettings& contrast, const Study& study, const ContrastRefusal& refusal) {
  const Resolver resolver(study, refusal);
  if (contrast.factor.empty()) {
    if (contrast.from.empty() && contrast.to.empty() && contrast.by.empty()) return;
    resolver.refuse("", "there are levels but no factor", "factor: model.skip");
  }
  const Known& factor = resolver.factor(contrast.factor);
  contrast.factor = factor.key;
  if (!contrast.from.empty()) contrast.from = resolver.level(factor, contrast.from, "from");
  if (!contrast.to.empty()) contrast.to = resolver.level(factor, contrast.to, "to");
  if (!contrast.from.empty() && contrast.from == contrast.to) {
    resolver.refuse("to", fmt::format("this compares {} '{}' with itself", factor.name, contrast.to),
                    "name two levels");
  }
  for (std::string& by : contrast.by) {
    by = resolver.by(by, factor).key;
    if (by == contrast.factor || std::count(contrast.by.begin(), contrast.by.end(), by) > 1)
      resolver.refuse("by", fmt::format("{} is named twice", by), "name other factors, each once");
  }
}

}  // namespace ablate
