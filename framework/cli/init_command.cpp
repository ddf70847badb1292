#include <filesystem>
#include <ostream>
#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/shell_word.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/script_study.hpp"
#include "metrics/metric_table.hpp"
#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr std::string_view starter = R"(# Does the input-to-hidden skip connection help?
study: {}                 # the line above is the question that the report answers
data:
  source: glyphs          # drawn by the program; your own images: ablate help data
  validation: 0.1         # share of the training images set aside to select epochs by
model:
  hidden: [128]           # one width for each hidden layer
  activation: relu        # relu, tanh, sigmoid, leaky_relu, gelu
  skip: projection        # none, projection, identity (equal widths only)
  dropout: 0
training:
  epochs: 10
  batch_size: 16
  optimizer: sgd          # sgd, adam, adamw, rmsprop, adagrad; or {{type: sgd, momentum: 0.9}}
  learning_rate: {{schedule: step, initial: 0.01, factor: 0.5, every: 4}}
variants:                 # each key that a variant changes is a path: block.setting
  baseline: {{model.skip: none}}                  # what the others are compared with
  grid: {{model.skip: [none, projection]}}        # every combination; also one_at_a_time, zip, list, random
seeds: 10                 # every variant is trained under each of them
report:
  primary: test.accuracy  # what variants are compared by
# All settings, with their defaults: ablate help study. Before anything is trained: ablate plan.
)";

bool fits_name(char32_t c) {
  const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  constexpr char32_t last_blank_of_latin = 0xA0;
  return is_plain || c == '-' || c == '_' ||
         (c > last_blank_of_latin && !is_control(c) && c != replacement_character);
}

/// The file's name as a study's: of ASCII letters, digits, "-" and "_" stay, other signs become "_".
std::string study_name(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  std::string name;
  for (std::string_view rest = stem; !rest.empty();) {
    const char32_t next = take_code_point(rest);
    append_utf8(name, fits_name(next) ? next : U'_');
  }
  return name;
}

}  // namespace

int init_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string file;
  std::optional<std::string> command;
  Options options(self);
  options.positional("STUDY.yaml", file, true, "the study file to write");
  options.optional_text(
      "command", "COMMAND", command,
      "the command that starts your script; its options become settings, --epochs, --max-epochs "
      "and the like its epochs, --seed the run's seed");
  if (!options.parse(arguments, console)) return exit_done;
  if (std::filesystem::exists(std::filesystem::symlink_status(file)))
    throw RequestError(fmt::format("{} exists already", file), "give another name; nothing was written");
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  std::error_code error;
  if (!folder.empty() && !std::filesystem::is_directory(folder, error))
    throw RequestError(fmt::format("there is no folder {}", folder.string()),
                       "make it, or give another name; nothing was written");
  const std::string name = study_name(file);
  const ScriptStudy study =
      command ? script_study(name, command_words(*command)) : ScriptStudy{fmt::format(starter, name), {}};
  parse_study(study.yaml, file, {}, metric_names());  // what is written can be read
  write_file(file, study.yaml);
  for (const std::string& note : study.notes) console.err << fmt::format("note: {}\n", escape_terminal(note));
  const std::string word = shell_word(file);
  console.err << fmt::format("wrote {}\nnext: ablate plan {}, then ablate run {}\n", file, word, word);
  return exit_done;
}

}  // namespace ablate
