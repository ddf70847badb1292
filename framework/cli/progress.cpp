#include "cli/progress.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "cli/audit_text.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

/// ", validation accuracy 0.8012, test accuracy 0.7954", or as much of it as there is and was asked for.
std::string scores(const RunView& run, bool shows_test) {
  const EpochProgress& at = run.selected;
  std::string text;
  if (!std::isnan(at.validation_accuracy))
    text += fmt::format(", validation accuracy {:.4f}", at.validation_accuracy);
  if (shows_test)
    text += fmt::format(", test accuracy {:.4f}{}", at.test_accuracy, run.leaked ? " (leaked)" : "");
  return text.empty() && !std::isnan(at.loss) ? fmt::format(", loss {:.4f}", at.loss) : text;
}

class LineProgress : public SweepListener {
 public:
  LineProgress(Console& console, bool quiet, bool shows_test)
      : console_(console), quiet_(quiet), shows_test_(shows_test) {}

  void audited(const StudyAudit& audit) override {
    leaked_ = leaked_variants(audit);
    console_.err << audit_text(audit, quiet_) << std::flush;
  }

  void planned(const SweepCounts& counts, int workers) override {
    if (quiet_) return;
    console_.err << fmt::format("{} run{}, {} to train, {} worker{}\n", counts.runs,
                                counts.runs == 1 ? "" : "s", counts.left, workers, workers == 1 ? "" : "s")
                 << std::flush;
  }

  void happened(const RunEvent& event) override {
    using enum RunEvent::Kind;
    RunView& run = runs_[event.worker];
    if (event.kind == started) run = {event.run, {}, {}, {}, leaked_.contains(event.run.variant)};
    if (event.kind == epoch_ended) run.take(event.progress);
    if (event.kind == remark) say(escape_terminal(event.text));
    if (event.kind == worker_died) say(died_line(event));
    const bool hushed = quiet_ && event.status == RunStatus::done;
    if (event.kind == ended && !hushed && told_.tells(event)) say(ending_line(run, event, shows_test_));
  }

 private:
  void say(const std::string& line) { console_.err << line << "\n" << std::flush; }

  Console& console_;
  bool quiet_, shows_test_;
  EndingsTold told_;
  std::map<int, RunView> runs_;  ///< by worker
  std::set<std::string> leaked_;
};

/// A number as JSON: NaN is null.
std::string json_number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "null"; }

/// One object per line. Keys and events are fixed words, so only names and reasons need escaping.
class JsonProgress : public SweepListener {
 public:
  JsonProgress(Console& console, bool shows_test) : console_(console), shows_test_(shows_test) {}

  void audited(const StudyAudit& audit) override {
    say("audited",
        fmt::format(R"("leaks":{},"findings":{})", audit.has(Severity::leak), audit.findings.size()));
  }
  void planned(const SweepCounts& counts, int workers) override {
    say("planned", fmt::format(R"({},"workers":{})", numbers(counts), workers));
  }
  void happened(const RunEvent& event) override {
    switch (event.kind) {
      case RunEvent::Kind::started:
        return say("run_started", who(event));
      case RunEvent::Kind::epoch_ended:
        return say("epoch_ended", who(event) + epoch(event.progress));
      case RunEvent::Kind::ended:
        return say("run_ended",
                   fmt::format(R"({},"status":"{}","why":{},{})", who(event), to_string(event.status),
                               json_text(event.text), numbers(event.counts)));
      case RunEvent::Kind::worker_died:
        return say("worker_died", fmt::format(R"({},"reason":{})", who(event), json_text(event.text)));
      case RunEvent::Kind::remark:
        return say("remark", fmt::format(R"("text":{})", json_text(event.text)));
      case RunEvent::Kind::printed:
        return;
    }
  }

 private:
  static std::string who(const RunEvent& event) {
    return fmt::format(R"("worker":{},"run":{},"variant":{},"seed":{})", event.worker, event.run.id,
                       json_text(event.run.variant), event.run.seed);
  }
  std::string epoch(const EpochProgress& at) const {
    return fmt::format(
        R"(,"epoch":{},"epochs":{},"loss":{},"validation_accuracy":{}{},"samples_per_second":{},)"
        R"("selected":{})",
        at.epoch, at.epochs, json_number(at.loss), json_number(at.validation_accuracy),
        shows_test_ ? fmt::format(R"(,"test_accuracy":{})", json_number(at.test_accuracy)) : "",
        json_number(at.samples_per_second), at.selected);
  }
  static std::string numbers(const SweepCounts& counts) {
    return fmt::format(R"("runs":{},"done":{},"stopped":{},"diverged":{},"failed":{},"left":{})", counts.runs,
                       counts.done, counts.stopped, counts.diverged, counts.failed, counts.left);
  }
  void say(const char* event, const std::string& members) {
    console_.out << fmt::format("{{\"event\":\"{}\",{}}}\n", event, members) << std::flush;
  }

  Console& console_;
  bool shows_test_;
};

}  // namespace

void RunView::take(const EpochProgress& progress) {
  latest = progress;
  if (progress.selected) selected = progress;
}

double RunView::share() const {
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

std::string in_one_line(const std::string& text) {
  std::string line;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n') {
      line += text[i];
      continue;
    }
    line += line.ends_with(':') ? " " : " / ";
    while (i + 1 < text.size() && text[i + 1] == ' ') ++i;
  }
  return line;
}

std::string label_text(const RunLabel& run) {
  return fmt::format("{} seed {}", escape_terminal(run.variant), run.seed);
}

std::string died_line(const RunEvent& event) {
  return fmt::format("{}: its worker was {}", label_text(event.run), escape_terminal(event.text));
}

bool EndingsTold::tells(const RunEvent& end) {
  return end.status != RunStatus::waiting || (!end.text.empty() && !std::exchange(told_of_waiting_, true));
}

std::string ending_line(const RunView& run, const RunEvent& end, bool shows_test) {
  const SweepCounts& counts = end.counts;
  std::string line = fmt::format("[{}/{}] {}: {}", counts.runs - counts.left, counts.runs,
                                 label_text(run.run), to_string(end.status));
  if (end.status == RunStatus::done && run.selected.epoch > 0) {
    line += fmt::format(" in {}{} (epoch {} of {})",
                        duration_text(std::isnan(end.seconds) ? run.watch.seconds() : end.seconds),
                        scores(run, shows_test), run.selected.epoch, run.latest.epoch);
  }
  return end.text.empty() ? line : line + fmt::format(" ({})", escape_terminal(in_one_line(end.text)));
}

std::string progress_bar(double share, int width) {
  const int filled = std::clamp(static_cast<int>(share * width), 0, width);
  return fmt::format("[{}{}]", std::string(static_cast<std::size_t>(filled), '#'),
                     std::string(static_cast<std::size_t>(width - filled), '.'));
}

std::unique_ptr<SweepListener> make_progress(Console& console, Display display, bool shows_test) {
  if (display == Display::terminal) return make_live_view(console, terminal_width, shows_test);
  if (display == Display::json) return std::make_unique<JsonProgress>(console, shows_test);
  return std::make_unique<LineProgress>(console, display == Display::quiet, shows_test);
}

}  // namespace ablate
