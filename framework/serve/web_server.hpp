#pragma once
/// Carries requests to a handler and its answers back, within bounds.

#include <cstddef>
#include <memory>

#include "serve/http.hpp"
#include "serve/listener.hpp"

namespace ablate {

struct WebLimits {
  std::size_t connections = 64;  ///< at once; a new one takes the place of the oldest that asks nothing
  std::size_t request_bytes =
      16 << 10;           ///< of line and headers; what is longer is refused. None may have a body
  double seconds = 10.0;  ///< for a request to be complete, and for a connection to ask again
  std::size_t jobs = 2, waiting_jobs = 16;  ///< and as many of those that may run away
};

/// Answers until it is destroyed. One thread takes connections and another carries requests and calls the handler, which
/// must not block; its jobs are done by others.
class WebServer {
 public:
  /// Throws std::runtime_error where the system gives no threads.
  WebServer(Listener listener, WebHandler handler, const WebLimits& limits = {});
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

 private:
  class Carrier;
  std::unique_ptr<Carrier> carrier_;
};

}  // namespace ablate
