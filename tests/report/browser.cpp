#include "report/browser.hpp"

#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/driven_browser.hpp"

namespace ablate {

std::optional<nlohmann::json> what_is_shown(const std::filesystem::path& page, const std::string& asked) {
  const auto browser = test::DrivenBrowser::start();
  if (!browser) return std::nullopt;
  browser->resize(1280, 800);
  browser->open(fmt::format("file://{}#test&{}", page.string(), asked));
  const auto text = browser->value("document.getElementById('shown')?.textContent");
  if (!text.is_string()) throw std::runtime_error("the page's script did not come to its end");
  auto shown = nlohmann::json::parse(text.get<std::string>());
  shown["console"] = fmt::format("{}", fmt::join(browser->console(), "\n"));
  return shown;
}

}  // namespace ablate
