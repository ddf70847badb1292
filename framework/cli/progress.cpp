#include "ablate/cli/progress.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "ablate/base/time.hpp"
#include "ablate/cli/audit_text.hpp"

namespace ablate {
namespace {

constexpr const char* erase_to_end_of_screen = "\x1b[J";

std::string label(const RunRecord& run) { return fmt::format("{} seed {}", run.variant, run.seed); }

std::string scores(const BySplit<Evaluation>& evaluations) {
  std::string text = "accuracy ";
  if (evaluations.validation) text += fmt::format("{:.4f} validation, ", evaluations.validation->suite.accuracy);
  return text + fmt::format("{:.4f} test", evaluations.test->suite.accuracy);
}

/// What the lines of every display need: when the cell began and its latest and selected epochs.
class CellProgress : public SweepListener {
 public:
  explicit CellProgress(Console& console, bool quiet = false) : console_(console), quiet_(quiet) {}

  void audited(const StudyAudit& audit) override { console_.err << audit_text(audit, quiet_) << std::flush; }

  void cell_started(const RunRecord&) override {
    cell_watch_.restart();
    selected_ = {};
    epochs_ = 0;
  }

  void epoch_ended(const RunRecord&, const EpochReport& report) override {
    epochs_ = report.epoch;
    if (report.selected) selected_ = report;
  }

 protected:
  std::string ending(const RunRecord& run, RunStatus status, const std::string& why, const SweepCounts& counts) const {
    std::string line = fmt::format("[{}/{}] {}: {}", counts.cells - counts.left, counts.cells, label(run),
                                   to_string(status));
    if (status == RunStatus::done) {
      line += fmt::format(" in {}, {} (epoch {} of {})", duration_text(cell_watch_.seconds()),
                          scores(selected_.evaluations), selected_.epoch, epochs_);
    }
    return why.empty() ? line : line + fmt::format(" ({})", why);
  }

  Console& console_;
  bool quiet_;
  Stopwatch cell_watch_;
  EpochReport selected_;
  int epochs_ = 0;
};

class LineProgress : public CellProgress {
 public:
  using CellProgress::CellProgress;

  void planned(const SweepCounts& counts) override {
    if (quiet_) return;
    console_.err << fmt::format("{} cells, {} to train\n", counts.cells, counts.left) << std::flush;
  }

  void cell_ended(const RunRecord& run, RunStatus status, const std::string& why,
                  const SweepCounts& counts) override {
    if (quiet_ && status == RunStatus::done) return;
    console_.err << ending(run, status, why, counts) << "\n" << std::flush;
  }
};

class TerminalProgress : public CellProgress {
 public:
  using CellProgress::CellProgress;
  ~TerminalProgress() override { erase(); }

  void planned(const SweepCounts& counts) override {
    counts_ = counts;
    to_train_ = counts.left;
    draw({});
  }

  void cell_started(const RunRecord& run) override {
    CellProgress::cell_started(run);
    share_of_cell_ = 0.0;
    draw(label(run));
  }

  void epoch_ended(const RunRecord& run, const EpochReport& report) override {
    CellProgress::epoch_ended(run, report);
    share_of_cell_ = static_cast<double>(report.epoch) / report.epochs;
    draw(fmt::format("{}  epoch {}/{}  loss {:.4f}  {}  {:.0f} images/s", label(run), report.epoch, report.epochs,
                     report.loss, scores(report.evaluations), report.samples_per_second));
  }

  void cell_ended(const RunRecord& run, RunStatus status, const std::string& why,
                  const SweepCounts& counts) override {
    counts_ = counts;
    share_of_cell_ = 0.0;
    ++ended_;
    erase();
    console_.err << ending(run, status, why, counts) << "\n";
    draw({});
  }

 private:
  std::string sweep_line() const {
    const int finished = counts_.cells - counts_.left;
    const double share = (finished + share_of_cell_) / std::max(1, counts_.cells);
    std::string line = fmt::format("{} {}/{} cells", progress_bar(share, 24), finished, counts_.cells);
    if (counts_.failed > 0) line += fmt::format(", {} failed", counts_.failed);
    if (counts_.diverged > 0) line += fmt::format(", {} diverged", counts_.diverged);
    const double trained = ended_ + share_of_cell_;
    if (trained > 0.0 && to_train_ > ended_) {
      line += fmt::format(", about {} left", duration_text(watch_.seconds() / trained * (to_train_ - trained)));
    }
    return line;
  }

  void draw(const std::string& cell) {
    erase();
    const int width = terminal_width() - 1;
    console_.err << fit(sweep_line(), width) << "\n" << fit("  " + cell, width) << "\r" << std::flush;
    drawn_ = true;
  }

  void erase() {
    if (!drawn_) return;
    console_.err << "\r\x1b[1A" << erase_to_end_of_screen << std::flush;
    drawn_ = false;
  }

  SweepCounts counts_;
  Stopwatch watch_;
  double share_of_cell_ = 0.0;
  int to_train_ = 0, ended_ = 0;
  bool drawn_ = false;
};

}  // namespace

std::string progress_bar(double share, int width) {
  const int filled = std::clamp(static_cast<int>(share * width), 0, width);
  return fmt::format("[{}{}]", std::string(static_cast<std::size_t>(filled), '#'),
                     std::string(static_cast<std::size_t>(width - filled), '.'));
}

std::string fit(const std::string& line, int width) {
  const auto starts_code_point = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
  if (std::count_if(line.begin(), line.end(), starts_code_point) <= width) return line;
  int columns = 0;
  std::size_t end = 0;
  for (; end < line.size(); ++end) {
    if (starts_code_point(line[end]) && ++columns > width - 3) break;
  }
  return line.substr(0, end) + std::string(static_cast<std::size_t>(std::clamp(width, 0, 3)), '.');
}

std::unique_ptr<SweepListener> make_progress(Console& console, Display display) {
  if (display == Display::terminal) return std::make_unique<TerminalProgress>(console);
  return std::make_unique<LineProgress>(console, display == Display::quiet);
}

}  // namespace ablate
