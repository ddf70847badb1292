#include "config/study.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/suggest.hpp"
#include "config/catalogue.hpp"
#include "config/config_reader.hpp"
#include "config/config_writer.hpp"
#include "config/contrast.hpp"
#include "config/document.hpp"
#include "config/plain_text.hpp"
#include "config/plan.hpp"
#include "config/scalars.hpp"
#include "config/short_forms.hpp"
#include "config/study_head.hpp"
#include "config/study_text.hpp"
#include "config/trainer_study.hpp"
#include "config/tuning.hpp"
#include "config/variant_drafts.hpp"
#include "config/yaml_parser.hpp"

namespace ablate {
namespace {

const std::vector<std::string> top_level = {"study", "extends",  "question",   "data",
                                            "model", "training", "trainer",    "variants",
                                            "seeds", "tune",     "stop_rules", "report"};
constexpr std::array<const char*, 3> configuration = {"data", "model", "training"};

void check_top_level(const Node& root, const ReadContext& context) {
  if (!root.is(Node::Kind::mapping))
    refuse_value(root, "the file", context, "the keys of a study", "study: a_name");
  refuse_unknown_keys(root, "", top_level, context);
  const Node* trainer = root.find("trainer");
  if (!trainer || trainer->is(Node::Kind::null)) return;
  for (const char* block : configuration) {
    const Node* node = root.find(block);
    if (!node || node->is(Node::Kind::null)) continue;
    refuse(node->where, context, fmt::format("a study has either {} or trainer", block),
           "what the program needs to know belongs in trainer.settings");
  }
}

/// The value of a change from the command line: of a text, that text as it stands unless it begins with a
/// quote; of all else, YAML.
Node override_value(const Setting* setting, const Override& change, const std::string& origin) {
  const auto& [key, value] = change;
  const bool is_text = setting ? setting->kind == SettingKind::text && !setting->list : key != "seeds";
  const bool quoted = value.starts_with('\'') || value.starts_with('"');
  if (!is_text || quoted) return parse_yaml_value(value, origin);
  check_plain_text(value, origin);
  Node node = Node::string(value);
  node.where = {origin, 0, 0};
  return node;
}

/// Makes one change from the command line; `layer` is its rank among them, from 1.
void apply_override(Node& root, const Override& change, int layer) {
  const std::string &key = change.first, &value = change.second;
  const std::string origin = fmt::format("--set {}={}", key, value);
  std::vector<std::string> known = setting_paths();
  known.insert(known.end(), {"study", "question", "seeds"});
  const std::vector<std::string> own = own_setting_paths(root);
  if (std::find(own.begin(), own.end(), key) != own.end())
    return set_path(root, "trainer.settings." + key, parse_yaml_value(value, origin), layer);
  if (!own.empty()) {  // and nothing of our network
    std::erase_if(known, [](const std::string& path) {
      return !path.starts_with("trainer.") && !path.starts_with("report.") &&
             !path.starts_with("stop_rules.") && path.find('.') != std::string::npos;
    });
    known.insert(known.begin(), own.begin(), own.end());
  }
  if (std::find(known.begin(), known.end(), key) == known.end()) {
    const Node given = Node::scalar(value);
    std::erase_if(known, [&](const std::string& path) {
      const Setting* meant = find_setting(path);
      return meant && meant->field.key == key && !accepts(*meant, given);
    });
    const auto elsewhere = meant_setting(key, given);
    throw RequestError(Location{origin, 0, 0}, fmt::format("unknown setting '{}'", key),
                       elsewhere ? fmt::format("did you mean '{}'?", *elsewhere) : suggestion(key, known));
  }
  const Setting* setting = find_setting(key);
  Node node = override_value(setting, change, origin);
  if (setting) write_in_full(node, *setting);
  set_path(root, key, std::move(node), layer);
}

/// The part of the file that a run depends on.
Node configuration_of(const Node& root) {
  Node tree = Node::mapping();
  tree.where = root.where;
  for (const char* block : configuration) {
    if (const Node* node = root.find(block)) tree.add(block, *node);
  }
  return tree;
}

Variant make_variant(const VariantDraft& draft, const FactorTexts& texts) {
  Variant variant;
  variant.name = draft.name;
  variant.is_baseline = draft.is_baseline;
  for (const Change& change : draft.changes) {
    variant.factors.push_back(
        {change.setting->path, texts.value(change), texts.name(*change.setting), texts.label(change)});
  }
  set_config(variant, draft.config);
  return variant;
}

/// What the report rests on must be there at every run's selected epoch.
void check_primary(const Study& study, const Node& root, const ReadContext& context) {
  if (study.trainer())
    return check_declared(*study.trainer(), study.report.primary, "report.primary", root, context);
  if (study.report.primary.split != SplitName::train) return;
  for (const Variant& variant : study.variants) {
    const TrainEvaluation& train = variant.config.training.evaluate_train;
    if (train.kind == TrainEvaluationKind::every_epoch || train.kind == TrainEvaluationKind::sample) continue;
    refuse(locate(root, "report.primary"), context,
           fmt::format("report.primary is {}, but training.evaluate_train of variant '{}' is {}",
                       to_string(study.report.primary), variant.name, flow_text(value_node(train))),
           "evaluate_train: {sample: 10000}");
  }
}

/// A stop rule must see something, before the end, and never test; what it stops, no later look compares.
void check_halving(const Study& study, const Node& rules, const ReadContext& context) {
  const HalvingSettings& halving = *study.halving;
  const auto refuse_at = [&](const char* path, const std::string& what, const std::string& hint) {
    refuse(locate(rules, path), context, what, hint);
  };
  if (halving.monitor.split == SplitName::test) {
    refuse_at("halving.monitor",
              "stop_rules.halving.monitor looks at test, which would choose by what is to be judged",
              "monitor: validation.log_loss");
  }
  if (study.trainer())
    check_declared(*study.trainer(), halving.monitor, "stop_rules.halving.monitor", rules, context);
  for (const Variant& variant : study.variants) {
    const Config& config = variant.config;
    if (!variant.trainer && halving.monitor.split == SplitName::validation && config.data.validation == 0) {
      refuse_at(
          "halving.monitor",
          fmt::format("stop_rules.halving.monitor looks at {}, but data.validation of variant '{}' is 0",
                      to_string(halving.monitor), variant.name),
          "data.validation: 0.1");
    }
    if (halving.first >= config.training.epochs) {
      refuse_at("halving.first",
                fmt::format("stop_rules.halving.first {} is not before the last epoch of variant '{}', {}",
                            halving.first, variant.name, config.training.epochs),
                "a smaller first, or more training.epochs");
    }
  }
  if (study.until_settled) {
    refuse(rules.where, context, "stop_rules.halving stops variants that seeds until settled would compare",
           "a count of seeds, or no stop rule");
  }
}

/// A word on variants that take the default rate, which suits sgd, with an optimizer whose steps do not shrink
/// with the gradient.
void warn_of_rates(const std::vector<VariantDraft>& drafts, std::vector<std::string>& warnings) {
  const auto takes_default = [](const VariantDraft& draft) {
    const OptimizerKind type = draft.config.training.optimizer.type;
    const bool scales =
        type == OptimizerKind::adam || type == OptimizerKind::adamw || type == OptimizerKind::rmsprop;
    return scales && !find_path(draft.tree, "training.learning_rate.initial");
  };
  const auto first = std::find_if(drafts.begin(), drafts.end(), takes_default);
  if (first == drafts.end()) return;
  const auto count = std::count_if(first, drafts.end(), takes_default);
  const TrainingSettings& training = first->config.training;
  warnings.push_back(fmt::format(
      "{}: variant '{}'{} uses {} with the default learning rate, {}, which suits sgd; "
      "training.learning_rate.initial: 0.001 is a usual start for {}",
      to_string(locate(first->tree, "training.optimizer.type")), first->name,
      count > 1 ? fmt::format(" (and {} more)", count - 1) : "", to_string(training.optimizer.type),
      number_text(training.learning_rate.initial), to_string(training.optimizer.type)));
}

/// A word on what a blind page cannot hide.
void warn_of_blind(Study& study, const Node& root) {
  if (!study.halving || !study.report.blind) return;
  study.warnings.push_back(fmt::format(
      "{}: report.blind hides differences on the live page, but which runs stop_rules.halving stopped tells how they rank",
      to_string(locate(root, "report.blind"))));
}

void check_size(const Node& root, const std::vector<VariantDraft>& drafts, const Study& study,
                const ReadContext& context) {
  const std::size_t seeds = study.until_settled ? study.until_settled->most : study.seeds.size();
  if (drafts.size() * seeds <= StudyLimits::runs) return;
  refuse(locate(root, "seeds"), context,
         fmt::format("{} variants with {} seeds are more than {} runs", drafts.size(), seeds,
                     StudyLimits::runs));
}

/// A block that is there and not null.
const Node* find_block(const Node& root, const std::string& key) {
  const Node* block = root.find(key);
  return block && !block->is(Node::Kind::null) ? block : nullptr;
}

/// All but the settings, the variants, and what rests on them.
Study read_head(const Node& root, const std::string& text, const ReadContext& context) {
  Study study;
  study.name = read_name(root, context);
  study.question = read_question(root, text, context);
  Seeds seeds = read_seeds(root, context);
  study.seeds = std::move(seeds.first);
  study.until_settled = seeds.until;
  if (const Node* report = find_block(root, "report")) {
    const ReportBlock block = read_report(*report, context);
    study.report = block.rests_on;
    study.contrast = block.contrast;
  }
  return study;
}

/// What is read: a study, or no more than a variant's configuration, which says nothing of a report.
enum class Extent { study, variant };

ContrastRefusal contrast_refusal(const Node& root) {
  return [&root](const std::string& part, const std::string& what, const std::string& hint) {
    const std::string path = part.empty() ? "report.contrast" : "report.contrast." + part;
    return RequestError(locate(root, path), fmt::format("{}: {}", path, what), hint);
  };
}

Study read_study(Document document, const std::vector<Override>& overrides,
                 const std::vector<std::string>& metrics, Extent extent) {
  Node& root = document.root;
  check_top_level(root, {metrics, "", true});
  int layer = document.layer;
  for (const Override& change : overrides) apply_override(root, change, ++layer);
  drop_old_choices(root);
  const TrainerStudy own(root, {metrics, "", true});
  const ReadContext& context = own.context();

  Study study = read_head(root, document.text, context);
  const Node tree = own.is_one() ? own.settings() : configuration_of(root);
  const Resolved base = read_config(tree, context);
  const Node* variants = root.find("variants");
  const VariantDrafts design =
      make_drafts(variants ? *variants : Node(Node::Kind::null, root.where), {tree, layer + 1, context});
  check_size(root, design.drafts, study, context);
  study.warnings = std::move(document.warnings);
  warn_of_rates(design.drafts, study.warnings);
  for (const VariantDraft& draft : design.drafts) study.variants.push_back(make_variant(draft, design.texts));
  if (extent == Extent::study) check_primary(study, root, context);
  if (const Node* tune = find_block(root, "tune")) study.tune = read_tune(*tune, study, context);
  if (study.until_settled && study.trainer() && !study.trainer()->paired) {
    refuse(locate(root, "seeds"), context,
           "seeds until settled need paired runs, but trainer.paired is false",
           "a count of seeds, or trainer.paired: true");
  }
  if (study.contrast) resolve_contrast(*study.contrast, study, contrast_refusal(root));
  ask_about_baseline(study, root);
  if (const Node* rules = find_block(root, "stop_rules")) {
    study.halving = read_stop_rules(*rules, context).halving;
    if (study.halving) check_halving(study, *rules, context);
    warn_of_blind(study, root);
  }
  if (study.halving) study.stop_rules = block_text(to_node(StopRules{study.halving}));
  study.yaml = canonical_study(study, base, design);
  study.sha256 = sha256_hex(study.yaml);
  study.plan_sha256 = plan_of(study);
  return study;
}

}  // namespace

namespace {

Study parse_text(const std::string& text, const std::string& name, const std::vector<Override>& overrides,
                 const std::vector<std::string>& metrics, Extent extent) {
  std::vector<std::string> warnings;
  Document document{parse_yaml(text, name, &warnings), text, 0, std::move(warnings)};
  write_in_full(document.root);
  if (const Node* extends = document.root.find("extends")) {
    throw RequestError(extends->where, "extends needs a file to be relative to", "write the settings out");
  }
  return read_study(std::move(document), overrides, metrics, extent);
}

}  // namespace

Study parse_study(const std::string& text, const std::string& name, const std::vector<Override>& overrides,
                  const std::vector<std::string>& metrics) {
  return parse_text(text, name, overrides, metrics, Extent::study);
}

Study load_study(const std::filesystem::path& path, const std::vector<Override>& overrides,
                 const std::vector<std::string>& metrics) {
  Study study = read_study(read_document(path), overrides, metrics, Extent::study);
  study.folder = path.parent_path();
  return study;
}

Study with_seeds(Study study, std::size_t seeds, std::map<std::string, std::size_t> fewer) {
  study.seeds = counted_seeds(seeds);
  study.fewer_seeds = std::move(fewer);
  study.plan_sha256 = plan_of(study);
  return study;
}

Config parse_config(const std::string& text, const std::string& name, const std::vector<Override>& overrides,
                    const std::vector<std::string>& metrics) {
  return parse_text("study: of_one\n" + text, name, overrides, metrics, Extent::variant)
      .variants.front()
      .config;
}

Variant parse_variant(const std::string& text, const std::string& name,
                      const std::vector<std::string>& metrics) {
  return parse_text("study: of_one\n" + text, name, {}, metrics, Extent::variant).variants.front();
}

Override parse_override(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw RequestError(fmt::format("--set {}: expected key=value", text), "--set training.epochs=5");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace ablate
