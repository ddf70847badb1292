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

class Resolver {
 public:
  Resolver(const Study& study, const Node& root, const ReadContext& context)
      : known_(known_factors(study)), root_(root), context_(context) {}

  const Known& factor(const std::string& word, const std::string& path) const {
    const Known* found = nullptr;
    std::size_t ends = 0;
    for (const Known& one : known_) {
      if (word == one.key || word == one.name) return one;
      if (!ends_with_part(one.key, word)) continue;
      found = &one;
      ++ends;
    }
    if (ends == 1) return *found;
    std::vector<std::string> choices;
    for (const Known& one : known_) choices.push_back(one.name == one.key ? one.key : one.name);
    refuse(
        locate(root_, path), context_,
        fmt::format("{}: {} '{}'", path, ends ? "more than one factor ends in" : "no variant changes", word),
        suggestion(word, choices));
  }

  /// The text of a level.
  std::string level(const Known& factor, const std::string& word, const std::string& path) const {
    std::vector<std::string> choices;
    for (const auto& [text, label] : factor.levels) {
      if (word == text || word == label) return text;
      choices.push_back(label);
    }
    refuse(locate(root_, path), context_, fmt::format("{}: no variant has {} '{}'", path, factor.name, word),
           suggestion(word, choices));
  }

  [[noreturn]] void refuse_at(const std::string& path, const std::string& what,
                              const std::string& hint) const {
    refuse(locate(root_, path), context_, what, hint);
  }

 private:
  std::vector<Known> known_;
  const Node& root_;
  const ReadContext& context_;
};

/// Two variants differ in it.
bool varies(const Known& factor) { return factor.levels.size() > 1; }

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

void resolve_contrast(Study& study, const Node& root, const ReadContext& context) {
  if (!study.contrast) return;
  ContrastSettings& contrast = *study.contrast;
  const Resolver resolver(study, root, context);
  if (contrast.factor.empty()) {
    if (contrast.from.empty() && contrast.to.empty() && contrast.by.empty()) return;
    resolver.refuse_at("report.contrast", "report.contrast has levels but no factor", "factor: model.skip");
  }
  const Known& factor = resolver.factor(contrast.factor, "report.contrast.factor");
  contrast.factor = factor.key;
  for (std::string* side : {&contrast.from, &contrast.to}) {
    const char* path = side == &contrast.from ? "report.contrast.from" : "report.contrast.to";
    if (!side->empty()) *side = resolver.level(factor, *side, path);
  }
  if (!contrast.from.empty() && contrast.from == contrast.to) {
    resolver.refuse_at("report.contrast.to",
                       fmt::format("report.contrast compares {} '{}' with itself", factor.name, contrast.to),
                       "name two levels");
  }
  for (std::string& by : contrast.by) {
    by = resolver.factor(by, "report.contrast.by").key;
    if (by == contrast.factor || std::count(contrast.by.begin(), contrast.by.end(), by) > 1) {
      resolver.refuse_at("report.contrast.by", fmt::format("report.contrast names {} twice", by),
                         "`by` lists other factors, each once");
    }
  }
}

}  // namespace ablate
