#include "support/loopback_server.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ablate::test {
namespace {

struct Listening {
  int socket, port;
};

Listening listen_on_loopback() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (socket < 0 || ::bind(socket, generic, length) != 0 || ::listen(socket, 16) != 0 ||
      ::getsockname(socket, generic, &length) != 0) {
    throw std::runtime_error("no socket on the loopback");
  }
  return {socket, ntohs(address.sin_port)};
}

HttpRequest parse_request(const std::string& head) {
  std::istringstream lines(head);
  std::string line, method;
  std::getline(lines, line);
  HttpRequest request;
  std::istringstream(line) >> method >> request.path;
  while (std::getline(lines, line) && line != "\r") {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    request.headers[name] = line.substr(colon + 2, line.size() - colon - 3);
  }
  return request;
}

void send_all(int client, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the client has gone
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace

std::size_t HttpRequest::range_start() const {
  const auto range = headers.find("range");
  return range == headers.end() ? 0 : std::stoul(range->second.substr(6));
}

LoopbackServer::LoopbackServer(Handler handler) : handler_(std::move(handler)) {
  ::setenv("no_proxy", "127.0.0.1", 1);
  const Listening listening = listen_on_loopback();
  listener_ = listening.socket;
  port_ = listening.port;
  if (::pipe(wake_) != 0) throw std::runtime_error("no pipe");
  thread_ = std::thread([this] { serve(); });
}

LoopbackServer::~LoopbackServer() {
  ::close(wake_[1]);
  thread_.join();
  ::close(wake_[0]);
  ::close(listener_);
}

std::string LoopbackServer::url(const std::string& path) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

std::vector<HttpRequest> LoopbackServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

/// False when the server is to end.
bool LoopbackServer::wait_readable(int descriptor) const {
  pollfd both[2] = {{descriptor, POLLIN, 0}, {wake_[0], POLLIN, 0}};
  return ::poll(both, 2, -1) > 0 && both[1].revents == 0;
}

void LoopbackServer::serve() {
  while (wait_readable(listener_)) {
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client < 0) continue;
    answer(client);
    ::close(client);
  }
}

void LoopbackServer::answer(int client) {
  std::string head;
  while (head.find("\r\n\r\n") == std::string::npos) {
    char block[4096];
    const ssize_t came = wait_readable(client) ? ::recv(client, block, sizeof block, 0) : 0;
    if (came <= 0) return;
    constexpr char first_byte_of_tls = 0x16;
    if (block[0] == first_byte_of_tls && head.empty()) return;
    head.append(block, static_cast<std::size_t>(came));
  }
  const HttpRequest request = parse_request(head);
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const HttpReply reply = handler_(request);
  std::string out = fmt::format("HTTP/1.1 {} Said\r\nConnection: close\r\n", reply.status);
  for (const std::string& header : reply.headers) out += header + "\r\n";
  const long length =
      reply.claimed_length == -1 ? static_cast<long>(reply.body.size()) : reply.claimed_length;
  if (length >= 0) out += fmt::format("Content-Length: {}\r\n", length);
  const std::size_t sent =
      reply.break_after >= 0 ? static_cast<std::size_t>(reply.break_after) : reply.body.size();
  send_all(client, out + "\r\n" + reply.body.substr(0, sent));
  if (reply.hang) wait_readable(client);
}

HttpReply partial_content(const std::string& whole, std::size_t start, const std::string& etag) {
  return {
      206,
      {"ETag: " + etag, fmt::format("Content-Range: bytes {}-{}/{}", start, whole.size() - 1, whole.size())},
      whole.substr(start)};
}

LoopbackServer::Handler serve_file(const std::string& content, const std::string& etag) {
  return [=](const HttpRequest& request) -> HttpReply {
    const std::size_t start = request.range_start();
    const auto condition = request.headers.find("if-range");
    const bool same = condition == request.headers.end() || condition->second == etag;
    if (start == 0 || !same) return {200, {"ETag: " + etag}, content};
    if (start >= content.size()) return {416, {}, ""};
    return partial_content(content, start, etag);
  };
}

std::string dead_url() {
  const Listening listening = listen_on_loopback();
  ::close(listening.socket);
  return fmt::format("http://127.0.0.1:{}/gzip.zip", listening.port);
}

}  // namespace ablate::test
