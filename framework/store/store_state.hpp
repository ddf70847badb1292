#pragma once
/// What a Store keeps while it is open. Private to framework/store.

#include <map>
#include <string>

#include "base/time.hpp"
#include "store/connection.hpp"
#include "store/store.hpp"

namespace ablate {

/// The run of study ?1 that is claimed next at the moment ?2; needs temp.retry and temp.put_off. Three
/// short looks, each through an index that holds little but what it looks for: at the queue (its conditions are those of
/// the index run_queue, word for word), at leases that ran out, and at what may be tried again.
extern const char* const next_run;

struct Store::State {
  Connection connection;
  std::function<double()> clock, steady;
  struct Claimed {
    int attempt = 0;
    double counted = 0.0;  ///< on the steady clock: the moment up to which run.seconds has its time
  };
  std::map<std::int64_t, Claimed> claimed;      ///< runs that this Store claimed
  std::pair<std::int64_t, double> last_commit;  ///< run and seconds
  std::string now() const { return moment_text(clock()); }

  /// Throws unless the run is still the one that was claimed here. Within a transaction.
  void check_claim(std::int64_t run_id);
  /// Adds the time since the last call, or since the claim, to the run's. Within a transaction.
  void add_seconds(std::int64_t run_id);
};

}  // namespace ablate
