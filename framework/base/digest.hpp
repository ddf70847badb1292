#pragma once
/// SHA-256 (FIPS 180-4), computed by Nettle.

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ablate {

using Digest = std::array<std::uint8_t, 32>;

/// Hashes what it is given piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256& update(std::span<const std::uint8_t> bytes);
  Sha256& update(std::string_view text);
  /// The digest of all that came so far; the object then starts over.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// 64 lower-case hexadecimal digits.
std::string hex(const Digest& digest);
std::string sha256_hex(std::string_view text);

}  // namespace ablate
