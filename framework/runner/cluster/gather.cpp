#include "runner/cluster/gather.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/interrupted.hpp"
#include "base/work_folder.hpp"
#include "runner/cluster/collected.hpp"
#include "runner/cluster/mend_links.hpp"
#include "runner/cluster/result_sources.hpp"
#include "runner/cluster/sent.hpp"
#include "runner/cluster/settle_folders.hpp"
#include "runner/cluster/wanted_runs.hpp"
#include "store/merge.hpp"
#include "store/reader.hpp"
#include "store/store.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_at_once = 10;  // as many as SQLite attaches

bool is_by_program(const fs::path& database, const std::string& study) {
  const Reader reader(database);
  const std::vector<VariantRecord> variants = reader.variants(reader.study(study).id);
  return !variants.empty() && variants.front().is_of_program();
}

bool is_over_name(const fs::path& file) { return file.filename().string().ends_with(".over.db"); }

class Gathering {
 public:
  Gathering(const fs::path& database, const std::string& study, const WorkFiles& files,
            const std::atomic<bool>& stop)
      : database_(database),
        study_(study),
        files_(files),
        stop_(stop),
        wanted_(wanted_runs(database, study)),
        results_(files.read_results()) {
    gathered_.by_program = is_by_program(database, study);
  }

  GatheredResults gather() {
    std::vector<ResultFile> over, going;
    choose(over, going);
    if (!over.empty() || !going.empty()) merge(over, going);
    if (gathered_.by_program) settle();
    return std::move(gathered_);
  }

 private:
  /// Of a run that ended in several files, the file that was published first; or all others.
  enum class OnlyFirst { yes, no };

  void merge(const std::vector<ResultFile>& over, const std::vector<ResultFile>& going) {
    stage_study();
    std::vector<ResultFile> first = over, repeats = over;
    std::erase_if(first, [&](const ResultFile& file) { return !results_.of_file.contains(file.inode); });
    take(first, OnlyFirst::yes, staged());
    take(going, OnlyFirst::no, staged());
    merge_staged();
    std::erase_if(repeats, [&](const ResultFile& file) { return !may_repeat(file); });
    gathered_.repeated = take(repeats, OnlyFirst::no, database_);
    count_progress();
    note_merged();
    drop_finished();
    for (const std::string& note : sources_.notes()) gathered_.notes.push_back(note);
  }

  /// Files with something to merge or to compare.
  void choose(std::vector<ResultFile>& over, std::vector<ResultFile>& going) {
    const Collected collected = read_collected(files_.collected());
    for (const ResultFile& file : results_.files) {
      const auto merged = collected.find(file.path.filename().string());
      const bool is_new =
          merged == collected.end() || !(file.over ? has_all_of(file) : is_as_far(file, merged->second));
      if (is_new) (file.over ? over : going).push_back(file);
    }
  }

  /// The results file has come as far as it was when this one was merged.
  bool is_as_far(const ResultFile& file, const std::map<std::string, int>& merged) {
    for (const auto& [uuid, epochs] : merged) {
      runs_[file.path].insert(uuid);
      const auto run = wanted_.find(uuid);
      if (run != wanted_.end() && !run->second.over && run->second.epochs < epochs) return false;
    }
    return true;
  }

  /// The results file has every run for which this file counts.
  bool has_all_of(const ResultFile& file) const {
    const auto runs = results_.of_file.find(file.inode);
    return runs == results_.of_file.end() ||
           std::all_of(runs->second.begin(), runs->second.end(), [&](const std::string& uuid) {
             const auto run = wanted_.find(uuid);
             return run == wanted_.end() || run->second.over;
           });
  }

  /// The study without its runs: what comes is compared with its variants.
  void stage_study() {
    MergeOptions options;
    options.only_study = study_;
    options.only_runs = [](const fs::path&, const std::string&) { return false; };
    merge_files({database_}, staged(), options, stop_);
  }

