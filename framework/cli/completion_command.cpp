#include <map>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/embedded.hpp"
#include "cli/options.hpp"

namespace ablate {
namespace {

const std::map<std::string, std::string_view> scripts = {
    {"bash", "framework/cli/completion/ablate.bash"},
    {"zsh", "framework/cli/completion/_ablate"},
    {"fish", "framework/cli/completion/ablate.fish"},
};

}  // namespace

int completion_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::vector<std::string> shells;
  for (const auto& [name, file] : scripts) shells.push_back(name);
  std::string shell;
  Options options(self);
  options.positional("SHELL", shell, true, "bash, zsh or fish; the script says where it goes").offers(shells);
  if (!options.parse(arguments, console)) return exit_done;
  const auto script = scripts.find(shell);
  if (script == scripts.end()) {
    throw RequestError(fmt::format("completion: there is no script for '{}'", shell),
                       suggestion(shell, shells));
  }
  console.out << embedded_file(script->second);
  return exit_done;
}

}  // namespace ablate
