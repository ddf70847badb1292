#pragma once
/// The files of the live page.

#include "base/embedded_file.hpp"

namespace ablate {

/// Those of framework/serve/page, by name.
std::span<const EmbeddedFile> page_files();

}  // namespace ablate
