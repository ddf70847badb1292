#include "runner/cluster/cluster_file.hpp"

#include <array>
#include <functional>
#include <limits>
#include <optional>
#include <regex>

#include <fmt/format.h>

#include "base/file.hpp"
#include "config/refusal.hpp"
#include "config/scalars.hpp"
#include "config/yaml_parser.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// A key of the file and what its value is put into.
struct Key {
  std::string name;
  std::function<void(const Node&)> read;
};

/// As sbatch's --time takes it.
bool is_time_limit(const std::string& text) {
  if (text == "UNLIMITED" || text == "INFINITE") return true;
  static const std::regex form("(?:[0-9]{1,6}-)?[0-9]{1,6}(?::[0-9]{1,6}){0,2}");
  return std::regex_match(text, form);
}

class ClusterReader {
 public:
  explicit ClusterReader(const fs::path& file) : folder_(fs::absolute(file).parent_path()) {}

  ClusterSettings read(const Node& root) {
    if (root.is(Node::Kind::null)) return found_;
    if (!root.is(Node::Kind::mapping))
      refuse(root.where, context_, "a cluster file is a mapping of settings");
    const std::vector<Key> keys = all_keys();
    std::vector<std::string> names;
    for (const Key& key : keys) names.push_back(key.name);
    refuse_unknown_keys(root, "the cluster file", names, context_);
    for (const Key& key : keys) {
      if (const Node* node = root.find(key.name)) key.read(*node);
    }
    return found_;
  }

 private:
  std::vector<Key> all_keys() {
    return {path("work", found_.work),
            path("program", found_.program),
            {"script", [this](const Node& node) { read_script(node); }},
            count("runs_per_task", found_.runs_per_task, 1),
            count("parallel", found_.parallel, 0),
            count("longest_array", found_.longest_array, 1),
            {"publish",
             [this](const Node& node) {
               const auto seconds = number(node);
               if (!seconds || *seconds <= 0.0) refuse_value(node, "publish", context_, "seconds, above 0");
               found_.publish_seconds = *seconds;
             }},
            {"requeue",
             [this](const Node& node) {
               const auto value = truth(node);
               if (!value) refuse_value(node, "requeue", context_, "true or false");
               found_.requeue = *value;
             }},
            {"time", [this](const Node& node) { read_time(node); }},
            text("partition", found_.partition),
            {"memory", [this](const Node& node) { read_memory(node); }},
            count("cpus", found_.cpus, 1),
            {"options", [this](const Node& node) {
               if (!node.is(Node::Kind::sequence))
                 refuse_value(node, "options", context_, "a list of options of sbatch");
               for (const Node& item : node.items) found_.options.push_back(line(item, "options"));
             }}};
  }

  void read_script(const Node& node) {
    path("script", found_.script).read(node);
    if (!fs::is_regular_file(found_.script))
      refuse_value(node, "script", context_, "a file: the template of a batch script");
  }

  void read_time(const Node& node) {
    found_.time = line(node, "time");
    if (!is_time_limit(found_.time))
      refuse_value(node, "time", context_, "minutes, or as in \"04:00:00\", \"1-12\" or \"1-12:00:00\"");
  }

  void read_memory(const Node& node) {
    static const std::regex form("[0-9]+([KMGT]B?)?", std::regex::icase);
    found_.memory = line(node, "memory");
    if (!std::regex_match(found_.memory, form))
      refuse_value(node, "memory", context_, "a number of megabytes, or one with K, M, G or T behind it");
  }

  /// One line of text: it goes into a script.
  std::string line(const Node& node, const std::string& name) const {
    const bool is_line = node.is(Node::Kind::scalar) && !node.text.empty() &&
                         node.text.find_first_of("\r\n") == std::string::npos;
    if (!is_line) refuse_value(node, name, context_, "one line of text");
    return node.text;
  }

  Key text(const std::string& name, std::string& target) {
    return {name, [this, name, &target](const Node& node) { target = line(node, name); }};
  }
  Key path(const std::string& name, std::string& target) {
    return {name, [this, name, &target](const Node& node) {
              target = (folder_ / expand_home(line(node, name))).lexically_normal().string();
            }};
  }
  Key count(const std::string& name, std::int64_t& target, std::int64_t least) {
    return {name, [this, name, least, &target](const Node& node) {
              constexpr std::int64_t most = 1'000'000;
              const auto value = whole_number(node);
              if (!value || *value < least || *value > most)
                refuse_value(node, name, context_, fmt::format("a whole number from {} to {}", least, most));
              target = *value;
            }};
  }

  fs::path folder_;
  ReadContext context_{{}, {}};
  ClusterSettings found_;
};

}  // namespace

ClusterSettings read_cluster_file(const fs::path& file) {
  const std::string text = read_file(file, YamlLimits::bytes);
  return ClusterReader(file).read(parse_yaml(text, file.string()));
}

}  // namespace ablate
