#include <algorithm>
#include <cmath>
#include <ostream>
#include <vector>

#include <fmt/format.h>

#include "cli/audit_text.hpp"
#include "cli/progress.hpp"
#include "text/escape.hpp"
#include "text/unicode.hpp"

namespace ablate {
namespace {

constexpr const char* erase_to_end_of_screen = "\x1b[J";
constexpr double seconds_between_drawings = 0.1;
constexpr int bar_width = 24;

/// Draws itself in place of what it drew before; lines above it scroll by as usual.
class LiveView : public SweepListener {
 public:
  LiveView(Console& console, int (*width)(), bool shows_test)
      : console_(console), width_(width), shows_test_(shows_test) {}
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

  void happened(const RunEvent& event) override {
    switch (event.kind) {
      case RunEvent::Kind::started:
        runs_[event.worker] = {event.run, {}, {}, {}, leaked_.contains(event.run.variant)};
        workers_ = std::max(workers_, event.worker + 1);
        return draw();
      case RunEvent::Kind::epoch_ended:
        runs_[event.worker].take(event.progress);
        return tick();
      case RunEvent::Kind::ended:
        return end(event);
      case RunEvent::Kind::worker_died:
        erase();
        say(died_line(event));
        runs_.erase(event.worker);
        return draw();
      case RunEvent::Kind::remark:
        erase();
        console_.err << escape_terminal(event.text) << "\n";
        return draw();
      case RunEvent::Kind::printed:
        return;
    }
  }

  void tick() override {
    if (since_drawn_.seconds() > seconds_between_drawings) draw();
  }

 private:
  void end(const RunEvent& event) {
    counts_ = event.counts;
    const RunView& run = runs_[event.worker];
    if (event.status == RunStatus::done)
      validation_[event.run.variant].push_back(run.selected.validation_accuracy);
    if (event.status != RunStatus::waiting && event.status != RunStatus::interrupted) ++ended_;
    erase();
    if (told_.tells(event)) say(ending_line(run, event, shows_test_));
    runs_.erase(event.worker);
    draw();
  }

  /// Above what is drawn; cut, as a line that wraps would be read as two.
  void say(const std::string& line) {
    console_.err << shorten(line, static_cast<std::size_t>(std::max(2, width_()) - 1)) << "\n";
  }

  std::string sweep_line() const {
    double under_way = 0.0;
    for (const auto& [worker, run] : runs_) under_way += run.share();
    const int over = counts_.runs - counts_.left;
    std::string line = fmt::format("{} {}/{} runs, {} running",
                                   progress_bar((over + under_way) / std::max(1, counts_.runs), bar_width),
                                   over, counts_.runs, runs_.size());
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
    const auto found = runs_.find(worker);
    if (found == runs_.end()) return fmt::format("  {}  -", worker + 1);
    std::string line = fmt::format("  {}  {}", worker + 1, label_text(found->second.run));
    const EpochProgress& at = found->second.latest;
    if (at.epoch == 0) return line + "  first epoch";
    line += fmt::format("  epoch {}/{}", at.epoch, at.epochs);
    if (!std::isnan(at.loss)) line += fmt::format("  loss {:.4f}", at.loss);
    if (!std::isnan(at.validation_accuracy))
      line += fmt::format("  validation {:.4f}", at.validation_accuracy);
    return line + fmt::format("  {:.0f} images/s", at.samples_per_second);
  }

  /// By mean validation accuracy over the runs that were done in this sweep; empty where there is no
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
    return fmt::format("  best so far: {}, validation accuracy {:.4f} (n = {})", escape_terminal(*best),
                       best_mean, best_values->size());
  }

  void draw() {
    const auto width = static_cast<std::size_t>(std::max(2, width_()) - 1);
    std::vector<std::string> lines = {sweep_line()};
    for (int worker = 0; worker < workers_; ++worker) lines.push_back(worker_line(worker));
    if (const std::string best = best_line(); !best.empty()) lines.push_back(best);
    erase();
    for (std::string& line : lines) {
      line = shorten(line, width);
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
    for (const std::string& line : lines_)
      rows += std::max(1, (static_cast<int>(display_width(line)) + width - 1) / width);
    console_.draw(fmt::format("\r\x1b[{}A{}", rows, erase_to_end_of_screen));
    lines_.clear();
  }

  Console& console_;
  int (*width_)();
  bool shows_test_;
  EndingsTold told_;
  SweepCounts counts_;
  Stopwatch watch_, since_drawn_;
  std::map<int, RunView> runs_;  ///< by worker
  std::map<std::string, std::vector<double>>
      validation_;                  ///< of done runs at their selected epoch, by variant
  std::vector<std::string> lines_;  ///< on the screen
  std::set<std::string> leaked_;
  int to_train_ = 0, ended_ = 0, workers_ = 0;
};

}  // namespace

std::unique_ptr<SweepListener> make_live_view(Console& console, int (*width)(), bool shows_test) {
  return std::make_unique<LiveView>(console, width, shows_test);
}

}  // namespace ablate
