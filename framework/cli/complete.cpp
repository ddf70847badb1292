#include "cli/complete.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/offers.hpp"
#include "cli/shell_line.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

/// The words before the cursor, as the command would read them.
class Reading {
 public:
  Reading(const CommandShape& shape, const std::vector<std::string>& before) : shape_(shape) {
    for (const std::string& word : before) read(word);
  }

  const OptionShape* waiting() const { return waiting_; }  ///< the option whose value comes next
  bool options_ended() const { return options_ended_; }
  std::size_t words() const { return facts_.words.size(); }
  bool is_given(const OptionShape& option) const {
    return std::find(given_.begin(), given_.end(), option.name) != given_.end();
  }
  const OptionShape* option(const std::string& name) const {
    for (const OptionShape& option : shape_.options) {
      if (name == "--" + option.name || (!option.letter.empty() && name == "-" + option.letter))
        return &option;
    }
    return nullptr;
  }

  /// What earlier words tell of the database and the study.
  OfferContext facts() const {
    OfferContext facts = facts_;
    for (std::size_t i = 0; i < facts.words.size() && i < shape_.words.size(); ++i) {
      if (shape_.words[i].value.kind == ValueKind::study) facts.study = facts.words[i];
    }
    return facts;
  }

 private:
  void read(const std::string& word) {
    if (waiting_) {
      if (waiting_->name == "db") facts_.database = word;
      if (waiting_->value.kind == ValueKind::study) facts_.study = word;
      waiting_ = nullptr;
    } else if (options_ended_ || word.size() < 2 || word.front() != '-') {
      facts_.words.push_back(word);
    } else if (word == "--") {
      options_ended_ = true;
    } else {
      const std::size_t equals = std::min(word.find('='), word.size());
      const OptionShape* found = option(word.substr(0, equals));
      if (!found) return;
      given_.push_back(found->name);
      if (equals < word.size()) {
        if (found->name == "db") facts_.database = word.substr(equals + 1);
      } else if (!found->placeholder.empty() && !found->value_may_lack) {
        waiting_ = found;
      }
    }
  }

  const CommandShape& shape_;
  const OptionShape* waiting_ = nullptr;
  bool options_ended_ = false;
  std::vector<std::string> given_;
  OfferContext facts_;
};

/// Offers of `all` that begin with `typed`, each behind `before`; none that a line or a terminal cannot hold.
void keep(std::vector<Offer>& kept, std::vector<Offer> all, const std::string& typed,
          const std::string& before = {}) {
  for (Offer& offer : all) {
    const bool plain = std::none_of(offer.word.begin(), offer.word.end(), [](char letter) {
      return static_cast<unsigned char>(letter) < ' ' || letter == '\x7f';
    });
    if (plain && offer.word.starts_with(typed)) kept.push_back({before + offer.word, std::move(offer.about)});
  }
}

PathOffer paths_of(ValueKind kind) {
  if (kind == ValueKind::file) return PathOffer::files;
  if (kind == ValueKind::folder) return PathOffer::folders;
  return kind == ValueKind::study_file ? PathOffer::study_files : PathOffer::none;
}

Completion value_completion(const ValueShape& value, const OfferContext& facts, const std::string& typed,
                            const std::string& before = {}) {
  Completion completion{{}, paths_of(value.kind)};
  keep(completion.offers, value_offers(value, facts, typed), typed, before);
  return completion;
}

Completion option_completion(const CommandShape& shape, const Reading& reading, const std::string& typed) {
  Completion completion;
  std::vector<Offer> options;
  for (const OptionShape& option : shape.options) {
    if (!reading.is_given(option) || option.repeats) options.push_back({"--" + option.name, option.help});
  }
  keep(completion.offers, std::move(options), typed);
  return completion;
}

Completion first_completion(const std::string& typed) {
  Completion completion;
  std::vector<Offer> all;
  for (const Command& command : commands())
    all.push_back({std::string(command.name), std::string(command.summary)});
  if (typed.starts_with("-")) all = {{"--help", "show the commands"}, {"--version", "show the version"}};
  keep(completion.offers, std::move(all), typed);
  return completion;
}

std::string_view name_of(PathOffer paths) {
  constexpr std::string_view names[] = {"none", "files", "folders", "study_files"};
  return names[static_cast<std::size_t>(paths)];
}

/// One line per word; the first sentence of what it is about, as far as a line may hold it.
std::string offer_line(const Offer& offer) {
  constexpr std::size_t longest = 100;
  const std::string about = shorten(offer.about.substr(0, offer.about.find(". ")), longest);
  return about.empty() ? offer.word + "\n" : fmt::format("{}\t{}\n", offer.word, about);
}

void answer_bash(std::string_view text, std::string_view breaks, std::ostream& out) {
  const ShellLine line = read_shell_line(text, breaks);
  if (line.words.size() < 2) return;
  const Completion completion = complete({line.words.begin() + 1, line.words.end()});
  out << name_of(completion.paths) << "\n";
  for (const Offer& offer : completion.offers) {
    if (offer.word.starts_with(line.kept)) out << quoted_end(line, offer.word) << "\n";
  }
}

void answer(const std::vector<std::string>& arguments, std::ostream& out) {
  if (arguments.size() == 4 && arguments[0] == "--line" && arguments[2] == "--breaks") {
    answer_bash(arguments[1], arguments[3], out);
  } else if (arguments.size() > 1 && arguments[0] == "--") {
    const Completion completion = complete({arguments.begin() + 1, arguments.end()});
    out << name_of(completion.paths) << "\n";
    for (const Offer& offer : completion.offers) out << offer_line(offer);
  }
}

}  // namespace

Completion complete(const std::vector<std::string>& line) {
  if (line.empty()) return {};
  const std::string& typed = line.back();
  if (line.size() == 1) return first_completion(typed);
  std::vector<std::string> words = command_first({line.begin(), line.end() - 1});
  words.push_back(typed);
  const auto command = std::find_if(commands().begin(), commands().end(),
                                    [&](const Command& each) { return each.name == words.front(); });
  if (command == commands().end()) return {};
  const CommandShape shape = shape_of(*command);
  const Reading reading(shape, {words.begin() + 1, words.end() - 1});
  if (reading.waiting()) return value_completion(reading.waiting()->value, reading.facts(), typed);
  const std::size_t equals = typed.find('=');
  if (!reading.options_ended() && typed.starts_with("-")) {
    if (equals == std::string::npos) return option_completion(shape, reading, typed);
    const OptionShape* option = reading.option(typed.substr(0, equals));
    if (!option) return {};
    return value_completion(option->value, reading.facts(), typed.substr(equals + 1),
                            typed.substr(0, equals + 1));
  }
  const std::size_t place = reading.words();
  if (place < shape.words.size()) return value_completion(shape.words[place].value, reading.facts(), typed);
  if (!shape.words.empty() && shape.words.back().repeats)
    return value_completion(shape.words.back().value, reading.facts(), typed);
  return reading.options_ended() ? Completion{} : option_completion(shape, reading, typed);
}

int complete_command(const std::vector<std::string>& arguments, Console& console) {
  try {
    answer(arguments, console.out);
  } catch (const std::exception&) {
    // A prompt is not a place for an error: the command itself will tell it.
  }
  return exit_done;
}

}  // namespace ablate
