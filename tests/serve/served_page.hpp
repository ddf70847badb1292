#pragma once
/// The live page of a results file, on any free port, within the test's own process.

#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/live_sources.hpp"
#include "support/raw_http.hpp"
#include "support/source_folder.hpp"

namespace ablate::test {

/// "a b" as a part of an address.
inline std::string encoded(const std::string& text) {
  std::string all;
  for (const char c : text) all += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return all;
}

struct ServedPage {
  LivePage page;
  int port;

  explicit ServedPage(const std::filesystem::path& database, bool blind = false, double query_seconds = 8.0)
      : page(sources(database, blind, query_seconds), {.port = 0}),
        port(std::atoi(page.address().substr(page.address().rfind(':') + 1).c_str())) {}

  RawReply get(const std::string& target) const { return ask_raw(port, target); }
  nlohmann::json json(const std::string& target) const { return nlohmann::json::parse(get(target).body); }

 private:
  static LiveSources sources(const std::filesystem::path& database, bool blind, double query_seconds) {
    LiveSources all = live_sources(database, blind);
    all.program = built_program();
    all.query_seconds = query_seconds;
    // A test waits neither for an answer that is made again, nor for whoever writes.
    all.rest_per_cost = 0;
    all.look_patience_milliseconds = 50;
    return all;
  }
};

}  // namespace ablate::test