  /// It holds runs that count elsewhere, or was not read yet.
  bool may_repeat(const ResultFile& file) const {
    const auto read = runs_.find(file.path);
    return read == runs_.end() ||
           std::any_of(read->second.begin(), read->second.end(), [&](const std::string& uuid) {
             return wanted_.contains(uuid) && !counts(file.inode, uuid);
           });
  }

  /// This file was the first in which the run ended.
  bool counts(ino_t file, const std::string& uuid) const {
    const auto first = results_.runs.find(uuid);
    return first != results_.runs.end() && first->second == file;
  }

  fs::path staged() const { return folder_.path() / "staged.db"; }

  /// Merges the files into `target`. Returns how many of their runs were there with the same bits.
  int take(const std::vector<ResultFile>& files, OnlyFirst which, const fs::path& target) {
    int same = 0;
    for (std::size_t first = 0; first < files.size(); first += files_at_once) {
      const std::size_t count = std::min(files_at_once, files.size() - first);
      std::vector<MergeSource> sources =
          sources_.open({files.begin() + static_cast<std::ptrdiff_t>(first),
                         files.begin() + static_cast<std::ptrdiff_t>(first + count)});
      if (sources.empty()) continue;
      try {
        same += take_together(sources, which, target);
      } catch (const RequestError&) {
        same += take_singly(std::move(sources), which, target);
      }
    }
    return same;
  }

  /// One of them cannot be merged: the others can.
  int take_singly(std::vector<MergeSource> sources, OnlyFirst which, const fs::path& target) {
    int same = 0;
    for (MergeSource& source : sources) {
      std::vector<MergeSource> one;
      one.push_back(std::move(source));
      try {
        same += take_together(one, which, target);
      } catch (const RequestError& error) {
        sources_.pass_over(one[0].path(), error);
      }
    }
    return same;
  }

  int take_together(const std::vector<MergeSource>& sources, OnlyFirst which, const fs::path& target) {
    const auto is_wanted = [&](const fs::path& source, const std::string& uuid) {
      runs_[source].insert(uuid);
      if (!wanted_.contains(uuid) || counts(sources_.opened().at(source), uuid) != (which == OnlyFirst::yes))
        return false;
      if (target == staged()) origin_.try_emplace(uuid, source);
      return true;
    };
    const MergeReport report = merge_sources(sources, target, options(is_wanted), stop_);
    if (report.interrupted) throw Interrupted();
    int same = 0;
    for (const MergedStudy& study : report.studies) same += study.runs_same;
    add_differences(report, target);
    return same;
  }

  MergeOptions options(std::function<bool(const fs::path&, const std::string&)> only_runs) const {
    MergeOptions options;
    options.only_study = study_;
    options.on_conflict = OnConflict::keep;
    options.program_now = program_now_;
    options.ended_stays = true;
    options.only_runs = std::move(only_runs);
    return options;
  }

  void add_differences(const MergeReport& report, const fs::path& target) {
    for (const MergeConflict& conflict : report.conflicts) {
      const std::string theirs = file_of(conflict.theirs, conflict.source);
      std::string ours = file_of(conflict.ours, target);
      const fs::path first = published_first(conflict.ours);
      if (target == database_ && !first.empty() && first != theirs)
        ours += fmt::format(" (published first: {})", first.string());
      const std::string text = conflict_text(conflict, theirs, ours);
      if (gathered_.by_program && conflict.by_two_programs) {  // that it differs tells nothing of either
        gathered_.notes.push_back(text + "; the first one stays");
      } else {
        gathered_.differences.push_back(text);
      }
    }
  }

  /// What is staged of a run is called by the file that brought it.
  std::string file_of(const std::string& uuid, const fs::path& file) const {
    const auto origin = origin_.find(uuid);
    return file == staged() && origin != origin_.end() ? origin->second.string() : file.string();
  }

  fs::path published_first(const std::string& uuid) const {
    for (const ResultFile& file : results_.files) {
      if (counts(file.inode, uuid)) return file.path;
    }
    return {};
  }

  void merge_staged() {
    const auto is_wanted = [&](const fs::path&, const std::string& uuid) { return wanted_.contains(uuid); };
    const MergeReport report = merge_files({staged()}, database_, options(is_wanted), stop_);
    if (report.interrupted) throw Interrupted();
    add_differences(report, database_);
  }

