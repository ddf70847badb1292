#include "base/worker_name.hpp"

#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <unistd.h>

#include "base/time.hpp"

namespace ablate {
namespace {

/// Of proc(5)'s /proc/PID/task/PID/stat, which is /proc/PID/stat but for programs under qemu: of themselves these see a start
/// of qemu's own making there, and took each other for dead.
struct ProcessState {
  char state = 'X';  ///< 'Z': over, but not buried; 'X': there is no such process
  std::string start;
};

ProcessState state_of(const std::string& pid) {
  ProcessState found;
  std::ifstream file(fmt::format("/proc/{0}/task/{0}/stat", pid));
  std::string text;
  std::getline(file, text);
  const std::size_t name_end = text.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return found;
  std::istringstream fields(text.substr(name_end + 1));
  fields >> found.state;
  constexpr int fields_before_start = 18;  // from the fourth to the twenty-first
  for (int i = 0; i < fields_before_start; ++i) fields >> found.start;
  fields >> found.start;
  return found;
}

std::string host_name() {
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  return host;
}

}  // namespace

std::string worker_name() {
  const std::string pid = std::to_string(::getpid());
  return fmt::format("{}:{}:{}", host_name(), pid, state_of(pid).start);
}

bool is_dead_worker(const std::string& name) {
  const std::string here = host_name() + ":";
  if (!name.starts_with(here)) return false;
  const std::size_t colon = name.find(':', here.size());
  const ProcessState found = state_of(name.substr(here.size(), colon - here.size()));
  const bool over = found.state == 'X' || found.state == 'Z';
  return over || (colon != std::string::npos && name.substr(colon + 1) != found.start);
}

bool is_left_by(const std::string& worker, double lease_until) {
  if (worker.starts_with(host_name() + ":")) return is_dead_worker(worker);
  return lease_until < unix_seconds();
}

}  // namespace ablate
