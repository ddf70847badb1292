#include "cli/open_page.hpp"

#include <cstdlib>

#include "base/process.hpp"

namespace ablate {

void open_in_browser(const std::string& page, Console& console) {
  if (!std::getenv("DISPLAY") && !std::getenv("WAYLAND_DISPLAY")) {
    console.err << "note: no display here: open " << page << " in a browser\n";
  } else if (run_process({"xdg-open", page}) != 0) {
    console.err << "note: no browser could be started (xdg-open of xdg-utils): open " << page << " in one\n";
  }
}

}  // namespace ablate
