#include "report/browser.hpp"

#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>

#include "base/file.hpp"

namespace ablate {
namespace {

constexpr const char* browsers[] = {"/usr/bin/chromium", "/usr/bin/chromium-browser",
                                    "/usr/bin/google-chrome"};

std::optional<std::string> find_browser() {
  for (const char* path : browsers) {
    if (std::filesystem::exists(path)) return path;
  }
  return std::nullopt;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Lines of the page's console, as Chromium logs them.
std::string console(const std::string& log) {
  std::string lines;
  for (std::size_t begin = 0; begin < log.size();) {
    const std::size_t end = std::min(log.find('\n', begin), log.size());
    const std::string line = log.substr(begin, end - begin);
    if (line.find("CONSOLE") != std::string::npos) lines += line + "\n";
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::optional<nlohmann::json> what_is_shown(const std::filesystem::path& page, const std::string& asked) {
  const auto browser = find_browser();
  if (!browser) return std::nullopt;
  const auto folder = page.parent_path();
  const std::string command = fmt::format(
      "{} --headless --no-sandbox --disable-gpu --window-size=1280,800 --enable-logging=stderr --v=0 --user-data-dir='{}/profile' "
      "--virtual-time-budget=4000 --dump-dom 'file://{}#test&{}' >'{}/dom' 2>'{}/log'",
      *browser, folder.string(), page.string(), asked, folder.string(), folder.string());
  if (std::system(command.c_str()) != 0) throw std::runtime_error("the browser failed: " + command);
  const std::string dom = read_file(folder / "dom", std::size_t{64} << 20);
  const std::string open = "<pre id=\"shown\" hidden=\"\">";
  const std::size_t begin = dom.find(open);
  if (begin == std::string::npos) throw std::runtime_error("the page's script did not come to its end");
  const std::size_t from = begin + open.size();
  std::string text = dom.substr(from, dom.find("</pre>", from) - from);
  text = replaced(replaced(replaced(text, "&lt;", "<"), "&gt;", ">"), "&amp;", "&");
  auto shown = nlohmann::json::parse(text);
  shown["console"] = console(read_file(folder / "log", std::size_t{16} << 20));
  return shown;
}

}  // namespace ablate
