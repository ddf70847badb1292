#pragma once
/// All settings as one list without types: what `--set` and variants may name, and what the schema and the
/// reference page print.

#include <optional>
#include <string>
#include <vector>

#include "config/field.hpp"
#include "config/node.hpp"

namespace ablate {

/// A `choice_or_number` is a choice of which some names take a number, as in `{normal: 0.01}`; a `mapping`
/// has keys of the author's.
enum class SettingKind {
  truth,
  whole,
  number,
  text,
  choice,
  monitor,
  choice_or_number,
  duration,
  mapping,
  block
};

struct Setting {
  std::string path;  ///< "training.optimizer.type"
  Field field;
  SettingKind kind = SettingKind::block;
  bool list = false;                      ///< of values of that kind
  bool optional = false;                  ///< may be null
  std::vector<std::string> choices = {};  ///< of a choice: names that take no number
  std::vector<std::string> choices_with_number = {};
  bool whole_number = false;  ///< the number with a choice is one
  Node standard = {};         ///< the default, canonical; of a block: null, unless it is absent by default
  std::vector<Setting> settings = {};  ///< of a block, in the order of the reference

  /// Key of the setting that decides which others belong to the block; empty where all always do.
  std::string_view tag() const;
  /// That setting; nullptr where there is none.
  const Setting* tag_setting() const;
};

/// The blocks data, model, training, trainer, stop_rules and report.
const std::vector<Setting>& catalogue();

/// The setting or block of that path; nullptr where there is none.
const Setting* find_setting(std::string_view path);

/// Whether variants may differ in it: all but trainer, stop_rules and report, which are the study's.
bool is_of_a_variant(const Setting& setting);

/// What a setting may be, in Markdown: "whole number from 1 to 4096 (threads)".
std::string values_of(const Setting& setting);

/// Paths of all settings and blocks, in the order of the reference.
std::vector<std::string> setting_paths();

/// Removes from `tree` (a mapping of blocks) the keys that belong to an old choice of source, optimizer or
/// schedule: those set in a lower layer than a choice that lacks them. One set together with or after the
/// choice stays, for the reader to refuse.
void drop_old_choices(Node& tree);

/// `value`, which has been read as `setting` without complaint, in canonical form: numbers in shortest form,
/// keys of a mapping in the order of the reference, those at their default left out, the tag always there.
Node canonical_value(const Node& value, const Setting& setting);

}  // namespace ablate
