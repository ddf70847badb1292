#include "train/program.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "train/metrics_file.hpp"
#include "train/metrics_source.hpp"

namespace ablate {
namespace {

constexpr int look_milliseconds = 20;
constexpr int try_again_later = 75;  // EX_TEMPFAIL
constexpr std::size_t kept_of_stderr = 8 * 1024, lines_told = 5;

/// The last lines of a text, for a message: each indented but the first.
std::string last_lines(const std::string& text) {
  const std::size_t last = text.find_last_not_of("\r\n ");
  if (last == std::string::npos) return {};
  std::size_t begin = last + 1;
  for (std::size_t line = 0; line < lines_told && begin > 0; ++line) {
    const std::size_t before = begin > 1 ? text.rfind('\n', begin - 2) : std::string::npos;
    begin = before == std::string::npos ? 0 : before + 1;
  }
  std::string told;
  for (const char c : text.substr(begin, last + 1 - begin)) {
    told += c;
    if (c == '\n') told += "    ";
  }
  return told;
}

class Run {
 public:
  Run(const ProgramRun& run, const ProgramListener& listener, const Pulse& pulse,
      const OutputListener& output)
      : run_(run),
        listener_(listener),
        pulse_(pulse),
        output_(output),
        file_(run.metrics, run.offset),
        last_epoch_(run.last_epoch) {}

  ProgramResult work() {
    if (!read_lines()) return result(ProgramEnd::failed);
    if (run_.metrics_from)
      source_ = make_metrics_source(*run_.metrics_from, run_.folder, run_.metrics, last_epoch_);
    if (!read_lines()) return result(ProgramEnd::failed);
    if (asked_ || stop_soon_) return result(ProgramEnd::stopped);  // an earlier attempt had come so far
    file_.drop_torn_line();
    ProgramProcess process(run_.start);
    const auto heard = [&](bool is_error, std::string_view bytes) { hear(is_error, bytes); };
    while (process.listen(look_milliseconds, heard)) {
      if (!read_lines() || !within_limits() || !pulse_()) asked_ = true;
      const bool late = stop_soon_ && since_soon_.seconds() > run_.seconds_to_stop_itself;
      asked_ = asked_ || late;
      went_on_ = went_on_ || late;
      if (asked_) process.ask_to_end();
    }
    const bool had_its_say =
        process.exit().signal == 0;  // or its last epoch may lack something, and comes again
    if (why_.empty()) read_lines(had_its_say);
    if (is_late_) read_after_limit();
    return concluded(process.exit());
  }

 private:
  ProgramResult result(ProgramEnd end) const { return {end, why_, note()}; }

  std::string note() const { return source_ ? source_->note() : std::string(); }

  void hear(bool is_error, std::string_view bytes) {
    silent_.restart();
    if (is_error) {
      stderr_.append(bytes);
      if (stderr_.size() > kept_of_stderr) stderr_.erase(0, stderr_.size() - kept_of_stderr);
    }
    if (source_ && !is_error) source_->heard(bytes);
    output_(is_error, bytes);
  }

  /// False where a line is none: then the run has failed.
  bool read_lines(bool is_over = false) {
    EpochLine line;
    try {
      if (source_) source_->look(is_over);
      while (why_.empty() && file_.next(line)) report(line);
    } catch (const BadLine& bad) {
      why_ = bad.what();
    }
    return why_.empty();
  }

  /// What stands in its files counts, although it was ended.
  void read_after_limit() {
    EpochLine line;
    try {
      if (source_) source_->look_after_limit();
      while (file_.next(line)) report(line);
    } catch (const BadLine& bad) {
      is_late_ = false;
      why_ = bad.what();
    }
  }

  void report(const EpochLine& line) {
    silent_.restart();
    last_epoch_ = std::max(last_epoch_, line.epoch);
    const ProgramAnswer answer = listener_(line, file_.offset());
    if (answer == ProgramAnswer::stop || answer == ProgramAnswer::too_late) asked_ = true;
    if (answer == ProgramAnswer::too_late) went_on_ = true;
    if (answer == ProgramAnswer::stop_soon && !stop_soon_) {
      stop_soon_ = true;
      since_soon_.restart();
    }
  }

  bool within_limits() {
    const TrainerLimits& limits = run_.limits;
    if (limits.run.seconds > 0 && whole_.seconds() > limits.run.seconds)
      why_ = fmt::format("it took longer than limits.run, {}", duration_text(limits.run.seconds));
    if (limits.silence.seconds > 0 && silent_.seconds() > limits.silence.seconds)
      why_ = fmt::format("it said nothing for {} (limits.silence)", duration_text(limits.silence.seconds));
    is_late_ = !why_.empty();
    return !is_late_;
  }

  ProgramResult concluded(const ProgramExit& exit) {
    ProgramResult ended{ProgramEnd::finished, why_, note(), false, exit.peak_memory_bytes};
    const std::string last = last_lines(stderr_);
    const auto with_stderr = [&](const std::string& what) {
      return last.empty() ? what : fmt::format("{}; its last words:\n    {}", what, last);
    };
    if (!why_.empty()) {
      ended.end = is_late_ ? ProgramEnd::late : ProgramEnd::failed;
    } else if (asked_) {
      ended.end = ProgramEnd::stopped;
      ended.went_on = went_on_;
    } else if (exit.signal != 0) {
      ended.end = ProgramEnd::crashed;
      const char* hint = exit.signal == 9 ? "; the system does so when memory runs out" : "";
      ended.why = with_stderr(fmt::format("the program was killed by signal {} ({}{})", exit.signal,
                                          ::strsignal(exit.signal), hint));
    } else if (exit.code == try_again_later) {
      ended.end = ProgramEnd::later;
      ended.why = with_stderr("the program wants to be started again later (exit code 75)");
    } else if (exit.code != 0) {
      ended.end = ProgramEnd::failed;
      ended.why = with_stderr(fmt::format("the program ended with exit code {}", exit.code));
    } else {
      take_last_line(ended);
    }
    return ended;
  }

  /// One without a line feed.
  void take_last_line(ProgramResult& ended) {
    EpochLine line;
    try {
      if (file_.last(line)) listener_(line, file_.offset());
    } catch (const BadLine& bad) {
      ended.end = ProgramEnd::failed;
      ended.why = fmt::format("the program ended within a line: {}", bad.what());
    }
  }

  const ProgramRun& run_;
  const ProgramListener& listener_;
  const Pulse& pulse_;
  const OutputListener& output_;
  MetricsFile file_;
  int last_epoch_;  ///< that is in the file
  std::unique_ptr<MetricsSource> source_;
  std::string stderr_, why_;
  bool asked_ = false, stop_soon_ = false, went_on_ = false, is_late_ = false;
  Stopwatch whole_, silent_, since_soon_;
};

}  // namespace

ProgramResult run_program(const ProgramRun& run, const ProgramListener& listener, const Pulse& pulse,
                          const OutputListener& output) {
  return Run(run, listener, pulse, output).work();
}

}  // namespace ablate
