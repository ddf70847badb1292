#include "exchange/real_text.hpp"

#include <fmt/format.h>

namespace ablate {

std::string real_text(double number) {
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".einf") == std::string::npos) text += ".0";
  return text;
}

}  // namespace ablate
