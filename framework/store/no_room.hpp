#pragma once
/// A results file that could not grow.

#include <string>

#include "base/error.hpp"

namespace ablate {

/// The disk is full, or no file may be as long. What was committed before is kept.
class NoRoom : public RequestError {
 public:
  NoRoom(const std::string& file, std::string why_not, std::string remedy)
      : RequestError("cannot write " + file + ": " + why_not,
                     remedy + " and start again; every epoch that was committed is kept"),
        why(std::move(why_not)),
        mend(std::move(remedy)) {}

  std::string why;   ///< "the disk is full"
  std::string mend;  ///< "make room"
};

}  // namespace ablate
