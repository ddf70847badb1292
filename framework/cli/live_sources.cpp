#include "cli/live_sources.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "cli/sent_text.hpp"
#include "cli/show_page.hpp"
#include "cli/work_place.hpp"
#include "config/tuning.hpp"
#include "metrics/metric_table.hpp"
#include "text/decimals.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

ReportOptions settings_of_study(const StudyRecord& record) {
  return report_options(parse_study(record.config, record.name, {}, metric_names()), {});
}

/// Of a run that is not done: nobody is to choose by test.
void leave_out_test(RunPage& page) {
  std::erase_if(page.selected, [](const SplitMetrics& at) { return at.split == SplitName::test; });
  for (auto* values : {&page.selected_values, &page.values})
    std::erase_if(*values,
                  [](const FreeValueAt& at) { return at.value.split == to_string(SplitName::test); });
  page.classes.clear();
  page.confusion.clear();
}

/// Numbers as the study's page writes them: none that is not 0 as 0.0000, and none with digits that tell nothing.
Table readable(Table table) {
  constexpr int usual = 4;
  const auto told = [](double number) {
    const int needed = decimals_for_number(number);
    if (std::abs(number) >= 1000.0) return digits_text(number, std::max(0, needed));
    return digits_text(number, needed > usual ? needed + 1 : usual);  // three digits where they are small
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].decimals != usual) continue;
    table.columns[i].align = Align::right;
    for (auto& row : table.rows) {
      const double* number = std::get_if<double>(&row[i]);
      if (number && std::isfinite(*number)) row[i] = told(*number);
    }
  }
  return table;
}

/// Epochs of a long run are left out, but for the last: as many rows stay as somebody may read. Of how many each one stays.
int thin_out(std::vector<FreeValueAt>& values) {
  constexpr int most_rows = 500;
  int last = 0;
  for (const FreeValueAt& at : values) last = std::max(last, at.epoch);
  const int every = last > most_rows ? (last + most_rows - 1) / most_rows : 1;
  std::erase_if(values, [&](const FreeValueAt& at) { return at.epoch % every != 0 && at.epoch != last; });
  return every;
}

TitledTable epochs_of_own_metrics(RunPage& page) {
  const int every = thin_out(page.values);
  std::string title = "Metrics of its own, epoch by epoch";
  if (every > 1) title = fmt::format("Metrics of its own, of every {} epochs one, and the last", every);
  return {title, readable(values_table(page)), true};
}

std::vector<TitledTable> tables_of_run(const Reader& reader, const std::filesystem::path& database,
                                       std::int64_t run_id) {
  constexpr std::size_t most = 10;
  RunPage page = read_page(reader, std::to_string(run_id), database);
  if (page.run.status != RunStatus::done) leave_out_test(page);
  constexpr bool tells_results = true;
  std::vector<TitledTable> tables;
  if (page.baseline && !page.variant.is_baseline)
    tables.push_back({"What differs from the baseline", differences_table(page)});
  if (!page.selected.empty() || !page.selected_values.empty())
    tables.push_back({"At the selected epoch", readable(selected_table(page)), tells_results});
  tables.push_back(epochs_of_own_metrics(page));
  tables.push_back(
      {"Run", facts_table(page), false, {"selected epoch", "time of the epochs", "epochs reported twice"}});
  if (page.run.origin.train_dataset_id) tables.push_back({"Leak audit", audit_table(page)});
  tables.push_back({"What its worker printed", output_table(page), tells_results});
  tables.push_back(
      {"Worst classes by F1, on test", readable(worst_classes_table(page, most)), tells_results});
  tables.push_back({"Most confused, on test", confusions_table(page, most), tells_results});
  return tables;
}

/// All that comes until the other end closes.
std::string read_to_end(int descriptor) {
  std::string text;
  char buffer[512];
  for (;;) {
    const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

/// In the child: the address, or what went wrong, to the parent; then the page until a signal, or the parent's end.
[[noreturn]] void serve_and_leave(const std::filesystem::path& database, const LiveOptions& options, int tell,
                                  pid_t parent) {
  const auto say = [tell](const std::string& text) {
    static_cast<void>(!::write(tell, text.data(), text.size()));
    ::close(tell);
  };
  try {
    yield_to_training();
    const InterruptFlag interrupt;
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(0);  // it ended before that
    const LivePage page(live_sources(database), options);
    say("+" + page.address());
    wait_for(interrupt.get());
  } catch (const std::exception& error) {
    say(std::string("-") + error.what());
  }
  ::_exit(0);
}

}  // namespace

LiveSources live_sources(const std::filesystem::path& database, bool blind, const std::string& work) {
  const std::filesystem::path whole = std::filesystem::absolute(database);
  return {
      whole,
      std::filesystem::read_symlink("/proc/self/exe"),
      blind,
      settings_of_study,
      [whole](const Reader& reader, std::int64_t run_id) { return tables_of_run(reader, whole, run_id); },
      tuned_study,
      [whole, work](const std::string& study) {
        return sent_line(sent_runs(work_folders(work, whole, study), whole, study, Scheduler::left_alone));
      }};
}

void yield_to_training() {
  constexpr int nicer = 10;
  ::setpriority(PRIO_PROCESS, 0, nicer);
}

void wait_for(const std::atomic<bool>& flag) {
  constexpr std::chrono::milliseconds between_looks(100);
  while (!flag) std::this_thread::sleep_for(between_looks);
}

PageBeside::PageBeside(const std::filesystem::path& database, const LiveOptions& options) {
  int told[2];
  if (::pipe(told) != 0) throw std::runtime_error("the system gives no pipe");
  const pid_t parent = ::getpid();
  child_ = ::fork();
  if (child_ == 0) {
    ::close(told[0]);
    serve_and_leave(database, options, told[1], parent);
  }
  ::close(told[1]);
  const std::string said = child_ > 0 ? read_to_end(told[0]) : std::string();
  ::close(told[0]);
  if (said.starts_with('+')) {
    address_ = said.substr(1);
    return;
  }
  if (child_ > 0) ::waitpid(child_, nullptr, 0);
  throw RequestError(said.empty() ? "the live page could not be started" : said.substr(1));
}

PageBeside::~PageBeside() {
  ::kill(child_, SIGTERM);
  ::waitpid(child_, nullptr, 0);
}

}  // namespace ablate
