#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/page_text.hpp"
#include "cli/topics.hpp"

namespace ablate {
namespace {

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Command& command : commands()) all.emplace_back(command.name);
  for (const Topic& topic : topics()) all.emplace_back(topic.name);
  return all;
}

std::string explanation(const std::string& name, int columns) {
  for (const Command& command : commands()) {
    if (command.name == name) return command_help(command, columns);
  }
  for (const Topic& topic : topics()) {
    if (topic.name == name) return terminal_text(topic.markdown(), help_width(columns));
  }
  throw RequestError(fmt::format("help: there is no command and no topic '{}'", name),
                     suggestion(name, names()));
}

}  // namespace

int help_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string name;
  Options options(self);
  options.positional("TOPIC", name, false, "a command, or a topic of the list").offers(names());
  if (!options.parse(arguments, console)) return exit_done;
  const int columns = console.terminal.width;
  console.out << (name.empty() ? help_page(columns) : explanation(name, columns));
  return exit_done;
}

}  // namespace ablate
