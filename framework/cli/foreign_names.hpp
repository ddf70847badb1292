#pragma once
/// What variants of imported runs are called.

#include <string>
#include <vector>

namespace ablate {

/// "lr=0.1,optimizer=adam" of factors and their values; "default" where there are none. A value that is long or has
/// several lines, such as a prompt, is cut to its first 40 characters and a digest that tells it from others; so is a
/// name that would be too long for a study.
std::string foreign_name(const std::vector<std::string>& factors, const std::vector<std::string>& values);

}  // namespace ablate
