#include "base/random.hpp"

#include <array>

#include <boost/random/seed_seq.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <fmt/format.h>

#include "base/digest.hpp"

namespace ablate {

Stream::Stream(std::uint64_t seed, std::string_view purpose) {
  const Digest digest = Sha256().update(fmt::format("{}/{}", seed, purpose)).finish();
  std::array<std::uint32_t, 8> words{};
  for (std::size_t i = 0; i < digest.size(); ++i) words[i / 4] = (words[i / 4] << 8) | digest[i];
  boost::random::seed_seq sequence(words.begin(), words.end());
  generator_.seed(sequence);
}

double Stream::uniform() { return static_cast<double>(generator_() >> 11) * 0x1.0p-53; }

std::uint64_t Stream::below(std::uint64_t count) {
  return boost::random::uniform_int_distribution<std::uint64_t>(0, count - 1)(generator_);
}

}  // namespace ablate
