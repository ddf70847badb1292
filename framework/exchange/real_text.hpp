#pragma once
/// Real numbers as text that reads back bit for bit.

#include <string>

namespace ablate {

/// "0.1", "1.0", "1e-05": the shortest text that reads back as that number and as no whole one.
std::string real_text(double number);

}  // namespace ablate
