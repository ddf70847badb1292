#pragma once
/// Who has a run: a process of a host, distinguished from a later one of the same number.

#include <string>

namespace ablate {

/// "host:pid:start" of this process; `start` counts clock ticks since the host's boot.
std::string worker_name();

/// A worker of this host whose process is over, also where nobody has buried it yet; of other hosts only the
/// lease can tell.
bool is_dead_worker(const std::string& name);

/// Whether a run that says it is running was left: on this host by a process that is over, of another host where the
/// lease (seconds since 1970) ran out.
bool is_left_by(const std::string& worker, double lease_until);

}  // namespace ablate
