#include "cli/options.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <ostream>
#include <sstream>

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/page_text.hpp"

namespace po = boost::program_options;

namespace ablate {
namespace {

const std::string all_words = "words";

/// The option that a message of Boost.Program_options is about, without dashes and value.
std::string bare_name(std::string text) {
  text.erase(0, text.find_first_not_of('-'));
  return text.substr(0, text.find('='));
}

/// "jobs" of "jobs,j".
std::string long_name(const std::string& name) { return name.substr(0, name.find(',')); }

bool names_path(const std::string& placeholder) {
  const auto kind = value_kind(placeholder);
  return kind == ValueKind::file || kind == ValueKind::folder || kind == ValueKind::study_file;
}

/// Broken before a part that has no room, never within brackets.
std::string filled_usage(std::string_view usage, std::size_t width) {
  std::string text;
  std::size_t at = 0;
  while (!usage.empty()) {
    std::size_t end = 0, depth = 0;
    for (; end < usage.size() && (depth > 0 || usage[end] != ' '); ++end) {
      if (usage[end] == '[') ++depth;
      if (usage[end] == ']') --depth;
    }
    const std::string_view part = usage.substr(0, end);
    const bool breaks = at > 0 && at + 1 + part.size() > width;
    text.append(breaks ? "\n    " : at > 0 ? " " : "").append(part);
    at = (breaks ? 4 : at + (at > 0 ? 1 : 0)) + part.size();
    usage.remove_prefix(std::min(end + 1, usage.size()));
  }
  return text + "\n";
}

}  // namespace

std::size_t help_width(int columns) {
  constexpr int widest = 100, narrowest = 40;
  return static_cast<std::size_t>(columns > 0 ? std::clamp(columns, narrowest, widest) : widest);
}

struct Options::Declared {
  const Command& command;
  po::options_description named;
  CommandShape shape;
  ValueShape* last = nullptr;                // of what was declared last
  std::vector<std::string*> targets;         // of the words, in their order; without the rest
  std::vector<std::string>* rest = nullptr;  // of the last word, which repeats
  std::size_t least = 0;                     // of the rest
  std::vector<std::function<void()>> checks;
  explicit Declared(const Command& of) : command(of), named("Options") {}

  void add(const std::string& name, const po::value_semantic* value, const std::string& help) {
    named.add_options()(name.c_str(), value, help.c_str());
    OptionShape& option = shape.options.emplace_back();
    option.name = long_name(name);
    option.letter = name.substr(std::min(option.name.size() + 1, name.size()));
    option.help = help;
    last = &option.value;
  }

  void add(const std::string& name, const std::string& placeholder, const po::value_semantic* value,
           const std::string& help) {
    add(name, value, help);
    OptionShape& option = shape.options.back();
    option.placeholder = placeholder;
    option.value.kind = value_kind(placeholder).value_or(ValueKind::nothing);
    option.value_may_lack = value->min_tokens() == 0;
    option.repeats = value->is_composing();
  }

  /// A path that begins with ~ is one of the home folder's; the shell does not see it in --db=~/a.db.
  void expand(const std::string& placeholder, std::string& target) {
    if (names_path(placeholder)) checks.push_back([&target] { target = expand_home(target).string(); });
  }
  void expand(const std::string& placeholder, std::vector<std::string>& targets_of_one) {
    if (!names_path(placeholder)) return;
    checks.push_back([&targets_of_one] {
      for (std::string& target : targets_of_one) target = expand_home(target).string();
    });
  }

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const OptionShape& option : shape.options) all.push_back("--" + option.name);
    return all;
  }

  [[noreturn]] void refuse(const std::string& what, const std::string& hint) const {
    throw RequestError(fmt::format("{}: {}", command.name, what),
                       hint.empty() ? fmt::format("ablate {} --help", command.name) : hint);
  }

  po::variables_map read(const std::vector<std::string>& arguments) const {
    po::options_description all;
    all.add(named);
    all.add_options()(all_words.c_str(), po::value<std::vector<std::string>>());
    po::positional_options_description words;
    words.add(all_words.c_str(), -1);
    namespace style = po::command_line_style;
    const int strict = style::unix_style & ~style::allow_guessing;
    po::variables_map values;
    po::store(po::command_line_parser(arguments).options(all).positional(words).style(strict).run(), values);
    return values;
  }

  void take_words(const po::variables_map& values) const {
    std::vector<std::string> words;
    if (values.count(all_words) > 0) words = values[all_words].as<std::vector<std::string>>();
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (i < words.size()) {
        *targets[i] = words[i];
      } else if (shape.words[i].required) {
        refuse(fmt::format("{} is missing", shape.words[i].name), std::string(command.example));
      }
    }
    if (rest) {
      const std::size_t first = std::min(words.size(), targets.size());
      if (words.size() > first) rest->assign(words.begin() + static_cast<std::ptrdiff_t>(first), words.end());
      if (rest->size() < least)
        refuse(fmt::format("{} is missing", shape.words.back().name), std::string(command.example));
      return;
    }
    if (words.size() <= targets.size()) return;
    refuse(fmt::format("'{}' is one word too many", words[targets.size()]),
           fmt::format("{} (a text with spaces needs quotes)", command.usage));
  }
};

Options::Options(const Command& command) : declared_(std::make_unique<Declared>(command)) {
  declared_->add("help,h", po::bool_switch(), "show this and stop");
}

Options::~Options() = default;

Options& Options::flag(const std::string& name, bool& target, const std::string& help) {
  declared_->add(name, po::bool_switch(&target), help);
  return *this;
}

