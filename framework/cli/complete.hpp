#pragma once
/// What may be at the end of a command line: the answer to a shell's completion.

#include <string>
#include <vector>

#include "cli/console.hpp"

namespace ablate {

/// One word that may be there; `about` is a short text for shells that show one.
struct Offer {
  std::string word, about;
};

/// What the shell itself is to offer beside the words.
enum class PathOffer { none, files, folders, study_files };

struct Completion {
  std::vector<Offer> offers;
  PathOffer paths = PathOffer::none;
};

/// `line` is the words behind the program's name, without quotes, the last one up to the cursor. Offers begin
/// with it, in the order of help pages and of the study's plan. Names come from the database that `--db`
/// names among them, else from the usual one.
Completion complete(const std::vector<std::string>& line);

/// `ablate complete -- WORDS...`, which the scripts of `ablate completion` call, and for bash
/// `ablate complete --line TEXT --breaks $COMP_WORDBREAKS`. Prints the paths wanted (none, files, folders or
/// study_files) on the first line, then one word per line; a tab before what it is about. Words for bash are the
/// replies that it wants, quoted. Never fails and prints nothing on stderr.
int complete_command(const std::vector<std::string>& arguments, Console& console);

}  // namespace ablate
