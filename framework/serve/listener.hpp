#pragma once
/// A port that takes connections.

#include <string>

namespace ablate {

/// Closes what it holds.
struct Listener {
  int descriptor = -1;
  int port = 0;

  Listener() = default;
  Listener(int held, int at) : descriptor(held), port(at) {}
  ~Listener();
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&& other) noexcept;
};

/// True of "127.0.0.1", "::1" and "localhost": only this machine reaches it.
bool is_loopback(const std::string& host);

/// Listens on that address and port; 0: any free one. With `next_free` the ten ports above it are tried too. Throws
/// RequestError for a host that is none of this machine's, and for ports that are taken.
Listener listen_on(const std::string& host, int port, bool next_free);

}  // namespace ablate
