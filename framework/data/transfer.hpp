#pragma once
/// One HTTP request whose answer goes to a part file. The one place that knows libcurl.

#include <atomic>

#include "data/download.hpp"
#include "data/part_file.hpp"

namespace ablate {

enum class TransferEnd {
  complete,
  interrupted,
  unusable_rest  ///< the server sent, or has, another rest than the part needs: start over
};

/// Asks for the rest of `part`, or for all of it where it is empty. Throws RequestError as `download` does.
TransferEnd transfer(const Download& wanted, PartFile& part, const std::atomic<bool>& stop);

}  // namespace ablate
