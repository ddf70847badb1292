#include "cli/script_study.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/text_value.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

struct OwnSetting {
  std::string key, value;  ///< as YAML
  std::string option;      ///< as the command has it: "--max-epochs", "trainer.max_epochs"
};

/// What the words of a command become.
struct Template {
  std::vector<std::string> words;
  std::vector<OwnSetting> settings;
  bool has_seed = false;
};

/// Whether a number would come back from YAML with other digits: "007", or more of them than a whole number has.
bool loses_digits(const std::string& number) {
  const std::string digits = number.substr(number.starts_with('-') ? 1 : 0);
  const bool is_whole = digits.find_first_not_of("0123456789") == std::string::npos;
  const bool has_zero = digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
  return has_zero || (is_whole && digits.size() > 18);
}

std::string yaml_of(const std::string& text) {
  const bool is_plain = (number_of<double>(text) && !loses_digits(text)) || text == "true" || text == "false";
  return is_plain ? text : json_text(text);
}

/// "lr" of "--lr"; a name that a setting cannot have gets underscores.
std::string option_key(std::string option) {
  option.erase(0, option.find_first_not_of('-'));
  for (char& c : option) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!fits) c = '_';
  }
  return option;
}

bool is_option(const std::string& word) {
  return word.size() > 2 && word.starts_with("--") && !number_of<double>(word);
}

/// "lr=0.1", as Hydra reads settings.
bool is_assignment(const std::string& word) {
  const std::string_view key = std::string_view(word).substr(0, word.find('='));
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return key.size() < word.size() && !key.empty() && is_letter(key.front()) &&
         std::all_of(key.begin(), key.end(), [&](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
         });
}

/// "-e 3": of a short option only a number is surely its value.
bool is_short_option(const std::string& word, const std::string& next) {
  return word.size() == 2 && word[0] == '-' && std::isalpha(static_cast<unsigned char>(word[1])) &&
         number_of<double>(next).has_value();
}

/// Braces of the command itself are doubled.
std::string literal(const std::string& word) {
  std::string text;
  for (const char c : word) {
    text += c;
    if (c == '{' || c == '}') text += c;
  }
  return text;
}

/// Whether a setting cannot be called so: it is another's name, or a placeholder's.
bool is_taken(const Template& made, const std::string& key) {
  return key.empty() || key == "seed" || key == "dir" || key == "params" || key == "args" ||
         std::any_of(made.settings.begin(), made.settings.end(),
                     [&](const OwnSetting& setting) { return setting.key == key; });
}

/// The placeholder for an option's value.
std::string placeholder(Template& made, const std::string& option, const std::string& value) {
  const std::string key = option_key(option);
  constexpr std::array seeds = {"seed", "random_seed", "random-seed", "random_state", "random-state"};
  if (std::find(seeds.begin(), seeds.end(), key) != seeds.end()) {
    made.has_seed = true;
    return "{seed}";
  }
  if (is_taken(made, key)) return literal(value);
  made.settings.push_back({key, yaml_of(value), option});
  return "{" + key + "}";
}

/// The placeholder for an option without a value, which a setting turns on and off.
std::string flag_placeholder(Template& made, const std::string& option) {
  std::string key = option_key(option);
  std::replace(key.begin(), key.end(), '-', '_');
  if (is_taken(made, key) || literal(option) != option) return literal(option);
  made.settings.push_back({key, "true", option});
  return fmt::format("{{flag:{}={}}}", option, key);
}

/// Where the options of the script begin: behind the first word, or the script that a launcher (torchrun, accelerate)
/// starts, whose own options say how it is started.
std::size_t begin_of_options(const std::vector<std::string>& words) {
  const auto script =
      std::find_if(words.begin(), words.end(), [](const std::string& word) { return word.ends_with(".py"); });
  return script == words.end() ? 1 : static_cast<std::size_t>(script - words.begin()) + 1;
}

/// Whether a word follows that is not itself an option; a negative number is none.
bool has_value(const std::vector<std::string>& words, std::size_t option) {
  if (option + 1 == words.size()) return false;
  const std::string& next = words[option + 1];
  const bool is_short =
      next.size() > 1 && next[0] == '-' && std::isalpha(static_cast<unsigned char>(next[1]));
  return !is_option(next) && !is_short;
}

