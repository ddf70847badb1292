#include <filesystem>
#include <limits>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "cli/live_sources.hpp"
#include "cli/open_page.hpp"
#include "cli/work_place.hpp"
#include "serve/live_page.hpp"

namespace ablate {
namespace {

/// What is no results file is refused; one that no run has made or filled yet is waited for.
void check_results(const std::filesystem::path& path, Console& console) {
  if (!std::filesystem::exists(path)) {
    console.err << "there is no " << path.string() << " yet: the page waits until `ablate run` makes it\n";
    return;
  }
  try {
    Reader(path).studies();
  } catch (const NoResultsYet&) {
    console.err << path.string() << " holds nothing yet: the page waits until `ablate run` fills it\n";
  }
}

}  // namespace

int serve_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string database, work;
  LiveOptions live;
  constexpr std::int64_t no_port = std::numeric_limits<std::int64_t>::min();
  std::int64_t port = no_port;
  bool open = false, blind = false;
  Options options(self);
  add_database_option(options, database);
  add_work_option(options, work);
  options.text(
      "host", "ADDRESS", live.host,
      "where to listen; elsewhere than on this machine the printed address has a token, but nothing is "
      "encrypted: `ssh -L 8765:127.0.0.1:8765 MACHINE` is safer; default: 127.0.0.1");
  constexpr std::int64_t highest_port = 65535;
  options.count("port", "N", port, 0, "0: any that is free; default: 8765, or the next that is free",
                highest_port);
  options.texts("allow-host", "NAME", live.allowed_hosts,
                "a name by which browsers reach it through a proxy; may be repeated");
  options.flag("blind", blind,
               "hide the differences between a study's variants until every run has ended or a planned look "
               "is due, as for studies with report.blind: true");
  options.flag("open", open, "then show the page in the browser");
  if (!options.parse(arguments, console)) return exit_done;

  live.next_free = port == no_port;
  if (port != no_port) live.port = static_cast<int>(port);
  const auto path = database_path(database);
  const InterruptFlag interrupt;
  check_results(path, console);
  yield_to_training();
  const LivePage page(live_sources(path, blind, work), live);
  console.out << page.address() << std::endl;
  console.err << "Ctrl-C ends it\n" << std::flush;
  if (open) open_in_browser(page.address(), console);
  wait_for(interrupt.get());
  return exit_done;
}

}  // namespace ablate
