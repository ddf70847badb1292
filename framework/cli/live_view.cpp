#include <algorithm>
#include <cmath>
#include <ostream>
#include <vector>

#include <fmt/format.h>

#include "cli/audit_text.hpp"
#include "cli/progress.hpp"

namespace ablate {
namespace {

constexpr const char* erase_to_end_of_screen = "\x1b[J";
constexpr double seconds_between_drawings = 0.1;
constexpr int bar_width = 24;

/// Draws itself in place of what it drew before; lines above it scroll by as usual.
class LiveView : public SweepListener {
 public:
  LiveView(Console& console, int (*width)()) : console_(console), width_(width) {}
  ~LiveView() override { erase(); }

  void audited(const StudyAudit& audit) override {
    leaked_ = leaked_variants(audit);
    console_.err << audit_text(audit, false) << std::flush;
  }

  void planned(const SweepCounts& counts, int workers) override {
    counts_ = counts;
    to_train_ = counts.left;
    workers_ = workers;
    draw();
  }

  void cell_started(int worker, const RunRecord& run) override {
    cells_[worker] = {run, {}, {}, {}, leaked_.contains(run.variant)};
    draw();
  }

  void epoch_ended(int worker, const RunRecord&, const EpochProgress& progress) override {
    CellView& cell = cells_[worker];
    cell.latest = progress;
    if (progress.selected) cell.selected = progress;
    if (since_drawn_.seconds() > seconds_between_drawings) draw();
  }

  void cell_ended(int worker, const RunRecord& run, RunStatus status, const std::string& why,
                  const SweepCounts& counts) override {
    counts_ = counts;
    const CellView& cell = cells_[worker];
    if (status == RunStatus::done) {
      validation_[run.variant].push_back(cell.selected.validation_accuracy);
    }
    if (status != RunStatus::waiting && status != RunStatus::interrupted) ++ended_;
    erase();
    if (status != RunStatus::waiting) console_.err << ending_line(cell, status, why, counts) << "\n";
    cells_.erase(worker);
    draw();
  }

  void worker_died(int worker, const RunRecord& run, const std::string& reason) override {
    erase();
    console_.err << fmt::format("{}: its worker was {}\n", cell_label(run), reason);
    cells_.erase(worker);
    draw();
  }

  void tick() override {
    if (since_drawn_.seconds() > seconds_between_drawings) draw();
  }

 private:
  std::string sweep_line() const {
    double under_way = 0.0;
    for (const auto& [worker, cell] : cells_) under_way += cell.share();
    const int over = counts_.cells - counts_.left;
    std::string line = fmt::format("{} {}/{} cells, {} running",
                                   progress_bar((over + under_way) / std::max(1, counts_.cells), bar_width),
                                   over, counts_.cells, cells_.size());
    if (counts_.failed > 0) line += fmt::format(", {} failed", counts_.failed);
    if (counts_.diverged > 0) line += fmt::format(", {} diverged", counts_.diverged);
    if (counts_.stopped > 0) line += fmt::format(", {} stopped", counts_.stopped);
    const double trained = ended_ + under_way, left = to_train_ - trained;
    if (trained > 0.0 && left > 0.0) {
      line += fmt::format(", about {} left", duration_text(watch_.seconds() / trained * left));
    }
    return line;
  }

  std::string worker_line(int worker) const {
    const auto found = cells_.find(worker);
    if (found == cells_.end()) return fmt::format("  {}  -", worker + 1);
    const CellView& cell = found->second;
    std::string line = fmt::format("  {}  {}", worker + 1, cell_label(cell.run));
    const EpochProgress& at = cell.latest;
    if (at.epoch == 0) return line + "  first epoch";
    line += fmt::format("  epoch {}/{}  loss {:.4f}", at.epoch, at.epochs, at.loss);
    if (!std::isnan(at.validation_accuracy))
      line += fmt::format("  validation {:.4f}", at.validation_accuracy);
    return line + fmt::format("  {:.0f} images/s", at.samples_per_second);
  }

  /// By mean validation accuracy over the cells that were done in this sweep; empty where there is no
  /// validation.
  std::string best_line() const {
    const std::vector<double>* best_values = nullptr;
    const std::string* best = nullptr;
    double best_mean = 0.0;
    for (const auto& [variant, values] : validation_) {
      double mean = 0.0;
      for (const double value : values) mean += value / static_cast<double>(values.size());
      if (std::isnan(mean) || (best && mean <= best_mean)) continue;
      best = &variant, best_values = &values, best_mean = mean;
    }
    if (!best) return {};
    return fmt::format("  best so far: {}, validation accuracy {:.4f} (n = {})", *best, best_mean,
                       best_values->size());
  }

  void draw() {
    const int width = width_() - 1;
    std::vector<std::string> lines = {sweep_line()};
    for (int worker = 0; worker < workers_; ++worker) lines.push_back(worker_line(worker));
    if (const std::string best = best_line(); !best.empty()) lines.push_back(best);
    erase();
    for (std::string& line : lines) {
      line = fit(line, width);
      console_.err << line << "\n";
    }
    console_.err << std::flush;
    lines_ = std::move(lines);
    since_drawn_.restart();
  }

  /// A line that was drawn on a wider terminal has become several rows of a narrower one.
  void erase() {
    if (lines_.empty()) return;
    const int width = std::max(1, width_());
    int rows = 0;
    for (const std::string& line : lines_) rows += std::max(1, (columns_of(line) + width - 1) / width);
    console_.err << fmt::format("\r\x1b[{}A{}", rows, erase_to_end_of_screen) << std::flush;
    lines_.clear();
  }

  Console& console_;
  int (*width_)();
  SweepCounts counts_;
  Stopwatch watch_, since_drawn_;
  std::map<int, CellView> cells_;
  std::map<std::string, std::vector<double>>
      validation_;                  ///< of done cells at their selected epoch, by variant
  std::vector<std::string> lines_;  ///< on the screen
  std::set<std::string> leaked_;
  int to_train_ = 0, ended_ = 0, workers_ = 0;
};

}  // namespace

std::unique_ptr<SweepListener> make_live_view(Console& console, int (*width)()) {
  return std::make_unique<LiveView>(console, width);
}

}  // namespace ablate
