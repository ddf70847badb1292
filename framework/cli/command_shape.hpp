#pragma once
/// What a command takes, as plain values: completion, the manual page and tests read it; Options fills it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ablate {

struct Command;

/// What a value is, so that completion knows which ones there are.
enum class ValueKind {
  nothing,  ///< a number, a text of the user's own
  file,
  folder,
  study_file,  ///< a YAML file
  format,
  split,
  metric,     ///< test.accuracy
  setting,    ///< key=value
  condition,  ///< of `ablate runs --where`; names of that language, and values that they may have
  study,      ///< this one and those below are names in the database
  variant,
  run,
  study_or_run,
  tag
};

/// The kind that a placeholder stands for: "FORMAT", "DIR", "STUDY". Nothing where the table lacks the word.
std::optional<ValueKind> value_kind(std::string_view placeholder);

struct ValueShape {
  ValueKind kind = ValueKind::nothing;
  std::vector<std::string> choices;  ///< offered beside what `kind` gives
};

struct OptionShape {
  std::string name;         ///< without dashes
  std::string letter;       ///< "j" of -j; empty: none
  std::string placeholder;  ///< empty: a flag
  bool value_may_lack = false;
  bool repeats = false;
  std::string help;
  ValueShape value;
};

/// A word without a dash.
struct WordShape {
  std::string name;
  bool required = true;
  bool repeats = false;
  std::string help;
  ValueShape value;
};

struct CommandShape {
  std::vector<WordShape> words;
  std::vector<OptionShape> options;  ///< --help is the first
};

/// What the command declares; it does not run.
CommandShape shape_of(const Command& command);

}  // namespace ablate
