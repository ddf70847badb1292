#include <ostream>

#include "cli/command.hpp"
#include "cli/common.hpp"
#include "metrics/metric_table.hpp"

namespace ablate {

int schema_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  if (!Options(self).parse(arguments, console)) return exit_done;
  console.out << json_schema(metric_names());
  return exit_done;
}

}  // namespace ablate
