#include "support/raw_http.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ablate::test {

RawConnection::RawConnection(int port, const char* address)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in place = {};
  place.sin_family = AF_INET;
  place.sin_port = htons(static_cast<std::uint16_t>(port));
  place.sin_addr.s_addr = ::inet_addr(address);
  if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&place), sizeof place) != 0)
    throw std::runtime_error("nothing listens there");
}
RawConnection::~RawConnection() {
  if (descriptor_ >= 0) ::close(descriptor_);
}
RawConnection::RawConnection(RawConnection&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

bool RawConnection::send(const std::string& bytes) const {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t more = ::send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (more <= 0) return false;
    sent += static_cast<std::size_t>(more);
  }
  return true;
}

std::string RawConnection::read_all(double seconds) const {
  std::string all;
  char buffer[16384];
  for (;;) {
    pollfd waited = {descriptor_, POLLIN, 0};
    if (::poll(&waited, 1, static_cast<int>(seconds * 1000)) <= 0) return all;
    const ssize_t got = ::recv(descriptor_, buffer, sizeof buffer, 0);
    if (got <= 0) return all;
    all.append(buffer, static_cast<std::size_t>(got));
  }
}

bool RawConnection::closes_within(double seconds) const {
  pollfd waited = {descriptor_, POLLIN, 0};
  char byte = 0;
  return ::poll(&waited, 1, static_cast<int>(seconds * 1000)) > 0 &&
         ::recv(descriptor_, &byte, 1, MSG_PEEK) <= 0;
}

RawReply parse_reply(const std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (!bytes.starts_with("HTTP/1.") || end == std::string::npos) return {};
  return {std::atoi(bytes.c_str() + 9), bytes.substr(0, end), bytes.substr(end + 4)};
}

RawReply ask_raw(int port, const std::string& target, const std::vector<std::string>& headers,
                 const std::string& method) {
  const RawConnection connection(port);
  std::string request = method + " " + target + " HTTP/1.1\r\n";
  const bool names_host = std::any_of(headers.begin(), headers.end(),
                                      [](const std::string& header) { return header.starts_with("Host:"); });
  if (!names_host) request += "Host: 127.0.0.1\r\n";
  for (const std::string& header : headers) request += header + "\r\n";
  connection.send(request + "Connection: close\r\n\r\n");
  return parse_reply(connection.read_all());
}

}  // namespace ablate::test
