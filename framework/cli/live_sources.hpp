#pragma once
/// What the live page needs of the folders above it, and the process that shows it.

#include <atomic>
#include <filesystem>
#include <string>

#include <sys/types.h>

#include "serve/live_page.hpp"

namespace ablate {

/// Of that results file: settings from the studies' own files, a run's tables as `show` prints them.
LiveSources live_sources(const std::filesystem::path& database, bool blind = false,
                         const std::string& work = {});

/// From now on whatever trains on this machine comes first: this process and those that it starts are nicer.
void yield_to_training();

/// Sleeps until it is set.
void wait_for(const std::atomic<bool>& flag);

/// The live page in a process of its own, for as long as this lives. No thread may run yet.
class PageBeside {
 public:
  /// The file may still be missing. Throws RequestError where the page cannot be served.
  PageBeside(const std::filesystem::path& database, const LiveOptions& options);
  ~PageBeside();
  PageBeside(const PageBeside&) = delete;
  PageBeside& operator=(const PageBeside&) = delete;

  const std::string& address() const { return address_; }

 private:
  pid_t child_ = -1;
  std::string address_;
};

}  // namespace ablate
