#include "config/tuning.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "config/catalogue.hpp"
#include "config/changes.hpp"
#include "config/config_reader.hpp"
#include "config/config_writer.hpp"
#include "config/plain_text.hpp"
#include "config/plan.hpp"
#include "config/scalars.hpp"
#include "config/short_forms.hpp"
#include "config/study.hpp"
#include "config/study_head.hpp"
#include "config/variant_drafts.hpp"
#include "config/yaml_parser.hpp"

namespace ablate {
namespace {

/// Far from those of a comparison, which begin at 1.
constexpr std::uint64_t first_tuning_seed = 1'000'001;

/// "initial" of "training.learning_rate.initial".
std::string last_part(const std::string& key) { return key.substr(key.rfind('.') + 1); }

void refuse_changed(const Entry& entry, const Study& study, const ReadContext& context) {
  for (const Variant& variant : study.variants) {
    for (const Factor& factor : variant.factors) {
      const std::string &tuned = entry.key, &changed = factor.key;
      const bool meets =
          tuned == changed || tuned.starts_with(changed + ".") || changed.starts_with(tuned + ".");
      if (!meets) continue;
      refuse(entry.where, context,
             fmt::format("tune: {} is what variant '{}' changes: a setting is compared or tuned, not both",
                         tuned, variant.name),
             "take it out of tune, or out of variants");
    }
  }
}

std::vector<std::string> read_tried(const Entry& entry, const ReadContext& context) {
  const std::string what = "tune." + entry.key;
  if (!entry.value.is(Node::Kind::sequence) || entry.value.items.size() < 2)
    refuse_value(entry.value, what, context, "a list of two values or more", "[0.01, 0.03, 0.1]");
  const Setting& setting =
      variable_setting(entry.key, entry.value.items.front(), entry.where, "tune", context);
  std::vector<std::string> tried;
  for (const Node& item : entry.value.items) {
    Node value = item;
    write_in_full(value, setting);
    tried.push_back(flow_text(value));
  }
  return tried;
}

/// Every combination, the first key slowest.
std::vector<TuneChoice> choices_of(const TuneSettings& tune) {
  std::vector<TuneChoice> choices(1);
  for (const auto& [key, values] : tune.tried) {
    std::vector<TuneChoice> longer;
    for (const TuneChoice& choice : choices) {
      for (const std::string& value : values) {
        TuneChoice& next = longer.emplace_back(choice);
        next.values.emplace_back(key, value);
        next.label += fmt::format("{}{}={}", next.label.empty() ? "" : ",", last_part(key), value);
      }
    }
    choices = std::move(longer);
  }
  return choices;
}

/// The configuration with the choice, read and checked as a variant's is.
Resolved chosen_config(const Config& config, const TuneChoice& choice, const ReadContext& context) {
  std::vector<Change> changes;
  for (const auto& [key, text] : choice.values) {
    const Setting* setting = find_setting(key);
    changes.push_back({setting, {"tune", 0, 0}, parse_yaml_value(text, "tune")});
  }
  const Node tree = with_changes(to_node(config), changes, 1);
  const Resolved chosen = read_resolved(tree, context);
  check_config(chosen, tree, context);
  return chosen;
}

/// What the tuning study must be for itself, before its configurations are read.
void check_tuned_size(const Node& node, const Study& study, const TuneSettings& tune,
                      const ReadContext& context) {
  static_assert(StudyLimits::variants * most_tuning_seeds <= StudyLimits::runs);
  const std::size_t choices = tune.choices.size();
  if (choices > most_tuned_choices) {
    refuse(node.where, context,
           fmt::format("tune tries {} combinations, at most {} are possible", choices, most_tuned_choices),
           "fewer values");
  }
  if (study.variants.size() * choices > StudyLimits::variants) {
    refuse(node.where, context,
           fmt::format("tune trains {} variants with {} choices each, at most {} are possible",
                       study.variants.size(), choices, StudyLimits::variants),
           "fewer values, or fewer variants");
  }
}

void check_names(const Node& node, const Study& study, const TuneSettings& tune, const ReadContext& context) {
  const auto refuse_long = [&](const std::string& name, std::size_t longest, const char* hint) {
    refuse(node.where, context,
           fmt::format("tune: the name '{}' is longer than {} characters", name, longest), hint);
  };
  const std::string name = tuning_name(study.name);
  if (characters(name) > longest_study_name || name.size() > longest_study_name_bytes)
    refuse_long(name, longest_study_name, "a shorter name of the study");
  for (const Variant& variant : study.variants) {
    for (const TuneChoice& choice : tune.choices) {
      const std::string tuned = tuning_name(variant.name, choice);
      if (!is_name(tuned)) refuse_long(tuned, StudyLimits::name, "shorter names of the variants");
    }
  }
}

void check_choices(const Node& node, const Study& study, const TuneSettings& tune,
                   const ReadContext& context) {
  std::map<std::string, std::string> configurations;
  for (const Variant& variant : study.variants) {
    const ReadContext of_variant{context.metrics, fmt::format("variant '{}'", variant.name), true};
    if (variant.config.data.validation == 0) {
      refuse(node.where, of_variant, "tune chooses by validation, but data.validation is 0",
             "data.validation: 0.1");
    }
    for (const TuneChoice& choice : tune.choices) {
      Resolved chosen;
      try {
        chosen = chosen_config(variant.config, choice, of_variant);
      } catch (const RequestError& error) {
        refuse(node.where, context, fmt::format("tune: {}: {}", choice.label, error.what()));
      }
      const std::string name = tuning_name(variant.name, choice);
      const auto [other, fresh] = configurations.emplace(block_text(to_node(chosen)), name);
      if (fresh) continue;
      refuse(node.where, context,
             fmt::format("tune: '{}' and '{}' are the same configuration", other->second, name),
             "leave one of them out");
    }
  }
}

Monitor read_by(const Node& tune, const ReadContext& context) {
  const Node* by = tune.find("by");
  const Monitor monitor = read_monitor(by ? *by : Node::scalar("validation.log_loss"), "tune.by", context);
  if (monitor.split != SplitName::validation) {
    refuse(by ? by->where : tune.where, context,
           fmt::format("tune.by looks at {}, and must look at validation", to_string(monitor.split)),
           "by: validation.log_loss");
  }
  return monitor;
}

void check_seeds(const Node& tune, const Study& study, const ReadContext& context) {
  const bool meets = std::any_of(study.seeds.begin(), study.seeds.end(), [](std::uint64_t seed) {
    return seed >= first_tuning_seed && seed < first_tuning_seed + most_tuning_seeds;
  });
  if (meets) {
    refuse(
        tune.where, context,
        fmt::format("tune trains under seeds from {} on, which the comparison uses too", first_tuning_seed),
        "other seeds for the comparison");
  }
}

}  // namespace

TuneSettings read_tune(const Node& node, const Study& study, const ReadContext& context) {
  const std::string example =
      "tune: {training.learning_rate.initial: [0.01, 0.1], by: validation.log_loss, seeds: 2}";
  if (!node.is(Node::Kind::mapping)) refuse_value(node, "tune", context, "a mapping", example);
  if (study.trainer())
    refuse(node.where, context, "tune chooses settings of our network, and a trainer trains this study",
           "a study of its own that varies them, without `tune`");
  TuneSettings tune;
  for (const Entry& entry : node.entries) {
    if (entry.key == "by" || entry.key == "seeds") continue;
    tune.tried.emplace_back(entry.key, read_tried(entry, context));
    refuse_changed(entry, study, context);
  }
  if (tune.tried.empty()) refuse(node.where, context, "tune names no setting", example);
  tune.by = read_by(node, context);
  if (const Node* seeds = node.find("seeds")) {
    const auto count = whole_number(*seeds);
    if (!count || *count < 1 || *count > static_cast<std::int64_t>(most_tuning_seeds))
      refuse_value(*seeds, "tune.seeds", context,
                   fmt::format("a whole number from 1 to {}", most_tuning_seeds));
    tune.seeds = static_cast<std::size_t>(*count);
  }
  tune.choices = choices_of(tune);
  check_tuned_size(node, study, tune, context);
  check_names(node, study, tune, context);
  check_seeds(node, study, context);
  check_choices(node, study, tune, context);
  return tune;
}

Node to_node(const TuneSettings& tune) {
  Node node = Node::mapping();
  for (const auto& [key, values] : tune.tried) {
    Node list = Node::sequence();
    for (const std::string& value : values) list.items.push_back(parse_yaml_value(value, "tune"));
    node.add(key, std::move(list));
  }
  node.add("by", value_node(tune.by));
  node.add("seeds", Node::scalar(fmt::format("{}", tune.seeds)));
  return node;
}

namespace {

constexpr const char* tuning_mark = " (tuning)";

}  // namespace

std::string tuning_name(const std::string& study) { return study + tuning_mark; }

bool is_tuning_name(const std::string& study) { return study.ends_with(tuning_mark); }

std::string tuned_study(const std::string& study) {
  return is_tuning_name(study) ? study.substr(0, study.size() - std::string_view(tuning_mark).size())
                               : std::string();
}

std::string tuning_name(const std::string& variant, const TuneChoice& choice) {
  return fmt::format("{} @ {}", variant, choice.label);
}

Study tuning_study(const Study& study, const std::vector<std::string>& metrics) {
  const TuneSettings& tune = *study.tune;
  Node root = parse_yaml(study.yaml, study.name);
  const Node designed = *find_path(root, "variants.list");
  std::erase_if(root.entries, [](const Entry& entry) {
    for (const char* key : {"study", "question", "tune", "seeds", "stop_rules", "report", "variants"}) {
      if (entry.key == key) return true;
    }
    return false;
  });
  root.add("study", Node::string(tuning_name(study.name)));
  root.add("question", Node::string(fmt::format("Which value does {} choose for each variant of {}?",
                                                to_string(tune.by), study.name)));
  Node list = Node::mapping();
  for (const Entry& variant : designed.entries) {
    for (const TuneChoice& choice : tune.choices) {
      Node changes = variant.value;
      changes.kind = Node::Kind::mapping;
      for (const auto& [key, value] : choice.values) changes.add(key, parse_yaml_value(value, "tune"));
      list.add(tuning_name(variant.key, choice), std::move(changes));
    }
  }
  root.add("variants", Node::mapping()).add("list", std::move(list));
  Node seeds = Node::sequence();
  for (std::size_t i = 0; i < tune.seeds; ++i)
    seeds.items.push_back(Node::scalar(fmt::format("{}", first_tuning_seed + i)));
  root.add("seeds", std::move(seeds));
  Node& report = root.add("report", Node::mapping());
  report.add("primary", value_node(tune.by));
  if (study.report.blind) report.add("blind", Node::scalar("true"));
  return parse_study(block_text(root), tuning_name(study.name), {}, metrics);
}

Study with_tuned(Study study, const std::map<std::string, std::size_t>& chosen,
                 const std::vector<std::string>& metrics) {
  for (Variant& variant : study.variants) {
    if (const auto found = chosen.find(variant.name); found != chosen.end()) {
      const ReadContext context{metrics, fmt::format("variant '{}'", variant.name), true};
      set_config(variant, chosen_config(variant.config, study.tune->choices.at(found->second), context));
    }
  }
  study.tuned = chosen;
  study.plan_sha256 = plan_of(study);
  return study;
}

}  // namespace ablate
