#pragma once
/// Files taken out of a zip archive that nobody vouches for.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace ablate {

struct UnpackLimits {
  std::uint64_t member_bytes = std::uint64_t{256} << 20;
  std::uint64_t total_bytes = std::uint64_t{512} << 20;
  std::size_t members = 10'000;
};

/// Writes the members whose base names are in `wanted` into `folder` under these names; the folders of the
/// archive count for nothing. Returns the base names of all members, so that the caller sees what is missing;
/// nothing where `stop` became true. Only regular files are written, each under another name until it is
/// whole. Throws RequestError that names archive and member for a file that is not a zip or is damaged or
/// truncated, for a wanted member that is a link or a device, whose path is absolute or climbs by "..", or
/// that appears twice, and for anything beyond `limits` (what a member claims is not believed: bytes are
/// counted).
std::optional<std::set<std::string>> unpack(const std::filesystem::path& archive,
                                            const std::set<std::string>& wanted,
                                            const std::filesystem::path& folder,
                                            const std::atomic<bool>& stop, const UnpackLimits& limits = {});

/// The members of a zip archive by their base names, with the bytes of those that are wanted; the others are
/// empty. Throws RequestError as above.
std::map<std::string, std::string> members_of(const std::filesystem::path& archive,
                                              const std::function<bool(const std::string&)>& wanted,
                                              const UnpackLimits& limits = {});

}  // namespace ablate
