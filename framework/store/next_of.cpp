#include "store/next_of.hpp"

#include <fmt/format.h>

namespace ablate {

std::string next_of(std::string_view table, std::string_view a, std::string_view b, std::string_view more) {
  return fmt::format(
      "SELECT * FROM (SELECT {1}, {2} FROM {0} WHERE {1} = ?1 AND {2} > ?2 ORDER BY {2} LIMIT 1) UNION ALL "
      "SELECT * FROM (SELECT {1}, {2} FROM {0} WHERE {1} > ?1{3} ORDER BY {1}, {2} LIMIT 1) LIMIT 1",
      table, a, b, more);
}

}  // namespace ablate
