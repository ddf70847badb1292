#include "store/merge.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include "base/error.hpp"
#include "base/work_folder.hpp"
#include "store/merge_source.hpp"
#include "store/merge_study.hpp"
#include "store/merge_tables.hpp"
#include "store/new_file.hpp"
#include "store/row_checks.hpp"
#include "store/views.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_sources = 10;  // SQLite attaches so many

/// Stops what the connection runs once `stop` is set.
class StopHandler {
 public:
  StopHandler(Connection& connection, const std::atomic<bool>& stop)
      : handle_(connection.database().getHandle()) {
    constexpr int steps = 20'000;  // of SQLite's machine: well under a millisecond
    const auto is_set = [](void* flag) {
      return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0;
    };
    sqlite3_progress_handler(handle_, steps, is_set, const_cast<std::atomic<bool>*>(&stop));
  }
  ~StopHandler() { sqlite3_progress_handler(handle_, 0, nullptr, nullptr); }
  StopHandler(const StopHandler&) = delete;
  StopHandler& operator=(const StopHandler&) = delete;

 private:
  sqlite3* handle_;
};

std::string alias(std::size_t source) { return fmt::format("source{}", source); }

/// A `MergeSource` has exactly the tables of our schema, so they are not looked at again.
void attach(Connection& into, const std::vector<MergeSource>& sources) {
  sqlite3_db_config(into.database().getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  into.database().exec("PRAGMA cache_size = -65536");
  for (std::size_t i = 0; i < sources.size(); ++i) {
    Query attach(into, fmt::format("ATTACH ? AS {}", alias(i)));
    (attach << sources[i].uri()).run();
  }
}

std::vector<SourceStudy> studies_of(const MergeContext& context) {
  Query lost(context.into, fmt::format("SELECT count(*) FROM {0}.run WHERE study_id NOT IN (SELECT id FROM "
                                       "{0}.study)",
                                       context.from));
  std::int64_t without = 0;
  if (lost.next()) lost >> without;
  if (without > 0) {
    throw RequestError(fmt::format("{} runs of {} have no study", without, context.source.string()),
                       "ablate doctor --db FILE reports what else is wrong with it");
  }
  Query query(
      context.into,
      fmt::format("SELECT id, name FROM {}.study WHERE ?1 = '' OR name = ?1 ORDER BY id", context.from));
  query << context.options.only_study;
  std::vector<SourceStudy> studies;
  while (query.next()) {
    SourceStudy& study = studies.emplace_back();
    query >> study.id >> study.name;
  }
  return studies;
}

[[noreturn]] void refuse_conflicts(const Connection& into, const std::vector<MergeConflict>& conflicts) {
  constexpr std::size_t shown = 10;
  const std::size_t all = conflicts.size();
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(all, shown); ++i)
    texts.push_back(conflict_text(conflicts[i], conflicts[i].source.string(), into.path().string()));
  if (all > shown) texts.push_back(fmt::format("and {} more", all - shown));
  throw RequestError(
      fmt::format("{} run{} of other results in {}:\n  {}", all,
                  all == 1 ? " has a namesake" : "s have namesakes", into.path().string(),
                  fmt::join(texts, "\n  ")),
      fmt::format(
          "nothing was written; --on-conflict keep leaves those of {0} as they are, --on-conflict take "
          "replaces them",
          into.path().string()));
}

/// What nobody may read is not brought over.
void refuse_impossible(const MergeContext& context) {
  const std::vector<std::string> faults = impossible_values(context.into, context.from);
  if (faults.empty()) return;
  throw RequestError(fmt::format("{}: {}; nothing was written", context.source.string(), faults.front()),
                     "was it changed by hand? ablate doctor --db FILE checks a results file");
}

/// Blames the file that is at fault: a source whose rows break the schema, or that is damaged, else ours.
[[noreturn]] void blame_file(Connection& into, const std::vector<MergeSource>& sources, std::size_t current,
                             const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xff;
  if (code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH) {
    throw RequestError(fmt::format("{} holds rows that break the schema ({}); nothing was written",
                                   sources[current].path().string(), error.what()),
                       "was it changed by hand? ablate doctor --db FILE checks a results file");
  }
  if (code == SQLITE_CORRUPT || code == SQLITE_IOERR || code == SQLITE_NOTADB) {
    try {
      const auto found = into.database().execAndGet(fmt::format("PRAGMA {}.quick_check(1)", alias(current)));
      if (found.getString() != "ok") blame(error, sources[current].path());
    } catch (const SQLite::Exception&) {
      blame(error, sources[current].path());
    }
  }
  blame(error, into.path());
}

