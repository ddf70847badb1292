#include "cli/download_progress.hpp"

#include <ostream>

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "cli/progress.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr double seconds_between_lines = 0.1;
constexpr std::uint64_t line_step_without_total = 50'000'000;
constexpr const char* erase_line = "\r\x1b[K";

bool is_whole(const DownloadProgress& progress) {
  return progress.total && progress.bytes == *progress.total;
}

}  // namespace

std::string progress_text(const DownloadProgress& progress) {
  std::string text = bytes_text(progress.bytes);
  if (progress.total) text += fmt::format(" of {}", bytes_text(*progress.total));
  if (progress.bytes_per_second < 1.0) return text;
  text += fmt::format(", {}/s", bytes_text(static_cast<std::uint64_t>(progress.bytes_per_second)));
  if (!progress.total || *progress.total <= progress.bytes) return text;
  const auto left = static_cast<double>(*progress.total - progress.bytes);
  return text + fmt::format(", about {} left", duration_text(left / progress.bytes_per_second));
}

DownloadDisplay::~DownloadDisplay() {
  if (drawn_) console_.draw(erase_line);
}

void DownloadDisplay::show(const DownloadProgress& progress) {
  if (console_.terminal.draws) {
    draw(progress);
  } else {
    print_step(progress);
  }
}

void DownloadDisplay::draw(const DownloadProgress& progress) {
  if (drawn_ && since_drawn_.seconds() < seconds_between_lines && !is_whole(progress)) return;
  since_drawn_.restart();
  drawn_ = true;
  const double share = progress.total && *progress.total > 0
                           ? static_cast<double>(progress.bytes) / static_cast<double>(*progress.total)
                           : 0.0;
  const std::string bar = progress.total ? progress_bar(share, 24) + " " : "";
  console_.draw(erase_line +
                shorten(bar + progress_text(progress), static_cast<std::size_t>(terminal_width() - 1)));
}

void DownloadDisplay::print_step(const DownloadProgress& progress) {
  if (progress.bytes < next_line_) return;
  const std::uint64_t step =
      progress.total ? std::max<std::uint64_t>(1, *progress.total / 10) : line_step_without_total;
  const bool first = next_line_ == 0;
  next_line_ = (progress.bytes / step + 1) * step;
  if (!first || is_whole(progress)) console_.err << progress_text(progress) << "\n" << std::flush;
}

}  // namespace ablate