/// Options with several values have a setting for none of them, as one is no number.
bool has_several_values(const std::vector<std::string>& words, std::size_t option) {
  const auto is_value = [&](std::size_t i) {
    return i < words.size() && number_of<double>(words[i]).has_value();
  };
  return is_value(option + 1) && is_value(option + 2);
}

Template template_of(const std::vector<std::string>& words) {
  Template made;
  const std::size_t begin = begin_of_options(words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const std::size_t equals = word.find('=');
    const bool has_short = i + 1 < words.size() && is_short_option(word, words[i + 1]);
    const bool is_plain = !is_option(word) && !has_short && !is_assignment(word);
    if (i < begin || is_plain || has_several_values(words, i)) {
      made.words.push_back(literal(word));
    } else if (!has_short && equals != std::string::npos) {
      const std::string option = word.substr(0, equals);
      made.words.push_back(literal(option) + "=" + placeholder(made, option, word.substr(equals + 1)));
    } else if (has_short || has_value(words, i)) {
      made.words.push_back(literal(word));
      made.words.push_back(placeholder(made, word, words[++i]));
    } else {
      made.words.push_back(flag_placeholder(made, word));
    }
  }
  return made;
}

/// Whether an option says for how many epochs a run trains: "--max-epochs", "trainer.max_epochs".
bool is_epochs(const std::string& option) {
  constexpr std::array names = {"epochs", "num_epochs", "max_epochs", "n_epochs", "num_train_epochs"};
  std::string name = option_key(option.substr(option.rfind('.') + 1));
  std::replace(name.begin(), name.end(), '-', '_');
  return std::find(names.begin(), names.end(), name) != names.end();
}

const OwnSetting* epochs_option(const Template& made) {
  const auto found = std::find_if(made.settings.begin(), made.settings.end(),
                                  [](const OwnSetting& setting) { return is_epochs(setting.option); });
  if (found == made.settings.end()) return nullptr;
  if (number_of<int>(found->value).value_or(0) >= 1) return &*found;
  throw RequestError(
      fmt::format("--command: {} is {}, and no number of epochs", found->key, found->value),
      fmt::format("a whole number from 1: {}{}30", found->option, is_option(found->option) ? ' ' : '='));
}

/// Options that speak of epochs, but are not taken for their number.
std::vector<std::string> epoch_notes(const std::vector<std::string>& words, const OwnSetting* epochs) {
  std::vector<std::string> notes;
  for (std::size_t i = begin_of_options(words); i < words.size(); ++i) {
    const std::string option = words[i].substr(0, words[i].find('='));
    if (!is_option(words[i]) && !is_assignment(words[i])) continue;
    const bool speaks_of_epochs =
        option.find("epoch") != std::string::npos || option.find("Epoch") != std::string::npos;
    if (!speaks_of_epochs || (epochs && option == epochs->option)) continue;
    notes.push_back(fmt::format(
        "{} is not taken for the number of epochs{}", option,
        epochs ? ", which is that of " + epochs->option : "; if it is, put it into the line `epochs`"));
  }
  return notes;
}

bool is_truth(const OwnSetting& setting) { return setting.value == "true" || setting.value == "false"; }

/// What is varied: a number that is not the epochs, else what is on or off.
const OwnSetting* first_factor(const Template& made, const OwnSetting* epochs) {
  for (const OwnSetting& setting : made.settings) {
    if (&setting != epochs && number_of<double>(setting.value)) return &setting;
  }
  const auto found = std::find_if(made.settings.begin(), made.settings.end(), is_truth);
  return found == made.settings.end() ? nullptr : &*found;
}

std::string other_value(const OwnSetting& setting) {
  if (is_truth(setting)) return setting.value == "true" ? "false" : "true";
  const double value = *number_of<double>(setting.value);
  const bool is_whole = setting.value.find_first_of(".eE") == std::string::npos;
  if (value == 0.0) return is_whole ? "1" : "0.5";
  return is_whole ? fmt::format("{}", static_cast<std::int64_t>(value * 2)) : fmt::format("{}", value / 2);
}

