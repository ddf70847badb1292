#include "train/devices.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

/// A folder of this user's.
fs::path lock_folder() {
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  const fs::path folder = runtime && *runtime ? fs::path(runtime) / "ablate-gpus"
                                              : fs::path(fmt::format("/tmp/ablate-gpus-{}", ::geteuid()));
  struct stat found {};
  const bool made = ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST;
  if (made && ::lstat(folder.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == ::geteuid())
    return folder;
  throw RequestError(fmt::format("cannot keep locks of GPUs in {}", folder.string()),
                     "XDG_RUNTIME_DIR names another place");
}

/// A device's name as that of a file.
std::string file_name(const std::string& device) {
  std::string name;
  for (const char c : device) name += c == '/' || c == '.' ? '_' : c;
  return name + ".lock";
}

}  // namespace

std::vector<std::string> visible_devices() {
  std::vector<std::string> devices;
  if (const char* visible = std::getenv("CUDA_VISIBLE_DEVICES")) {
    std::string name;
    for (const char* at = visible;; ++at) {
      if (*at != ',' && *at != '\0') {
        name += *at;
        continue;
      }
      if (!name.empty() && name != "-1") devices.push_back(name);
      name.clear();
      if (*at == '\0') return devices;
    }
  }
  std::error_code error;
  for (fs::directory_iterator entry("/proc/driver/nvidia/gpus", error), end; !error && entry != end;
       entry.increment(error)) {
    devices.push_back(fmt::format("{}", devices.size()));
  }
  return devices;
}

void check_devices(int count) {
  const auto visible = static_cast<int>(visible_devices().size());
  if (count <= visible) return;
  throw RequestError(
      fmt::format("trainer.resources.gpus is {}, but {} visible", count,
                  visible == 1 ? "one GPU is" : fmt::format("{} GPUs are", visible)),
      "CUDA_VISIBLE_DEVICES names them; without resources.gpus a run sees what `ablate run` sees");
}

DeviceClaim::DeviceClaim(int count, const Pulse& pulse) {
  check_devices(count);
  const std::vector<std::string> devices = visible_devices();
  while (count > 0 && pulse() && !take(devices, count)) {
    release();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

DeviceClaim::~DeviceClaim() { release(); }

bool DeviceClaim::take(const std::vector<std::string>& devices, int count) {
  const fs::path folder = lock_folder();
  for (const std::string& device : devices) {
    if (static_cast<int>(locks_.size()) == count) break;
    const int lock = ::open((folder / file_name(device)).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) continue;
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0) {
      locks_.push_back(lock);
      names_.push_back(device);
    } else {
      ::close(lock);
    }
  }
  return static_cast<int>(locks_.size()) == count;
}

void DeviceClaim::release() {
  for (const int lock : locks_) ::close(lock);
  locks_.clear();
  names_.clear();
}

std::string DeviceClaim::names() const { return fmt::format("{}", fmt::join(names_, ",")); }

}  // namespace ablate
