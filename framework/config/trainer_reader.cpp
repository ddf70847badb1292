#include "config/trainer_reader.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text_value.hpp"
#include "config/command_line.hpp"
#include "config/config_reader.hpp"
#include "config/line_pattern.hpp"
#include "config/plain_text.hpp"

namespace ablate {
namespace {

constexpr std::size_t longest_metric = 200;  ///< characters
constexpr std::size_t most_metrics = 1'000;

void check_metrics(const Node& trainer, const ReadContext& context) {
  const Node* metrics = trainer.find("metrics");
  if (!metrics) return;
  const std::vector<std::string> directions = {"up", "down"};
  if (metrics->entries.size() > most_metrics)
    refuse(metrics->where, context, fmt::format("trainer.metrics has more than {} names", most_metrics));
  std::map<std::string, std::string> seen;  // by the name without capitals, as SQL knows columns
  for (const Entry& entry : metrics->entries) {
    const auto [other, is_new] = seen.emplace(lower_case(entry.key), entry.key);
    if (!is_new)
      refuse(entry.where, context,
             fmt::format("trainer.metrics has '{}' and '{}', which SQL takes for one name", other->second,
                         entry.key),
             "names that differ in more than capitals");
    const bool fits = !entry.key.empty() && characters(entry.key) <= longest_metric &&
                      entry.key.find('\n') == std::string::npos;
    if (!fits)
      refuse(entry.where, context,
             fmt::format("a metric's name has 1 to {} characters in one line", longest_metric));
    const bool known = std::find(directions.begin(), directions.end(), entry.value.text) != directions.end();
    if (entry.value.is(Node::Kind::scalar) && known) continue;
    refuse_value(entry.value, "trainer.metrics." + entry.key, context, "up or down: which way is better");
  }
}

std::vector<std::string> names_of(const TrainerSettings& trainer) {
  std::vector<std::string> names;
  for (const DeclaredMetric& metric : declared_metrics(trainer)) names.push_back(metric.name);
  return names;
}

void check_metrics_from(const Node& trainer, const TrainerSettings& settings, const ReadContext& context) {
  if (!settings.metrics_from) return;
  const Node& block = *trainer.find("metrics_from");
  const TrainerMetricsFrom& from = *settings.metrics_from;
  if (!from.stdout_line.empty() + !from.csv.empty() + !from.tensorboard.empty() != 1)
    refuse(block.where, context, "trainer.metrics_from has one of stdout, csv and tensorboard",
           "csv: \"logs/*/metrics.csv\"");
  if (!from.stdout_line.empty()) {
    try {
      LinePattern pattern(from.stdout_line);
    } catch (const RequestError& error) {
      refuse_value(*block.find("stdout"), "trainer.metrics_from.stdout", context, error.what());
    }
  }
  for (const Entry& entry : from.names.node.entries) {
    if (entry.value.is(Node::Kind::scalar) && !entry.value.text.empty()) continue;
    refuse_value(entry.value, "trainer.metrics_from.names." + entry.key, context, "a metric's name",
                 "validation.accuracy");
  }
}

void check_select(const Node& block, const TrainerSettings& trainer, const ReadContext& context) {
  if (trainer.select == "last") return;
  const Node& node = *block.find("select");
  std::vector<std::string> names = names_of(trainer);
  if (trainer.select.starts_with("test."))
    refuse(node.where, context,
           fmt::format("trainer.select is {}, which would choose by what is to be judged", trainer.select),
           "a metric of validation, or last");
  if (std::find(names.begin(), names.end(), trainer.select) != names.end()) return;
  names.emplace_back("last");
  refuse_value(node, "trainer.select", context, "last, or a name in trainer.metrics",
               suggestion(trainer.select, names));
}

}  // namespace

std::vector<DeclaredMetric> declared_metrics(const TrainerSettings& trainer) {
  std::vector<DeclaredMetric> metrics;
  for (const Entry& entry : trainer.metrics.node.entries)
    metrics.push_back({entry.key, entry.value.text == "up"});
  return metrics;
}

TrainerBase read_trainer(const Node& node, const ReadContext& context) {
  if (!node.find("command"))
    refuse(node.where, context, "trainer has no command", "command: [python, train.py, --seed, \"{seed}\"]");
  const Node* settings = node.find("settings");
  if (settings && !settings->is(Node::Kind::mapping))
    refuse_value(*settings, "trainer.settings", context, "a mapping of names and values",
                 "{lr: 0.1, epochs: 30}");
  TrainerBase base;
  base.own = std::make_unique<OwnSettings>(settings ? *settings : Node::mapping(), context);
  check_placeholders(node, *base.own, context);
  base.trainer = read_trainer_settings(node, context);
  if (base.trainer.command.front().empty())
    refuse(node.find("command")->where, context, "trainer.command begins with an empty text");
  check_metrics(node, context);
  check_metrics_from(node, base.trainer, context);
  check_select(node, base.trainer, context);
  return base;
}

TrainerSettings resolved_trainer(const TrainerBase& base, const Node& tree, const ReadContext& context) {
  TrainerSettings trainer = base.trainer;
  trainer.settings.node = base.own->resolve(tree, context);
  return trainer;
}

}  // namespace ablate
