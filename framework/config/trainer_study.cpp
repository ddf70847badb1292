#include "config/trainer_study.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"

namespace ablate {
namespace {

const Node* trainer_of(const Node& root) {
  const Node* trainer = root.find("trainer");
  return trainer && trainer->is(Node::Kind::mapping) ? trainer : nullptr;
}

void collect_own_paths(const Node& mapping, const std::string& prefix, std::vector<std::string>& paths) {
  for (const Entry& entry : mapping.entries) {
    paths.push_back(prefix + entry.key);
    collect_own_paths(entry.value, paths.back() + '.', paths);
  }
}

/// "accuracy" of "test.accuracy": what a monitor may name after its split.
std::vector<std::string> metric_parts(const TrainerSettings& trainer) {
  std::vector<std::string> parts;
  for (const DeclaredMetric& metric : declared_metrics(trainer)) {
    std::string part = metric.name.substr(metric.name.find('.') + 1);
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

std::vector<std::string> own_setting_paths(const Node& root) {
  std::vector<std::string> paths;
  const Node* trainer = trainer_of(root);
  const Node* settings = trainer ? trainer->find("settings") : nullptr;
  if (settings) collect_own_paths(*settings, "", paths);
  return paths;
}

TrainerStudy::TrainerStudy(const Node& root, const ReadContext& context) : context_(context) {
  const Node* trainer = root.find("trainer");
  if (!trainer || trainer->is(Node::Kind::null)) return;
  if (!trainer->is(Node::Kind::mapping))
    refuse_value(*trainer, "trainer", context, "a mapping",
                 "trainer: {command: [python, train.py, --seed, \"{seed}\"]}");
  base_ = read_trainer(*trainer, context);
  metrics_ = metric_parts(base_->trainer);
  if (const Node* settings = trainer->find("settings")) settings_ = *settings;
  context_ = {metrics_, context.label, context.strict, &*base_};
}

void check_declared(const TrainerSettings& trainer, const Monitor& monitor, const std::string& path,
                    const Node& tree, const ReadContext& context) {
  std::vector<std::string> names;
  for (const DeclaredMetric& metric : declared_metrics(trainer)) names.push_back(metric.name);
  const std::string name = to_string(monitor);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  const std::string within = path.starts_with("stop_rules.") ? path.substr(11) : path;
  const Location& named = locate(tree, within);  // of the whole where the file does not say it
  refuse(&named == &tree.where ? locate(tree, "trainer.metrics") : named, context,
         fmt::format("{} is {}, which trainer.metrics does not declare", path, name),
         names.empty() ? fmt::format("trainer: metrics: {{{}: up}}", name) : suggestion(name, names));
}

}  // namespace ablate
