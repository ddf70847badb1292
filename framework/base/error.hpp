#pragma once
/// What ends a command because the request, or a file that it named, was wrong.

#include <stdexcept>
#include <string>

namespace ablate {

/// A place in a file that people edit. Lines and columns count from 1; 0 means "unknown" and is not printed.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
};

/// "file:line:column", or as much of it as is known.
std::string to_string(const Location& where);

/// The user can mend this: one message that says what, where and what to try. The program exits with 2.
/// Anything else that is thrown is our own fault and exits with 3.
class RequestError : public std::runtime_error {
 public:
  /// `what` starts in lower case and ends without a full stop; `hint` says what to try and may be empty.
  explicit RequestError(const std::string& what, const std::string& hint = {});
  RequestError(const Location& where, const std::string& what, const std::string& hint = {});
};

}  // namespace ablate
