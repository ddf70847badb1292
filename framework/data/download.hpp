#pragma once
/// A file fetched over HTTP or HTTPS, in one go or in several.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace ablate {

/// How far a download is.
struct DownloadProgress {
  std::uint64_t bytes = 0;             ///< there so far, those of earlier calls included
  std::optional<std::uint64_t> total;  ///< of the whole file; nothing where the server does not say
  double bytes_per_second = 0.0;       ///< mean of this call
};

struct DownloadLimits {
  std::uint64_t bytes = std::uint64_t{4} << 30;
  long redirects = 5;
  long connect_seconds = 30;
  long stall_seconds = 60;  ///< it ends when fewer than 100 bytes a second come for so long
};

struct Download {
  std::string url;  ///< http or https; a redirect never leads from https to http
  std::filesystem::path file;
  std::string md5;  ///< 32 lower-case hexadecimal digits; empty: not checked
  std::function<void(const DownloadProgress&)> on_progress;  ///< called often; it may throw
  DownloadLimits limits;
};

enum class DownloadResult {
  complete,
  already_there,  ///< a file of that name and MD5 was there; nothing was asked of the network
  interrupted     ///< `stop` became true; the part stays
};

/// Fetches `wanted.url` into `wanted.file`, which is never seen half-written: bytes go to `<file>.part`, and
/// the next call goes on from there if the server still has the same file (ETag or date by If-Range, and
/// length) and can send a rest; else it starts over. Throws RequestError that says what failed and what to
/// try: no network, an unknown host, an HTTP error, a connection that broke or stalled and a full disk (in
/// these the part stays), a file that is too long, an MD5 that differs (both are named and the file is
/// removed).
DownloadResult download(const Download& wanted, const std::atomic<bool>& stop);

/// An address as messages may show it: without the user and password that it may hold.
std::string without_password(const std::string& url);

}  // namespace ablate