  void count_progress() {
    for (const auto& [uuid, run] : wanted_runs(database_, study_)) {
      const WantedRun& before = wanted_.at(uuid);
      if (run.over && !before.over) {
        ++gathered_.ended;
      } else if (run.epochs > before.epochs) {
        ++gathered_.advanced;
      }
    }
  }

  void note_merged() const {
    const WantedRuns now = wanted_runs(database_, study_);
    Collected merged;
    for (const auto& [path, inode] : sources_.opened()) {
      if (sources_.is_refused(path)) continue;
      auto& runs = merged[path.filename().string()];
      const auto read = runs_.find(path);
      if (is_over_name(path) || read == runs_.end()) continue;
      for (const std::string& uuid : read->second) {
        if (const auto run = now.find(uuid); run != now.end()) runs[uuid] = run->second.epochs;
      }
    }
    add_collected(files_.collected(), merged);
  }

  /// Nobody goes on from states of runs that are over.
  void drop_finished() const {
    const WantedRuns now = wanted_runs(database_, study_);
    for (const ResultFile& file : results_.files) {
      std::error_code error;
      if (!file.over && !sources_.is_refused(file.path) && is_finished(file, now))
        fs::remove(file.path, error);
    }
  }

  void settle() {
    std::set<std::string> over;
    for (const auto& [uuid, run] : wanted_runs(database_, study_)) {
      if (run.over) over.insert(uuid);
    }
    const int kept = settle_folders(files_, results_, over, database_);
    if (kept == 0) return;
    gathered_.notes.push_back(fmt::format(
        "{} of runs that ended elsewhere {} in {}: the task may still live; collecting removes {} a day after its last word",
        kept == 1 ? "1 folder" : fmt::format("{} folders", kept), kept == 1 ? "stays" : "stay",
        files_.folders().string(), kept == 1 ? "it" : "them"));
  }

  bool is_finished(const ResultFile& file, const WantedRuns& now) const {
    const auto read = runs_.find(file.path);
    return read != runs_.end() &&
           std::all_of(read->second.begin(), read->second.end(), [&](const std::string& uuid) {
             const auto run = now.find(uuid);
             return run == now.end() || run->second.over;
           });
  }

  const fs::path& database_;
  const std::string& study_;
  const WorkFiles& files_;
  const std::atomic<bool>& stop_;
  const WantedRuns wanted_;
  const Results results_;
  const std::string program_now_ = program_of_newest(files_);
  const WorkFolder folder_{fs::temp_directory_path() / "ablate-collect", "TMPDIR=DIR names another place"};
  ResultSources sources_{files_, results_, database_, staged()};
  std::map<fs::path, std::set<std::string>> runs_;  ///< of files that were read
  std::map<std::string, fs::path> origin_;  ///< the file that brought a run to the staged ones, by uuid
  GatheredResults gathered_;
};

}  // namespace

void GatheredResults::add(const GatheredResults& other) {
  ended += other.ended;
  advanced += other.advanced;
  repeated += other.repeated;
  differences.insert(differences.end(), other.differences.begin(), other.differences.end());
  by_program = by_program || other.by_program;
  notes.insert(notes.end(), other.notes.begin(), other.notes.end());
}

GatheredResults gather(const fs::path& database, const std::string& study, const WorkFiles& files,
                       const std::atomic<bool>& stop) {
  { const Store up_to_date(database); }
  std::error_code error;
  const bool was_there = fs::is_directory(files.sends(), error);
  std::vector<std::string> notes = mend_links(files);
  GatheredResults found = Gathering(database, study, files, stop).gather();
  found.notes.insert(found.notes.begin(), notes.begin(), notes.end());
  if (was_there && !fs::is_directory(files.results(), error)) {
    found.notes.push_back(fmt::format(
        "{} is gone, with what tasks published there; once it is back, `ablate collect` brings it in",
        files.results().string()));
  }
  return found;
}

}  // namespace ablate
