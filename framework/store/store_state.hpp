#pragma once
/// What a Store keeps while it is open. Private to framework/store.

#include <map>
#include <string>

#include "base/time.hpp"
#include "store/connection.hpp"
#include "store/store.hpp"

namespace ablate {

struct Store::State {
  Connection connection;
  std::function<double()> clock;
  std::map<std::int64_t, int> attempts;         ///< of the runs that this Store claimed
  std::pair<std::int64_t, double> last_commit;  ///< run and seconds
  std::string now() const { return moment_text(clock()); }

  /// Throws unless the run is still the one that was claimed here. Within a transaction.
  void check_claim(std::int64_t run_id);
};

}  // namespace ablate
