#pragma once
/// A command line as bash hands it to a completion: with its quotes, and with pieces of words that bash
/// replaces on its own terms.

#include <string>
#include <string_view>
#include <vector>

namespace ablate {

struct ShellLine {
  std::vector<std::string> words;  ///< without quotes; the last is being typed, perhaps empty
  std::string kept;                ///< beginning of that word, without quotes, which bash leaves as it stands
  char quote = 0;                  ///< ' or " that is open at the end
};

/// Splits a line that ends where the cursor is. `breaks` is $COMP_WORDBREAKS: outside of quotes, bash
/// replaces a word only behind the last of these; within a quote that is open, only behind its beginning.
ShellLine read_shell_line(std::string_view line, std::string_view breaks);

/// What bash is to put in the place of the last word's end so that it becomes `word`, which begins with
/// `line.kept`: quoted as the line's open quote asks, else by backslashes.
std::string quoted_end(const ShellLine& line, std::string_view word);

}  // namespace ablate
