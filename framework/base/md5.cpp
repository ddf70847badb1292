#include "base/md5.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <nettle/md5.h>

#include "base/error.hpp"

namespace ablate {

std::string md5_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw RequestError(fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)));
  md5_ctx context;
  md5_init(&context);
  std::vector<std::uint8_t> block(1 << 18);
  while (in.read(reinterpret_cast<char*>(block.data()), static_cast<std::streamsize>(block.size())),
         in.gcount() > 0) {
    md5_update(&context, static_cast<std::size_t>(in.gcount()), block.data());
  }
  if (in.bad()) throw RequestError(fmt::format("cannot read {}: {}", path.string(), std::strerror(errno)));
  std::array<std::uint8_t, MD5_DIGEST_SIZE> digest{};
  md5_digest(&context, digest.size(), digest.data());
  std::string text;
  for (const std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace ablate
