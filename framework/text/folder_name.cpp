#include "text/folder_name.hpp"

#include "base/digest.hpp"
#include "text/escape.hpp"

namespace ablate {

std::string folder_name(std::string_view name) {
  constexpr std::size_t longest = 100;
  constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  if (!name.empty() && name.size() <= longest && name.find_first_not_of(harmless) == std::string_view::npos)
    return std::string(name);
  return slug(name) + '-' + sha256_hex(name).substr(0, 8);
}

}  // namespace ablate
