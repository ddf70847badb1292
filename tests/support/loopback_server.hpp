#pragma once
/// An HTTP server on 127.0.0.1 that answers as a test wants, faults included.

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ablate::test {

struct HttpRequest {
  std::string path;
  std::map<std::string, std::string> headers;  ///< names in lower case
  /// The first byte asked for by "Range: bytes=N-"; 0 without one.
  std::size_t range_start() const;
};

struct HttpReply {
  int status = 200;
  std::vector<std::string> headers = {};  ///< "Name: value"; Content-Length comes by itself
  std::string body = {};
  long claimed_length = -1;  ///< Content-Length, where it is not the body's; -2: none at all
  long break_after = -1;     ///< bytes of the body after which the connection is closed
  bool hang = false;         ///< then keep silent instead, until the client goes or the server ends
};

/// Answers one connection after the other in a thread of its own, until it is destroyed.
class LoopbackServer {
 public:
  using Handler = std::function<HttpReply(const HttpRequest&)>;

  /// The handler runs in the server's thread.
  explicit LoopbackServer(Handler handler);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  /// "http://127.0.0.1:PORT" + path.
  std::string url(const std::string& path = "/gzip.zip") const;
  /// What was asked so far.
  std::vector<HttpRequest> requests() const;

 private:
  void serve();
  void answer(int client);
  bool wait_readable(int descriptor) const;

  Handler handler_;
  int listener_ = -1, port_ = 0;
  int wake_[2] = {-1, -1};  ///< a pipe whose end of file tells the thread to end
  mutable std::mutex mutex_;
  std::vector<HttpRequest> requests_;
  std::thread thread_;
};

/// A handler that serves `content` as a good server does: ETag, and rests by Range where If-Range fits.
LoopbackServer::Handler serve_file(const std::string& content, const std::string& etag = "\"v1\"");

/// `whole` from `start` on, as the answer to a Range request.
HttpReply partial_content(const std::string& whole, std::size_t start, const std::string& etag);

/// The address of a port on which nothing listens.
std::string dead_url();

}  // namespace ablate::test
