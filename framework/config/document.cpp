#include "config/document.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file.hpp"
#include "config/short_forms.hpp"
#include "config/yaml_parser.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// Files from the first to the one at hand, as messages name them.
using Chain = std::vector<fs::path>;

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::weakly_canonical(a, error) == fs::weakly_canonical(b, error);
}

fs::path extended_path(const Node& extends, const fs::path& from) {
  if (!extends.is(Node::Kind::scalar) || extends.text.empty()) {
    throw RequestError(
        extends.where,
        fmt::format("extends: found {}, expected the path of a study file, relative to this one",
                    describe_found(extends)),
        "extends: base.yaml");
  }
  return (from.parent_path() / extends.text).lexically_normal();
}

void check_chain(const Chain& chain, const fs::path& next, const Node& extends) {
  std::vector<std::string> names;
  for (const fs::path& file : chain) names.push_back(file.string());
  names.push_back(next.string());
  const std::string way = fmt::format("{}", fmt::join(names, " -> "));
  const bool circle =
      std::any_of(chain.begin(), chain.end(), [&](const fs::path& file) { return same_file(file, next); });
  if (circle) {
    throw RequestError(extends.where, fmt::format("extends leads in a circle: {}", way),
                       "leave one of these extends out");
  }
  if (chain.size() < most_files) return;
  throw RequestError(extends.where,
                     fmt::format("more than {} files extend one another: {}", most_files, way));
}

std::string read_text(const fs::path& path, const Node* extends) {
  if (!extends) return read_file(path, YamlLimits::bytes);
  try {
    return read_file(path, YamlLimits::bytes);
  } catch (const RequestError& error) {
    throw RequestError(extends->where, fmt::format("extends: {}", error.what()));
  }
}

void erase(Node& root, std::string_view key) {
  std::erase_if(root.entries, [&](const Entry& entry) { return entry.key == key; });
}

/// Lays `above` over what it extends.
void lay_over_extended(Document& document, Node above) {
  Node& root = document.root;
  for (const char* own : {"study", "question", "extends"}) erase(root, own);
  if (above.find("variants")) erase(root, "variants");
  constexpr std::array<std::string_view, 7> blocks = {"data", "model",      "training", "trainer",
                                                      "tune", "stop_rules", "report"};
  std::erase_if(above.entries, [&](const Entry& entry) {
    return entry.value.is(Node::Kind::null) &&
           std::find(blocks.begin(), blocks.end(), entry.key) != blocks.end();
  });
  lay_over(root, std::move(above), ++document.layer);
}

/// `extends` is the value that names the file; nullptr for the first.
Document read_over(const fs::path& path, Chain chain, const Node* extends) {
  std::string text = read_text(path, extends);
  std::vector<std::string> warnings;
  Node root = parse_yaml(text, path.string(), &warnings);
  if (!root.is(Node::Kind::mapping) && extends) {
    throw RequestError(root.where,
                       fmt::format("found {}, expected the keys of a study", describe_found(root)));
  }
  write_in_full(root);
  const Node* next = root.find("extends");
  if (!next) return {std::move(root), std::move(text), 0, std::move(warnings)};
  chain.push_back(path);
  const fs::path next_path = extended_path(*next, path);
  check_chain(chain, next_path, *next);
  Document document = read_over(next_path, std::move(chain), next);
  lay_over_extended(document, std::move(root));
  document.text = std::move(text);
  document.warnings.insert(document.warnings.end(), warnings.begin(), warnings.end());
  return document;
}

}  // namespace

Document read_document(const fs::path& path) { return read_over(path, {}, nullptr); }

}  // namespace ablate
