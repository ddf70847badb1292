#pragma once
/// Bytes to a port of this machine, and what comes back: for what no honest client sends.

#include <string>
#include <vector>

namespace ablate::test {

struct RawReply {
  int status = 0;  ///< 0: the connection closed without an answer
  std::string head, body;
};

/// A connection to this machine, closed with it.
class RawConnection {
 public:
  explicit RawConnection(int port, const char* address = "127.0.0.1");
  ~RawConnection();
  RawConnection(RawConnection&& other) noexcept;
  RawConnection& operator=(RawConnection&&) = delete;

  /// False where the other end is closed.
  bool send(const std::string& bytes) const;
  /// Everything until the other end closes, or nothing came for that long.
  std::string read_all(double seconds = 20.0) const;
  /// True where the other end closes within that time.
  bool closes_within(double seconds) const;

 private:
  int descriptor_ = -1;
};

/// Sends a whole request and closes; `headers` are lines without their end. "Host: 127.0.0.1" goes first, unless there is
/// one among them.
RawReply ask_raw(int port, const std::string& target, const std::vector<std::string>& headers = {},
                 const std::string& method = "GET");
RawReply parse_reply(const std::string& bytes);

}  // namespace ablate::test
