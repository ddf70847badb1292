#include "config/study_names.hpp"

#include <algorithm>
#include <string_view>

#include "config/yaml_parser.hpp"

namespace ablate {
namespace {

/// The text without the entries of `variants.list`, which are most of it. In canonical form each is a line.
std::string without_list(std::string_view yaml) {
  std::string kept;
  bool in_variants = false, in_list = false;
  for (std::size_t begin = 0; begin < yaml.size();) {
    const std::size_t end = std::min(yaml.find('\n', begin), yaml.size() - 1) + 1;
    const std::string_view line = yaml.substr(begin, end - begin);
    begin = end;
    if (!line.starts_with(' ')) {
      in_variants = line == "variants:\n";
      in_list = false;
    } else if (in_variants && !line.starts_with("   ")) {
      in_list = line == "  list:\n";
    } else if (in_list) {
      continue;
    }
    kept += line;
  }
  return kept;
}

}  // namespace

StudyNames names_of_study(const std::string& yaml, const std::string& name) {
  const Node root = parse_yaml(without_list(yaml), name);
  StudyNames names;
  if (const Node* factors = find_path(root, "variants.factors")) {
    for (const Entry& entry : factors->entries) {
      const Node* key = entry.value.is(Node::Kind::mapping) ? entry.value.find("key") : &entry.value;
      if (key && key->is(Node::Kind::scalar) && key->text != entry.key) names.factors[entry.key] = key->text;
    }
  }
  if (const Node* primary = find_path(root, "report.primary")) names.primary = primary->text;
  if (const Node* settings = find_path(root, "trainer.settings")) names.settings = *settings;
  return names;
}

}  // namespace ablate
