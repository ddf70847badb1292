#include "cli/manual.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/command_shape.hpp"
#include "cli/facts.hpp"
#include "cli/topics.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", roff_text(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", roff_text(text)); }

std::string entry(const std::string& head, std::string_view text) {
  return fmt::format(".TP\n{}\n{}\n", head, roff_text(text));
}

std::string option_head(const OptionShape& option) {
  const std::string letter = option.letter.empty() ? "" : fmt::format("{}, ", bold("-" + option.letter));
  const std::string value = option.placeholder.empty() ? ""
                            : option.value_may_lack    ? fmt::format("[={}]", italic(option.placeholder))
                                                       : fmt::format(" {}", italic(option.placeholder));
  return fmt::format("{}{}{}", letter, bold("--" + option.name), value);
}

std::string command_part(const Command& command) {
  std::string text =
      fmt::format(".SS {}\n.nh\n{}\n.hy\n.PP\n{}.\n", roff_text(fmt::format("ablate {}", command.name)),
                  bold(command.usage), roff_text(command.summary));
  const CommandShape shape = shape_of(command);
  for (const WordShape& word : shape.words) text += entry(italic(word.name), word.help);
  for (const OptionShape& option : shape.options) {
    if (option.name != "help") text += entry(option_head(option), option.help);
  }
  return text;
}

std::string facts_part(std::string_view title, std::span<const Fact> facts) {
  std::string text = fmt::format(".SH {}\n", title);
  for (const Fact& fact : facts) text += entry(bold(fact.name), fact.meaning);
  return text;
}

std::string examples_part() {
  std::string text = ".SH EXAMPLES\n";
  for (const Command& command : commands()) {
    text += fmt::format("{}.\n.PP\n.nf\n.RS\n{}\n.RE\n.fi\n.PP\n", roff_text(command.summary),
                        roff_text(command.example));
  }
  return text;
}

}  // namespace

std::string roff_text(std::string_view text) {
  std::string escaped;
  if (text.starts_with(".") || text.starts_with("'")) escaped = "\\&";
  while (!text.empty()) {
    const char32_t letter = take_code_point(text);
    if (letter == U'\\') {
      escaped += "\\(rs";
    } else if (letter == U'-') {
      escaped += "\\-";
    } else if (letter == U'\'') {
      escaped += "\\(aq";
    } else if (letter == U'`') {
      escaped += "\\(ga";
    } else if (letter == U'^') {
      escaped += "\\(ha";
    } else if (letter == U'~') {
      escaped += "\\(ti";
    } else if (letter >= 0x80) {
      escaped += fmt::format("\\[u{:04X}]", static_cast<std::uint32_t>(letter));
    } else {
      escaped += static_cast<char>(is_control(letter) ? U' ' : letter);
    }
  }
  return escaped;
}

std::string manual_page(std::string_view version) {
  std::string text = fmt::format(
      ".TH ABLATE 1 \"\" \"ablate {}\" \"User Commands\"\n"
      ".SH NAME\nablate \\- does this part of the network matter?\n"
      ".SH SYNOPSIS\n.B ablate\n.I COMMAND\n[\\,\\fIOPTIONS\\/\\fR]\n"
      ".SH DESCRIPTION\n",
      roff_text(version));
  text += roff_text(
              "State the question in one YAML file: every variant is trained under every seed, every epoch "
              "goes into "
              "one SQLite file, and a report compares them. Every command has --help.") +
          "\n.SH COMMANDS\n";
  for (const Command& command : commands()) text += command_part(command);
  text += ".SH TOPICS\n" + roff_text("Of ablate help.") + "\n";
  for (const Topic& topic : topics()) text += entry(bold(topic.name), topic.summary);
  text += facts_part("EXIT STATUS", exit_codes());
  text += facts_part("ENVIRONMENT", environment());
  text += facts_part("FILES", files());
  return text + examples_part() + ".SH SEE ALSO\n.BR sqlite3 (1)\n";
}

}  // namespace ablate
