#pragma once
/// The live page, on its port for as long as it lives.

#include <memory>
#include <string>
#include <vector>

#include "serve/sources.hpp"

namespace ablate {

struct LiveOptions {
  std::string host = "127.0.0.1";
  int port = 8765;                              ///< 0: any that is free
  bool next_free = false;                       ///< the ports above it will do where it is taken
  std::vector<std::string> allowed_hosts = {};  ///< names, beside our own, that browsers may know us by
};

class LivePage {
 public:
  /// Throws RequestError where it cannot listen.
  LivePage(LiveSources sources, const LiveOptions& options);
  ~LivePage();
  LivePage(LivePage&&) noexcept;

  /// "http://127.0.0.1:8765/"; where others can reach it, with a token that changes with every start.
  const std::string& address() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ablate
