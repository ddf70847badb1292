#include "cli/progress.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include <fmt/format.h>

#include "cli/audit_text.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

bool starts_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::string scores(const EpochProgress& progress, bool leaked) {
  std::string text = "accuracy ";
  if (!std::isnan(progress.validation_accuracy)) {
    text += fmt::format("{:.4f} validation, ", progress.validation_accuracy);
  }
  return text + fmt::format("{:.4f} test{}", progress.test_accuracy, leaked ? " (leaked)" : "");
}

/// What lines need of each worker's cell.
class CellKeeper : public SweepListener {
 public:
  void audited(const StudyAudit& audit) override { leaked_ = leaked_variants(audit); }
  void cell_started(int worker, const RunRecord& run) override {
    cells_[worker] = {run, {}, {}, {}, leaked_.contains(run.variant)};
  }
  void epoch_ended(int worker, const RunRecord&, const EpochProgress& progress) override {
    CellView& cell = cells_[worker];
    cell.latest = progress;
    if (progress.selected) cell.selected = progress;
  }

 protected:
  std::map<int, CellView> cells_;

 private:
  std::set<std::string> leaked_;
};

class LineProgress : public CellKeeper {
 public:
  LineProgress(Console& console, bool quiet) : console_(console), quiet_(quiet) {}

  void audited(const StudyAudit& audit) override {
    CellKeeper::audited(audit);
    console_.err << audit_text(audit, quiet_) << std::flush;
  }

  void planned(const SweepCounts& counts, int workers) override {
    if (quiet_) return;
    console_.err << fmt::format("{} cells, {} to train, {} worker{}\n", counts.cells, counts.left, workers,
                                workers == 1 ? "" : "s")
                 << std::flush;
  }

  void cell_ended(int worker, const RunRecord&, RunStatus status, const std::string& why,
                  const SweepCounts& counts) override {
    if (status == RunStatus::waiting || (quiet_ && status == RunStatus::done)) return;
    console_.err << ending_line(cells_[worker], status, why, counts) << "\n" << std::flush;
  }

  void worker_died(int, const RunRecord& run, const std::string& reason) override {
    console_.err << fmt::format("{}: its worker was {}\n", cell_label(run), reason) << std::flush;
  }

 private:
  Console& console_;
  bool quiet_;
};

/// A number as JSON: not a number is null.
std::string json_number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "null"; }

/// An object a line. Keys and events are fixed words, so only names and reasons need escaping.
class JsonProgress : public SweepListener {
 public:
  explicit JsonProgress(Console& console) : console_(console) {}

  void audited(const StudyAudit& audit) override {
    say("audited",
        fmt::format(R"("leaks":{},"findings":{})", audit.has(Severity::leak), audit.findings.size()));
  }
  void planned(const SweepCounts& counts, int workers) override {
    say("planned", fmt::format(R"({},"workers":{})", numbers(counts), workers));
  }
  void cell_started(int worker, const RunRecord& run) override { say("cell_started", who(worker, run)); }
  void epoch_ended(int worker, const RunRecord& run, const EpochProgress& at) override {
    say("epoch_ended",
        fmt::format(R"({},"epoch":{},"epochs":{},"loss":{},"validation_accuracy":{},"test_accuracy":{},)"
                    R"("samples_per_second":{},"selected":{})",
                    who(worker, run), at.epoch, at.epochs, json_number(at.loss),
                    json_number(at.validation_accuracy), json_number(at.test_accuracy),
                    json_number(at.samples_per_second), at.selected));
  }
  void cell_ended(int worker, const RunRecord& run, RunStatus status, const std::string& why,
                  const SweepCounts& counts) override {
    say("cell_ended", fmt::format(R"({},"status":"{}","why":{},{})", who(worker, run), to_string(status),
                                  json_text(why), numbers(counts)));
  }
  void worker_died(int worker, const RunRecord& run, const std::string& reason) override {
    say("worker_died", fmt::format(R"({},"reason":{})", who(worker, run), json_text(reason)));
  }

 private:
  static std::string who(int worker, const RunRecord& run) {
    return fmt::format(R"("worker":{},"run":{},"variant":{},"seed":{})", worker, run.id,
                       json_text(run.variant), run.seed);
  }
  static std::string numbers(const SweepCounts& counts) {
    return fmt::format(R"("cells":{},"done":{},"stopped":{},"diverged":{},"failed":{},"left":{})",
                       counts.cells, counts.done, counts.stopped, counts.diverged, counts.failed,
                       counts.left);
  }
  void say(const char* event, const std::string& members) {
    console_.out << fmt::format("{{\"event\":\"{}\",{}}}\n", event, members) << std::flush;
  }

  Console& console_;
};

}  // namespace

double CellView::share() const {
  return latest.epochs > 0 ? static_cast<double>(latest.epoch) / latest.epochs : 0.0;
}

std::set<std::string> leaked_variants(const StudyAudit& audit) {
  std::set<std::string> variants;
  for (const StudyFinding& found : audit.findings) {
    if (found.finding.severity() == Severity::leak)
      variants.insert(found.variants.begin(), found.variants.end());
  }
  return variants;
}

std::string cell_label(const RunRecord& run) { return fmt::format("{} seed {}", run.variant, run.seed); }

std::string ending_line(const CellView& cell, RunStatus status, const std::string& why,
                        const SweepCounts& counts) {
  std::string line = fmt::format("[{}/{}] {}: {}", counts.cells - counts.left, counts.cells,
                                 cell_label(cell.run), to_string(status));
  if (status == RunStatus::done && cell.selected.epoch > 0) {
    line += fmt::format(" in {}, {} (epoch {} of {})", duration_text(cell.watch.seconds()),
                        scores(cell.selected, cell.leaked), cell.selected.epoch, cell.latest.epoch);
  }
  return why.empty() ? line : line + fmt::format(" ({})", why);
}

std::string progress_bar(double share, int width) {
  const int filled = std::clamp(static_cast<int>(share * width), 0, width);
  return fmt::format("[{}{}]", std::string(static_cast<std::size_t>(filled), '#'),
                     std::string(static_cast<std::size_t>(width - filled), '.'));
}

int columns_of(const std::string& line) {
  return static_cast<int>(std::count_if(line.begin(), line.end(), starts_code_point));
}

std::string fit(const std::string& line, int width) {
  if (columns_of(line) <= width) return line;
  int columns = 0;
  std::size_t end = 0;
  for (; end < line.size(); ++end) {
    if (starts_code_point(line[end]) && ++columns > width - 3) break;
  }
  return line.substr(0, end) + std::string(static_cast<std::size_t>(std::clamp(width, 0, 3)), '.');
}

std::unique_ptr<SweepListener> make_progress(Console& console, Display display) {
  if (display == Display::terminal) return make_live_view(console, terminal_width);
  if (display == Display::json) return std::make_unique<JsonProgress>(console);
  return std::make_unique<LineProgress>(console, display == Display::quiet);
}

}  // namespace ablate
