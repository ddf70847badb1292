#pragma once
/// Names that no two files share.

#include <string>

namespace ablate {

/// A random UUID (RFC 4122, version 4) from the operating system. It names a run, a note or a task's attempt across files and
/// is no part of the experiment, so it is not drawn from a seeded stream.
std::string new_uuid();

}  // namespace ablate
