#pragma once
/// What a Store keeps while it is open. Private to framework/store.

#include <map>
#include <string>

#include "ablate/store/connection.hpp"
#include "ablate/store/store.hpp"

namespace ablate {

/// "2026-11-22T19:05:30.125Z" of seconds since 1970: runs may last less than a second.
std::string moment_text(double unix_seconds);

struct Store::State {
  Connection connection;
  std::function<double()> clock;
  std::string opened_at;                        ///< what failed before is retried, what fails later is not
  std::map<std::int64_t, int> attempts;         ///< of the runs that this Store claimed
  std::pair<std::int64_t, double> last_commit;  ///< run and seconds
  struct Planned {
    std::string variants, seeds;  ///< JSON lists; empty: this Store was given no plan
  };
  std::map<std::int64_t, Planned> planned = {};  ///< the last plan given here, a study

  std::string now() const { return moment_text(clock()); }

  /// Throws unless the run is still the one that was claimed here. Within a transaction.
  void check_claim(std::int64_t run_id);
};

}  // namespace ablate
