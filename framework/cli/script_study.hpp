#pragma once
/// A study file for a script, from the command that starts it.

#include <string>
#include <vector>

namespace ablate {

/// The words of a command line: blanks part them, quotes and backslashes keep what they hold, as in a shell. Throws
/// RequestError for a quote that is not closed, and for what only a shell understands (|, >, $, ...).
std::vector<std::string> command_words(const std::string& line);

struct ScriptStudy {
  std::string yaml;
  std::vector<std::string> notes;  ///< of what might have been meant otherwise, a sentence each
};

/// A commented study file called `name`: options with values (`--lr 0.1`, `--lr=0.1`) become settings, those without
/// one (`--amp`) settings that are on or off, one called seed the run's seed, one such as `--max-epochs` the epochs. The
/// first other setting that is a number is varied, else the first that is on or off.
ScriptStudy script_study(const std::string& name, const std::vector<std::string>& words);

}  // namespace ablate
