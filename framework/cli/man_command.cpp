#include <ostream>

#include "base/build_info.hpp"
#include "cli/command.hpp"
#include "cli/manual.hpp"
#include "cli/options.hpp"

namespace ablate {

int man_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  if (!Options(self).parse(arguments, console)) return exit_done;
  console.out << manual_page(version());
  return exit_done;
}

}  // namespace ablate
