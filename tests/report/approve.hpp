#pragma once
/// Compares what users see with an approved file.

#include <string>

namespace ablate {

/// Checks `text` against tests/golden/report/<name>. With ABLATE_UPDATE=1 in the environment it writes the
/// file instead: look at the change before it is committed.
void approve(const std::string& name, const std::string& text);

}  // namespace ablate
