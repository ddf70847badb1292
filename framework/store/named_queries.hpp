#pragma once
/// Questions that researchers often ask, each a file of framework/store/queries.

#include <string>
#include <vector>

#include "base/value.hpp"

namespace ablate {

struct NamedQueryParameter {
  std::string name;  ///< without the colon
  bool has_default = false;
  Value usual;  ///< where it has a default
  std::string meaning;
};

struct NamedQuery {
  std::string name;
  std::string answers;  ///< what it answers: the file's first comment
  std::vector<NamedQueryParameter> parameters;
  std::string sql;  ///< the whole file; what "@judged" stands for in it is written out
};

/// All of them, in the order of their names. A file begins with lines of comment: what it answers, then a
/// line a parameter, "-- :name = default  meaning", without "= default" where one must be given.
const std::vector<NamedQuery>& named_queries();

/// True of what can only be a name, not SQL: a single word.
bool is_query_name(const std::string& text);

/// Throws RequestError with the nearest name.
const NamedQuery& find_named_query(const std::string& name);

}  // namespace ablate
