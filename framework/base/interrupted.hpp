#pragma once
/// What somebody asked to stop (Ctrl-C).

#include <stdexcept>

namespace ablate {

/// What was under way was given up because somebody asked for it; nothing of it is kept.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

}  // namespace ablate
