#include "runner/machine.hpp"

#include <fstream>
#include <string>
#include <thread>

#include <sys/utsname.h>
#include <unistd.h>

#include "compute/dispatch.hpp"

namespace ablate {
namespace {

std::string processor_name() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("model name")) continue;
    const auto colon = line.find(": ");
    if (colon != std::string::npos) return line.substr(colon + 2);
  }
  return {};
}

}  // namespace

MachineRecord this_machine() {
  MachineRecord machine;
  utsname name{};
  if (::uname(&name) == 0) {
    machine.host = name.nodename;
    machine.system = std::string(name.sysname) + " " + name.release + " " + name.machine;
  }
  machine.processor = processor_name();
  machine.cores = static_cast<int>(std::thread::hardware_concurrency());
  machine.memory_bytes = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGE_SIZE);
  machine.blas = "built in";
  machine.blas_core = compute::kernels().name;
  return machine;
}

}  // namespace ablate
