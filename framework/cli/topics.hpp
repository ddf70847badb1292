#pragma once
/// `ablate help TOPIC`: what is behind the commands. Texts are those of the project's pages, built in,
/// and of the tables in the code.

#include <span>
#include <string>
#include <string_view>

namespace ablate {

struct Topic {
  std::string_view name, summary;
  std::string (*markdown)();
};

std::span<const Topic> topics();

}  // namespace ablate