/// Which files a change of the program is told by: those of Python in the script's folder, as it imports them.
std::string code_text(const std::vector<std::string>& words) {
  const std::size_t begin = begin_of_options(words);
  const std::string& script = words[begin - 1];
  const std::string folder = script.substr(0, script.rfind('/') + 1);
  const bool is_inside = !folder.starts_with('/') && folder.find("..") == std::string::npos &&
                         folder.find_first_of("*?[\\") == std::string::npos;
  if (!script.ends_with(".py") || !is_inside)
    return "  # What else makes up the program, beside the files that the command names: code: [\"src/*\"]\n";
  return fmt::format(
      "  # What makes up the program: a run goes on with the same files only. Of packages, \"lib/**/*.py\".\n"
      "  code: [{}]\n",
      json_text((folder.starts_with("./") ? folder.substr(2) : folder) + "*.py"));
}

std::string trainer_text(const Template& made, const std::vector<std::string>& words,
                         const OwnSetting* epochs) {
  std::vector<std::string> command, settings;
  for (const std::string& word : made.words) command.push_back(json_text(word));
  for (const OwnSetting& setting : made.settings) settings.push_back(setting.key + ": " + setting.value);
  std::string text = fmt::format(
      "trainer:\n  # The program and its arguments, one item each; no shell reads them.\n  command: [{}]\n",
      fmt::join(command, ", "));
  text += code_text(words);
  if (!made.has_seed)
    text += "  # The seed: add --seed \"{seed}\" to the command, or read ABLATE_SEED in the program.\n";
  text += "  # What variants may change, with the values of the base.\n";
  text += fmt::format("  settings: {{{}}}\n", fmt::join(settings, ", "));
  text += epochs ? fmt::format("  epochs: \"{{{}}}\"\n", epochs->key)
                 : std::string("  epochs: 1                     # lines that a whole run reports\n");
  return text +
         "  # The program appends a line for each epoch to the file $ABLATE_METRICS:\n"
         "  #   {\"epoch\": 1, \"validation.accuracy\": 0.91, \"test.accuracy\": 0.90}\n"
         "  metrics: {validation.accuracy: up, test.accuracy: up}\n"
         "  # For a program that cannot be changed, a pattern of what it prints:\n"
         "  # metrics_from: {stdout: 'epoch (?<epoch>\\d+).*acc=(?<test.accuracy>\\S+)'}\n"
         "  # limits: {silence: 30min, run: 12h}\n";
}

}  // namespace

std::vector<std::string> command_words(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        word += c == '\\' && quote == '"' && i + 1 < line.size() ? line[++i] : c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c, inside = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (inside || !word.empty()) words.push_back(std::exchange(word, {}));
      inside = false;
    } else if (std::string_view("|&;<>`$*").find(c) != std::string_view::npos) {
      throw RequestError(
          fmt::format("--command: '{}' means something to a shell only, and none reads the command", c),
          "quote it, or put the line into a script");
    } else {
      word += c == '\\' && i + 1 < line.size() ? line[++i] : c;
    }
  }
  if (quote != '\0') throw RequestError(fmt::format("--command: a quote {} is not closed", quote));
  if (inside || !word.empty()) words.push_back(std::move(word));
  if (words.empty()) throw RequestError("--command is empty", "--command 'python3 train.py --lr 0.1'");
  if (is_assignment(words.front()))
    throw RequestError(fmt::format("--command: '{}' sets a variable, which only a shell does", words.front()),
                       fmt::format("--command 'env {} ...'", words.front()));
  return words;
}

ScriptStudy script_study(const std::string& name, const std::vector<std::string>& words) {
  const Template made = template_of(words);
  const OwnSetting* epochs = epochs_option(made);
  const OwnSetting* factor = first_factor(made, epochs);
  std::string text =
      fmt::format("# Does {} matter?\nstudy: {}\n", factor ? factor->key : "it", json_text(name));
  text += trainer_text(made, words, epochs);
  if (factor) {
    text += fmt::format("variants:\n  baseline: {{{0}: {1}}}\n  grid: {{{0}: [{1}, {2}]}}\n", factor->key,
                        factor->value, other_value(*factor));
  } else {
    text += "# variants:\n#   baseline: {dropout: 0.0}\n#   grid: {dropout: [0.0, 0.3]}\n";
  }
  text +=
      "seeds: 8                        # every variant runs once with each\nreport: {primary: test.accuracy}\n";
  return {text, epoch_notes(words, epochs)};
}

}  // namespace ablate