/// All sources in one transaction.
MergeReport merge_attached(Connection& into, const std::vector<MergeSource>& sources,
                           const MergeOptions& options, const std::atomic<bool>& stop) {
  MergeReport report;
  std::size_t current = 0;
  const StopHandler handler(into, stop);
  try {
    SQLite::Transaction transaction(into.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (; current < sources.size(); ++current) {
      const MergeContext context{into, alias(current), sources[current].path(), options};
      refuse_impossible(context);
      for (const SourceStudy& study : studies_of(context)) {
        if (stop) return {{}, {}, true};
        report.studies.push_back(merge_study(context, study, report.conflicts));
      }
    }
    if (!report.conflicts.empty() && options.on_conflict == OnConflict::refuse)
      refuse_conflicts(into, report.conflicts);
    for (const MergeSource& source : sources) source.check_still();
    refresh_views(into.database());
    if (!options.dry_run) transaction.commit();
    return report;
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_INTERRUPT) return {{}, {}, true};
    blame_file(into, sources, std::min(current, sources.size() - 1), error);
  }
}

MergeReport merge_into(const fs::path& file, const fs::path& name, const std::vector<MergeSource>& sources,
                       const MergeOptions& options, bool is_new, const std::atomic<bool>& stop) {
  Connection into(open_for_writing(file, writer_busy_milliseconds), name);
  // Nobody else has a new file, and it counts only once it is whole: it needs no log.
  if (is_new)
    into.guard(
        [&] { into.database().exec("PRAGMA main.journal_mode = MEMORY; PRAGMA main.synchronous = OFF"); });
  into.guard([&] { attach(into, sources); });
  MergeReport report = merge_attached(into, sources, options, stop);
  if (is_new) into.guard([&] { into.database().exec("PRAGMA main.journal_mode = DELETE"); });
  return report;
}

}  // namespace

std::string conflict_text(const MergeConflict& conflict, const std::string& theirs_in,
                          const std::string& ours_in) {
  return fmt::format("{}: run {} of {} and run {} of {}: {}", conflict.run, conflict.theirs.substr(0, 8),
                     theirs_in, conflict.ours.substr(0, 8), ours_in, conflict.difference);
}

void check_sources(const std::vector<fs::path>& sources, const fs::path& into) {
  if (sources.size() > most_sources) {
    throw RequestError(
        fmt::format("{} files are too many at once", sources.size()),
        fmt::format("merge at most {} at a time; doing it again with the rest is fine", most_sources));
  }
  for (const fs::path& source : sources) {
    std::error_code error;
    if (!fs::equivalent(source, into, error)) continue;
    throw RequestError(fmt::format("{} cannot be merged into itself", source.string()), "name another file");
  }
}

MergeReport merge_sources(const std::vector<MergeSource>& sources, const fs::path& into,
                          const MergeOptions& options, const std::atomic<bool>& stop) {
  if (stop) return {{}, {}, true};
  std::error_code error;
  const bool is_new = !fs::exists(into, error);
  if (!is_new) {
    if (options.dry_run) {
      open_for_reading(into);  // which refuses an older schema: bringing it up to date writes
    } else {
      remove_abandoned(part_of(into));  // a killed merge may have begun before the file was made
    }
    return merge_into(into, into, sources, options, false, stop);
  }
  if (options.dry_run) {
    const TemporaryCopy nowhere;
    return merge_into(nowhere.file(), into, sources, options, true, stop);
  }
  NewFile file(into);
  MergeReport report = merge_into(file.part(), into, sources, options, true, stop);
  if (!report.interrupted) file.finish();
  return report;
}

MergeReport merge_files(const std::vector<fs::path>& sources, const fs::path& into,
                        const MergeOptions& options, const std::atomic<bool>& stop) {
  check_sources(sources, into);
  std::vector<MergeSource> opened;
  for (const fs::path& source : sources) opened.emplace_back(source, stop);
  return merge_sources(opened, into, options, stop);
}

MergeReport export_database(const fs::path& database, const std::string& study, const fs::path& file,
                            bool with_weights, const std::atomic<bool>& stop) {
  MergeOptions options;
  options.weights = with_weights;
  options.only_study = study;
  NewFile made(file);
  std::vector<MergeSource> opened;
  opened.emplace_back(database, stop);
  if (stop) return {{}, {}, true};
  MergeReport report = merge_into(made.part(), file, opened, options, true, stop);
  if (!report.interrupted) made.finish();
  return report;
}

}  // namespace ablate
