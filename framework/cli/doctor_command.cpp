#include <algorithm>
#include <cstdlib>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/build_info.hpp"
#include "base/error.hpp"
#include "base/shell_word.hpp"
#include "base/time.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/fitted_table.hpp"
#include "compute/dispatch.hpp"
#include "data/sources.hpp"
#include "runner/machine.hpp"
#include "store/reader.hpp"
#include "store/settle.hpp"
#include "store/versions.hpp"

namespace ablate {
namespace {

/// Findings of one part: a row each, "ok", "note" or "FAULT".
class Findings {
 public:
  Findings() { table_.columns = {{"check"}, {"state"}, {"finding"}}; }
  void add(const std::string& check, const std::string& state, const std::string& finding) {
    table_.rows.push_back({check, state, finding});
    sound_ = sound_ && state != "FAULT";
  }
  const Table& table() const { return table_; }
  bool sound() const { return sound_; }

 private:
  Table table_;
  bool sound_ = true;
};

void check_machine(Findings& findings) {
  const MachineRecord machine = this_machine();
  findings.add("program", "ok", fmt::format("ablate {} ({})", code_version(), build_flavour()));
  findings.add("machine", "ok",
               fmt::format("{}, {} cores, {:.1f} GiB, {}", machine.processor, machine.cores,
                           static_cast<double>(machine.memory_bytes) / (1 << 30), machine.system));
  std::vector<std::string> here;
  for (const compute::Kernels* kernels : compute::available_kernels()) here.emplace_back(kernels->name);
  const bool forced = std::getenv("ABLATE_KERNELS") != nullptr;
  findings.add("kernels", "ok",
               fmt::format("{}{}, one thread per worker; this processor has {}", machine.blas_core,
                           forced ? " (ABLATE_KERNELS names them)" : "", fmt::join(here, ", ")));
}

void check_sqlite(Findings& findings) {
  const bool fixed = sqlite_has_log_fix();
  findings.add(
      "SQLite", "ok",
      fmt::format("{}{}", sqlite_version(),
                  fixed
                      ? ""
                      : ", which can damage a file while it empties its log (fixed in 3.51.3); ablate holds "
                        "the write lock meanwhile, other programs that write to the file should be newer"));
}

void check_sources(Findings& findings) {
  for (const SourceInfo& source : list_sources()) {
    const auto& present = source.present;
    const bool sound =
        std::any_of(present.begin(), present.end(), [](const auto& data) { return data.sizes; });
    findings.add("data " + source.name, sound ? "ok" : "note",
                 sound             ? source.description
                 : present.empty() ? "not here; " + source.how_to_get
                                   : present.front().fault);
  }
}

void add_studies(Findings& findings, const Reader& reader) {
  for (const StudyCounts& row : reader.counts()) {
    findings.add(
        fmt::format("study {}{}", row.study.name, row.study.archived ? " (archived)" : ""),
        row.failed > 0 ? "note" : "ok",
        fmt::format(
            "{} variants; runs: {} done, {} planned, {} running, {} waiting, {} interrupted, {} stopped, "
            "{} diverged, {} failed, {} obsolete",
            row.variants, row.done, row.planned, row.running, row.waiting, row.interrupted, row.stopped,
            row.diverged, row.failed, row.obsolete));
  }
}

void check_database(Findings& findings, const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    findings.add("database", "note", fmt::format("{} is not there yet; ablate run makes it", path.string()));
    return;
  }
  const int version = schema_version_of(path);
  if (version < newest_schema_version()) {
    findings.add("database", "note",
                 fmt::format("{}, schema version {}; this program reads {}: ablate doctor --migrate --db {}",
                             path.string(), version, newest_schema_version(), shell_word(path.string())));
    return;
  }
  const std::vector<std::string> foreign = schema_faults_of(path);
  for (const std::string& fault : foreign) findings.add("database", "FAULT", fault);
  if (!foreign.empty()) return;  // what is foreign must not run
  const Reader reader = Reader::snapshot(path);
  findings.add("database", "ok",
               fmt::format("{}, schema version {}", path.string(), reader.schema_version()));
  for (const std::string& fault : reader.faults()) findings.add("database", "FAULT", fault);
  try {
    add_studies(findings, reader);
  } catch (const RequestError& fault) {  // one that was reported above, or one more
    const std::string what = fault.what();
    findings.add("studies", "FAULT", what.substr(0, what.find('\n')));  // its hint names this command
  }
}

}  // namespace

int doctor_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string database, fingerprint, format = "table";
  bool migrate = false;
  Options options(self);
  options.text(
      "fingerprint", "STUDY", fingerprint,
      "print a SHA-256 over (variant, seed, epoch, split, metric bits) of the study's runs, and stop: equal "
      "results have equal ones");
  options.flag("migrate", migrate, "bring a file of an older schema up to date, and stop");
  add_database_option(options, database);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  if (migrate) {
    const auto path = database_path(database);
    const Versions versions = bring_up_to_date(path);
    console.err << fmt::format(
        "{}: schema version {}{}\n", path.string(), versions.now,
        versions.now == versions.before ? ", as before" : fmt::format(", was {}", versions.before));
    return exit_done;
  }
  if (!fingerprint.empty()) {
    const Reader reader(database_path(database));
    console.out << reader.fingerprint(reader.study(fingerprint).id) << "\n";
    return exit_done;
  }
  Findings findings;
  check_machine(findings);
  check_sqlite(findings);
  check_sources(findings);
  check_database(findings, database_path(database));
  print_table(console, findings.table(), chosen, {.cuts_texts = false});
  return findings.sound() ? exit_done : exit_runs_failed;
}

}  // namespace ablate
