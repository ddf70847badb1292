#pragma once
/// Which program this is.

#include <string>

namespace ablate {

/// "0.1.0"
std::string version();

/// The version, the commit where the sources are a git checkout of their own ("-dirty": files differed from it), and the
/// beginning of `program_sha256`: "0.1.0+4f2a91c8aa-dirty.src-9b1c3de2f0", "0.1.0+src-9b1c3de2f0", "0.1.0+unknown".
std::string code_version();

/// SHA-256 of what git says differed from the commit that was built; empty: nothing, or there was no commit.
std::string code_diff_sha256();

/// Names the program as far as numbers depend on it: SHA-256 over the contents of every source between a configuration and a
/// stored number (framework/ without what only asks, draws and reports), the build files, compiler and flags. Two programs
/// with one hash were compiled from the same. Empty: the build could not know its sources, and is equal to no other.
std::string program_sha256();

/// Compiler, its version, the build type and its flags: "GNU 12.2.0 Release -O2 -DNDEBUG".
std::string build_flavour();

}  // namespace ablate
