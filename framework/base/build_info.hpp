#pragma once
/// Which program this is.

#include <string>

namespace ablate {

/// "0.1.0"
std::string version();

/// The version with the commit that was built and whether files differed from it: "0.1.0+4f2a91c",
/// "0.1.0+4f2a91c-dirty"; the version alone where it was built outside a git checkout.
std::string code_version();

/// SHA-256 of `git diff HEAD` where files differed from the commit that was built; else empty.
std::string code_diff_sha256();

/// Compiler, its version, the build type and its flags: "GNU 12.2.0 Release -O3 -DNDEBUG".
std::string build_flavour();

}  // namespace ablate
