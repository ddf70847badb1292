#pragma once
/// A study file, read, checked and spread out into its variants.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/value.hpp"
#include "config/contrast_settings.hpp"
#include "config/seeds.hpp"
#include "config/settings.hpp"
#include "config/trainer_settings.hpp"
#include "config/tune_settings.hpp"

namespace ablate {

/// One thing that a variant changes: the full key ("model.skip") and its value; numbers are numbers, a list
/// of one number is that number, any other list or a mapping is its text ("[64, 32]", "cosine").
struct Factor {
  std::string key;
  Value value;
  std::string name;   ///< that `variants.factors` gives it, else the key
  std::string label;  ///< that `variants.factors` gives the value, else its text
};

struct Variant {
  std::string name;                        ///< unique in the study
  bool is_baseline = false;                ///< at most one
  Config config;                           ///< resolved: every setting has its value
  std::optional<TrainerSettings> trainer;  ///< another program trains it: then `config` has its epochs alone
  std::vector<Factor> factors;             ///< in the order of the file
  std::string
      yaml;  ///< `config` as canonical YAML: every key, in the order of the reference, one way to write it
  std::string sha256;  ///< of what identifies `config`: `yaml` without the places of files (data.path,
                       ///< data.files, data.mapping) and without settings at their default
};

struct Study {
  std::filesystem::path folder;  ///< of the file; empty: it was text
  std::string name;
  std::string question;                            ///< the key `question`, else the file's first comment
  std::vector<Variant> variants;                   ///< never empty
  std::vector<std::uint64_t> seeds;                ///< never empty, no seed twice
  std::optional<SeedsUntilSettled> until_settled;  ///< `seeds` are then those of the first look
  /// Variants that get only so many of the first seeds, by name: what they were asked for is settled.
  std::map<std::string, std::size_t> fewer_seeds = {};
  std::optional<TuneSettings> tune;  ///< what each variant gets for itself before it is compared
  std::map<std::string, std::size_t> tuned =
      {};                                  ///< what it got, once chosen: places in TuneSettings::choices
  std::optional<HalvingSettings> halving;  ///< the stop rule, if there is one
  ReportSettings report;
  std::optional<ContrastSettings> contrast;  ///< factors by their keys, levels by their values' texts
  std::vector<std::string> warnings;         ///< of what may not be meant as it is written, each a sentence
  std::string yaml;        ///< the whole resolved file, canonical; reading it gives this study again
  std::string sha256;      ///< of `yaml`
  std::string stop_rules;  ///< canonical YAML of that block; empty: none
  std::string
      plan_sha256;  ///< of the variants' names and hashes, the seeds and the stop rules: what will be trained

  /// The program that trains its runs; nullptr: ours does. Settings are the first variant's.
  const TrainerSettings* trainer() const {
    const auto& trainer = variants.front().trainer;
    return trainer ? &*trainer : nullptr;
  }
};

/// A change from the command line: `--set key=value`. The key must exist. The value is YAML; of a setting that
/// is a text, it is that text as it stands unless it begins with a quote.
using Override = std::pair<std::string, std::string>;

/// Reads `path`, laid over what it extends, and applies `overrides`, in order, to the base configuration
/// before variants are made. `metrics` are the names that a monitor may have. Throws RequestError with
/// file:line:column, the value found, what was expected and the nearest known key.
Study load_study(const std::filesystem::path& path, const std::vector<Override>& overrides,
                 const std::vector<std::string>& metrics);

/// The same, of text, which cannot extend a file; `name` stands for the file in messages.
Study parse_study(const std::string& text, const std::string& name, const std::vector<Override>& overrides,
                  const std::vector<std::string>& metrics);

/// The study with seeds 1 to `seeds`, of the variants named in `fewer` only so many: what is trained up to a look.
Study with_seeds(Study study, std::size_t seeds, std::map<std::string, std::size_t> fewer);

/// The configuration that a variant's `yaml` holds; errors and `overrides` as above.
Config parse_config(const std::string& text, const std::string& name, const std::vector<Override>& overrides,
                    const std::vector<std::string>& metrics);

/// The variant that a stored `yaml` is of; its name is "default".
Variant parse_variant(const std::string& text, const std::string& name,
                      const std::vector<std::string>& metrics);

/// Splits "key=value"; throws RequestError where there is no "=" or no key.
Override parse_override(const std::string& text);

/// JSON Schema (draft 2020-12) of the study file, for editors; ends with a line feed.
std::string json_schema(const std::vector<std::string>& metrics);

/// The settings' part of configs/README.md: one table per block, in Markdown.
std::string settings_reference();

}  // namespace ablate