Options& Options::text(const std::string& name, const std::string& placeholder, std::string& target,
                       const std::string& help) {
  declared_->add(name, placeholder, po::value<std::string>(&target)->value_name(placeholder), help);
  declared_->expand(placeholder, target);
  return *this;
}

Options& Options::optional_text(const std::string& name, const std::string& placeholder,
                                std::optional<std::string>& target, const std::string& help) {
  auto* value = po::value<std::string>()->value_name(placeholder);
  value->notifier([&target](const std::string& given) { target = given; });
  declared_->add(name, placeholder, value, help);
  return *this;
}

Options& Options::number(const std::string& name, const std::string& placeholder, double& target,
                         double minimum, const std::string& help) {
  declared_->add(name, placeholder, po::value<double>(&target)->value_name(placeholder), help);
  declared_->checks.push_back([this, name, &target, minimum, usual = target] {
    if (target == usual || (std::isfinite(target) && target >= minimum)) return;
    declared_->refuse(fmt::format("--{} is {}, but must be at least {}", long_name(name), target, minimum),
                      {});
  });
  return *this;
}

Options& Options::optional_number(const std::string& name, const std::string& placeholder,
                                  std::optional<double>& target, double implied, double minimum,
                                  const std::string& help) {
  auto* value = po::value<double>()->value_name(placeholder)->implicit_value(implied);
  value->notifier([&target](double given) { target = given; });
  declared_->add(name, placeholder, value, help);
  declared_->checks.push_back([this, name, &target, minimum] {
    if (!target || (std::isfinite(*target) && *target >= minimum)) return;
    declared_->refuse(fmt::format("--{} is {}, but must be at least {}", long_name(name), *target, minimum),
                      {});
  });
  return *this;
}

Options& Options::count(const std::string& name, const std::string& placeholder, std::int64_t& target,
                        std::int64_t minimum, const std::string& help, std::int64_t most) {
  declared_->add(name, placeholder, po::value<std::int64_t>(&target)->value_name(placeholder), help);
  declared_->checks.push_back([this, name, &target, minimum, most, usual = target] {
    if (target == usual || (target >= minimum && target <= most)) return;
    declared_->refuse(fmt::format("--{} is {}, but must be {} to {}", long_name(name), target, minimum, most),
                      {});
  });
  return *this;
}

Options& Options::texts(const std::string& name, const std::string& placeholder,
                        std::vector<std::string>& target, const std::string& help) {
  declared_->add(name, placeholder,
                 po::value<std::vector<std::string>>(&target)->value_name(placeholder)->composing(), help);
  declared_->expand(placeholder, target);
  return *this;
}

Options& Options::positional(const std::string& name, std::string& target, bool required,
                             const std::string& help) {
  ValueShape value{value_kind(name).value_or(ValueKind::nothing), {}};
  declared_->shape.words.push_back({name, required, false, help, std::move(value)});
  declared_->last = &declared_->shape.words.back().value;
  declared_->targets.push_back(&target);
  declared_->expand(name, target);
  return *this;
}

Options& Options::rest(const std::string& name, std::vector<std::string>& target, std::size_t least,
                       const std::string& help) {
  ValueShape value{value_kind(name).value_or(ValueKind::nothing), {}};
  declared_->shape.words.push_back({name, least > 0, true, help, std::move(value)});
  declared_->last = &declared_->shape.words.back().value;
  declared_->rest = &target;
  declared_->expand(name, target);
  declared_->least = least;
  return *this;
}

Options& Options::offers(std::vector<std::string> choices) {
  declared_->last->choices = std::move(choices);
  return *this;
}

Options& Options::offers(std::vector<std::string> choices, ValueKind kind) {
  declared_->last->kind = kind;
  return offers(std::move(choices));
}

std::string Options::help_text(std::size_t width) const {
  const Command& command = declared_->command;
  std::string text = filled_usage(command.usage, width);
  text += fmt::format("\n{}\n", filled(fmt::format("{}.", command.summary), "", width));
  for (const WordShape& word : declared_->shape.words)
    text += filled(word.help, fmt::format("  {:<18} ", word.name), width);
  if (!declared_->shape.words.empty()) text += "\n";
  const unsigned line = static_cast<unsigned>(width);
  po::options_description named("Options", line, std::max(line - 40, line / 2));
  for (const auto& option : declared_->named.options()) named.add(option);
  std::ostringstream options;
  options << named;
  return text + fmt::format("{}\nExample:\n  {}\n", options.str(), command.example);
}

bool Options::parse(const std::vector<std::string>& arguments, Console& console) const {
  if (console.shape) {
    *console.shape = declared_->shape;
    return false;
  }
  try {
    const po::variables_map values = declared_->read(arguments);
    if (values["help"].as<bool>()) {
      console.out << help_text(help_width(console.terminal.width));
      return false;
    }
    po::variables_map filled = values;
    po::notify(filled);
    declared_->take_words(values);
    for (const auto& check : declared_->checks) check();
    return true;
  } catch (const po::unknown_option& error) {
    const std::string bare = bare_name(error.get_option_name());
    const std::string name = fmt::format("{}{}", bare.size() == 1 ? "-" : "--", bare);
    std::string hint = suggestion(name, declared_->names());
    if (!declared_->shape.words.empty() && !nearest(name, declared_->names()))
      hint += "; put -- before a word that begins with -";
    declared_->refuse(fmt::format("there is no option {}", name), hint);
  } catch (const po::error& error) {
    declared_->refuse(error.what(), {});
  }
}

}  // namespace ablate
