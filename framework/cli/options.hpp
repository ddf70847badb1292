#pragma once
/// Options of one command, over Boost.Program_options: no guessed abbreviations, wrong names answered with
/// right ones.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command_shape.hpp"
#include "cli/console.hpp"

namespace ablate {

/// Columns of help for a terminal of so many, 0 for a file: 40 to 100.
std::size_t help_width(int columns);

/// Declares what a command takes, then fills the variables that were given. Those variables must outlive it.
/// A placeholder says what the value is (`value_kind`); completion and the manual follow it.
class Options {
 public:
  explicit Options(const Command& command);
  ~Options();

  /// `--name`: sets `target`. `name` may be "long" or "long,l".
  Options& flag(const std::string& name, bool& target, const std::string& help);
  /// `--name VALUE`. The default is what `target` holds.
  Options& text(const std::string& name, const std::string& placeholder, std::string& target,
                const std::string& help);
  /// The same, and stays empty where it is not given.
  Options& optional_text(const std::string& name, const std::string& placeholder,
                         std::optional<std::string>& target, const std::string& help);
  Options& number(const std::string& name, const std::string& placeholder, double& target, double minimum,
                  const std::string& help);
  /// `--name` or `--name VALUE`: stays empty where it is not given, is `implied` where no value is.
  Options& optional_number(const std::string& name, const std::string& placeholder,
                           std::optional<double>& target, double implied, double minimum,
                           const std::string& help);
  /// `--name N`: a whole number of at least `minimum`, at most a thousand million, or `most`.
  Options& count(const std::string& name, const std::string& placeholder, std::int64_t& target,
                 std::int64_t minimum, const std::string& help, std::int64_t most = 1'000'000'000);
  /// `--name VALUE`, any number of times.
  Options& texts(const std::string& name, const std::string& placeholder, std::vector<std::string>& target,
                 const std::string& help);
  /// A word without a dash, in the order of declaration.
  Options& positional(const std::string& name, std::string& target, bool required, const std::string& help);

  /// All words that are left, at least `least`; declared after every `positional`.
  Options& rest(const std::string& name, std::vector<std::string>& target, std::size_t least,
                const std::string& help);

  /// What the value of the option or word declared last may be, beside what its placeholder stands for.
  Options& offers(std::vector<std::string> choices);
  /// The same, and another kind than its placeholder stands for.
  Options& offers(std::vector<std::string> choices, ValueKind kind);

  /// False where there is nothing to do: `--help` was given and printed, or the console asked for the shape.
  /// Throws RequestError for what
  /// the command does not take, with the nearest option, and for a required word that is missing, with an
  /// example.
  bool parse(const std::vector<std::string>& arguments, Console& console) const;

 private:
  struct Declared;
  std::string help_text(std::size_t width) const;
  std::unique_ptr<Declared> declared_;
};

}  // namespace ablate
