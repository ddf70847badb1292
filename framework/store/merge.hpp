#pragma once
/// Results of several files in one.

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace ablate {

class MergeSource;

/// What happens where two files hold different results of one run.
enum class OnConflict {
  refuse,  ///< nothing is written
  keep,    ///< those that the file into which is merged holds stay
  take     ///< those that come in replace them
};

struct MergeOptions {
  OnConflict on_conflict = OnConflict::refuse;
  bool keep_apart = false;  ///< a different study of a name that is taken comes in as "name (2)"
  bool dry_run = false;     ///< say what would come, and write nothing
  bool weights = true;      ///< without: no weights of networks come along
  /// SHA-256 of the program that trains the study now: in a conflict, an unfinished run of another one gives way to a
  /// run of it, whatever `on_conflict` says. Empty: unknown.
  std::string program_now = {};
  /// In a conflict, one that is done, diverged or was stopped stays, and another that is not gives way; the conflict is
  /// in the report unless one of the two failed. Two that both ended, or neither, are left to `on_conflict`.
  bool ended_stays = false;
  std::string only_study = {};  ///< leave the others of each source out; empty: take all
  /// Take only these runs, by their file and uuid, and nothing of a source's plan; empty: take all. Where the study is
  /// there already, variants of which none is taken may differ in their settings.
  std::function<bool(const std::filesystem::path& source, const std::string& uuid)> only_runs = {};
};

/// What came of one study of one source.
struct MergedStudy {
  std::filesystem::path source;
  std::string name, stored_as;
  int runs_new = 0;       ///< runs, or results of runs that were only planned
  int runs_advanced = 0;  ///< of which the source had more epochs, the same ones to begin with, or the end
  int runs_same = 0;      ///< whose results were there already, or more of them
  int runs_taken = 0, runs_kept = 0;  ///< conflicts, by what was done
  int runs_planned = 0;               ///< that neither file had, of the plan of both together
  std::vector<std::string> remarks;
};

/// Two results of one run.
struct MergeConflict {
  std::string run;               ///< STUDY/VARIANT/SEED
  std::string theirs, ours;      ///< uuids, of the source's run and of the one that was there
  std::filesystem::path source;  ///< that holds theirs
  std::string difference;        ///< "test.accuracy after epoch 3 is 0.7 and 0.8"
  bool by_two_programs = false;  ///< known to be trained by two, or by a script before and after a change
};

/// In words; the files that hold theirs and ours are called so.
std::string conflict_text(const MergeConflict& conflict, const std::string& theirs_in,
                          const std::string& ours_in);

struct MergeReport {
  std::vector<MergedStudy> studies;
  std::vector<MergeConflict> conflicts;  ///< that were settled as `on_conflict` says
  bool interrupted = false;              ///< nothing was written
};

/// Brings every study of `sources` (of this or an older schema; `check_sources` has passed)
/// into the results file `into`, which is made where it is missing. All of it happens, in one
/// transaction, or nothing; sources are only read. Doing it again changes nothing.
///
/// Studies are the same by name, stop rules and the settings of the variants that both have, of which there
/// must be one; the plan of the study is then that of both together. Runs are the same by variant and seed. Of the same
/// run the state that has the other's epochs and more wins; where neither has, or results at the selected epoch differ,
/// that is a conflict. Tags and notes are put together.
///
/// Throws RequestError for a source that cannot be read or whose rows break the schema, for a study whose
/// name is taken by another one (unless keep_apart), and for conflicts (unless on_conflict says what to do):
/// each is named.
MergeReport merge_sources(const std::vector<MergeSource>& sources, const std::filesystem::path& into,
                          const MergeOptions& options, const std::atomic<bool>& stop);

/// The same of results files by their paths.
MergeReport merge_files(const std::vector<std::filesystem::path>& sources, const std::filesystem::path& into,
                        const MergeOptions& options, const std::atomic<bool>& stop);

/// Refuses too many at once, and the file itself among them.
void check_sources(const std::vector<std::filesystem::path>& sources, const std::filesystem::path& into);

/// Makes `file` of one study alone, which `database` holds. It must not be there yet.
MergeReport export_database(const std::filesystem::path& database, const std::string& study,
                            const std::filesystem::path& file, bool with_weights,
                            const std::atomic<bool>& stop);

}  // namespace ablate
