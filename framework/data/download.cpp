#include "data/download.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/md5.hpp"
#include "data/part_file.hpp"
#include "data/transfer.hpp"

namespace ablate {
namespace {

void check_url(const std::string& url) {
  const auto plain = [](char letter) { return letter > ' ' && letter <= '~'; };
  const bool known = url.starts_with("http://") || url.starts_with("https://");
  if (known && std::all_of(url.begin(), url.end(), plain)) return;
  throw RequestError("the address to download from does not begin with http:// or https://, or holds spaces",
                     "an address such as https://example.org/gzip.zip");
}

bool already_there(const Download& wanted) {
  std::error_code error;
  return !wanted.md5.empty() && std::filesystem::is_regular_file(wanted.file, error) &&
         md5_of_file(wanted.file) == wanted.md5;
}

void check_md5(const Download& wanted, PartFile& part) {
  if (wanted.md5.empty()) return;
  const std::string found = md5_of_file(part.path());
  if (found == wanted.md5) return;
  part.discard();
  throw RequestError(
      fmt::format("{} came with MD5 {}, and {} was expected", without_password(wanted.url), found,
                  wanted.md5),
      "run the same command again, from the beginning, as what came was removed; if the sum is the same, "
      "another file is at that address");
}

/// Until the part is whole. A part that the server's file has nothing to do with any more is started over,
/// once.
TransferEnd fill(const Download& wanted, PartFile& part, const std::atomic<bool>& stop) {
  const TransferEnd end = transfer(wanted, part, stop);
  if (end != TransferEnd::unusable_rest) return end;
  part.restart({wanted.url, {}, {}, {}});
  return transfer(wanted, part, stop);
}

}  // namespace

DownloadResult download(const Download& wanted, const std::atomic<bool>& stop) {
  check_url(wanted.url);
  if (already_there(wanted)) return DownloadResult::already_there;
  PartFile part(wanted.file, wanted.url);
  if (!part.is_whole() && fill(wanted, part, stop) == TransferEnd::interrupted)
    return DownloadResult::interrupted;
  check_md5(wanted, part);
  part.finish();
  return DownloadResult::complete;
}

std::string without_password(const std::string& url) {
  const std::size_t host = url.find("://");
  if (host == std::string::npos) return url;
  const std::size_t end = url.find_first_of("/?#", host + 3);
  const std::size_t at = url.rfind('@', end);
  if (at == std::string::npos || at < host + 3) return url;
  return url.substr(0, host + 3) + url.substr(at + 1);
}

}  // namespace ablate
