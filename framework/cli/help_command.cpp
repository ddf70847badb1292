#include <algorithm>
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

constexpr int widest = 100, narrowest = 40;

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Command& command : commands()) all.emplace_back(command.name);
  for (const Topic& topic : topics()) all.emplace_back(topic.name);
  return all;
}

std::string explanation(const std::string& name, std::size_t width) {
  for (const Command& command : commands()) {
    if (command.name == name) return command_help(command);
  }
  for (const Topic& topic : topics()) {
    if (topic.name == name) return terminal_text(topic.markdown(), width);
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
  const int width = console.terminal.at_err ? std::clamp(terminal_width(), narrowest, widest) : widest;
  console.out << (name.empty() ? help_page() : explanation(name, static_cast<std::size_t>(width)));
  return exit_done;
}

}  // namespace ablate
