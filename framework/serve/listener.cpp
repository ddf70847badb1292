#include "serve/listener.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.hpp"

namespace ablate {
namespace {

constexpr int ports_to_try = 11, waiting_connections = 128;

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Addresses resolve(const std::string& host, int port) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0) {
    throw RequestError(fmt::format("--host {}: {}", host, ::gai_strerror(error)),
                       "127.0.0.1 for this machine alone, 0.0.0.0 for all of its addresses");
  }
  return {found, &::freeaddrinfo};
}

int bound_port(int descriptor) {
  sockaddr_storage address = {};
  socklen_t size = sizeof address;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&address)->sin6_port
                                             : reinterpret_cast<sockaddr_in*>(&address)->sin_port);
}

/// Its error is in errno where there is none.
Listener try_to_listen(const addrinfo& at) {
  Listener listener(::socket(at.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), 0);
  if (listener.descriptor < 0) return {};
  const int yes = 1;
  ::setsockopt(listener.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(listener.descriptor, at.ai_addr, at.ai_addrlen) != 0 ||
      ::listen(listener.descriptor, waiting_connections) != 0) {
    const int error = errno;
    listener = {};
    errno = error;
    return {};
  }
  listener.port = bound_port(listener.descriptor);
  return listener;
}

}  // namespace

Listener::~Listener() {
  if (descriptor >= 0) ::close(descriptor);
}
Listener::Listener(Listener&& other) noexcept
    : descriptor(std::exchange(other.descriptor, -1)), port(other.port) {}
Listener& Listener::operator=(Listener&& other) noexcept {
  std::swap(descriptor, other.descriptor);
  std::swap(port, other.port);
  return *this;
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

Listener listen_on(const std::string& host, int port, bool next_free) {
  int error = 0;
  for (int tried = 0; tried < (next_free && port > 0 ? ports_to_try : 1); ++tried) {
    const Addresses addresses = resolve(host, port + tried);
    Listener listener = try_to_listen(*addresses);
    if (listener.descriptor >= 0) return listener;
    error = errno;
    if (error != EADDRINUSE) break;
  }
  if (error == EADDRINUSE) {
    throw RequestError(fmt::format("port {} of {} is taken", port, host),
                       "another --port, or 0 for any that is free");
  }
  throw RequestError(fmt::format("cannot listen on port {} of {}: {}", port, host, std::strerror(error)),
                     "another --host or --port");
}

}  // namespace ablate
