#include "text/half_word.hpp"

namespace ablate {

std::size_t half_word(std::string_view typed) {
  char quote = 0;
  std::size_t opened = 0, closed = 0;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const bool is_quote = typed[i] == '`' || typed[i] == '\'' || typed[i] == '"';
    if (quote == 0 && is_quote) {
      quote = typed[i];
      const bool is_doubled = i > 0 && closed + 1 == i && typed[closed] == quote;
      if (!is_doubled) opened = i;
    } else if (typed[i] == quote) {
      quote = 0;
      closed = i;
    }
  }
  if (quote == '`') return opened;
  return typed.find_last_of(" ,(=<>!-") + 1;  // 0 without any
}

}  // namespace ablate
