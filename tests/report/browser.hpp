#pragma once
/// The report's page in a real browser, where there is one.

#include <filesystem>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace ablate {

/// Opens the page in headless Chromium with what its address asks for ("metric=log_loss&press=%23theme") and
/// returns what it says that it shows. Nothing where Chromium is not installed. Whatever the browser wrote to
/// its console is in "console".
std::optional<nlohmann::json> what_is_shown(const std::filesystem::path& page, const std::string& asked);

}  // namespace ablate
