#include "fuzz/targets.hpp"

#include <array>

namespace ablate::fuzz {
namespace {

constexpr std::array table = {
    Target{"where", where},       Target{"yaml", yaml}, Target{"idx", idx},
    Target{"csv", csv},           Target{"gzip", gzip}, Target{"unpack", unpack},
    Target{"pictures", pictures}, Target{"npz", npz},   Target{"json_import", json_import}};

}  // namespace

std::span<const Target> targets() { return table; }

}  // namespace ablate::fuzz
