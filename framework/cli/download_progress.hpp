#pragma once
/// What a download shows while it works.

#include "base/time.hpp"
#include "cli/console.hpp"
#include "data/download.hpp"

namespace ablate {

/// On a terminal: a bar drawn in place. Elsewhere: a plain line each tenth of the file (each 50 MB where its
/// length is not known).
class DownloadDisplay {
 public:
  explicit DownloadDisplay(Console& console) : console_(console) {}
  ~DownloadDisplay();
  DownloadDisplay(const DownloadDisplay&) = delete;
  DownloadDisplay& operator=(const DownloadDisplay&) = delete;

  void show(const DownloadProgress& progress);

 private:
  void draw(const DownloadProgress& progress);
  void print_step(const DownloadProgress& progress);

  Console& console_;
  Stopwatch since_drawn_;
  bool drawn_ = false;
  std::uint64_t next_line_ = 0;
};

/// "56.2 MB of 561.8 MB, 12.3 MB/s, about 41.1 s left", or as much of it as is known.
std::string progress_text(const DownloadProgress& progress);

}  // namespace ablate
