#include "runner/cluster/gather.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/error_line.hpp"
#include "base/interrupted.hpp"
#include "base/work_folder.hpp"
#include "runner/cluster/checkpoints.hpp"
#include "runner/cluster/collected.hpp"
#include "runner/cluster/mend_links.hpp"
#include "runner/cluster/sent.hpp"
#include "runner/cluster/settle_folders.hpp"
#include "store/merge.hpp"
#include "store/reader.hpp"
#include "store/run_over.hpp"
#include "store/store.hpp"

namespace ablate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_at_once = 10;  // as many as SQLite attaches

/// How far a run is in the results file.
struct Stand {
  bool over = false;
  int epochs = 0;
};

/// Runs of the newest plan, by uuid.
using Wanted = std::map<std::string, Stand>;

Wanted wanted_runs(const fs::path& database, const std::string& study) {
  Wanted wanted;
  const Reader reader(database);
  for (const RunRecord& run : reader.runs(reader.study(study).id)) {
    if (!run.obsolete) wanted[run.uuid] = {is_over(run.status), run.epochs_done};
  }
  return wanted;
}

bool is_by_program(const fs::path& database, const std::string& study) {
  const Reader reader(database);
  const std::vector<VariantRecord> variants = reader.variants(reader.study(study).id);
  return !variants.empty() && variants.front().config.starts_with("trainer:");
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
    if (!over.empty() || !going.empty()) merge(std::move(over), going);
    if (gathered_.by_program) settle();
    return std::move(gathered_);
  }

 private:
  /// Of a run that ended in several files, the file that was published first; or all others.
  enum class OnlyFirst { yes, no };

  void merge(std::vector<ResultFile> over, const std::vector<ResultFile>& going) {
    stage_study();
    stage(over, OnlyFirst::yes);
    std::erase_if(over, [&](const ResultFile& file) { return !may_repeat(file); });
    stage(over, OnlyFirst::no);
    stage(going, OnlyFirst::no);
    merge_staged();
    note_merged();
    drop_finished();
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

  void stage(const std::vector<ResultFile>& files, OnlyFirst which) {
    for (std::size_t first = 0; first < files.size(); first += files_at_once) {
      const std::size_t count = std::min(files_at_once, files.size() - first);
      std::vector<MergeSource> sources = copies({files.begin() + static_cast<std::ptrdiff_t>(first),
                                                 files.begin() + static_cast<std::ptrdiff_t>(first + count)},
                                                which);
      if (sources.empty()) continue;
      try {
        take(sources, which);
      } catch (const RequestError&) {
        stage_singly(std::move(sources), which);
      }
    }
  }

  /// One of them cannot be merged: the others can.
  void stage_singly(std::vector<MergeSource> sources, OnlyFirst which) {
    for (MergeSource& source : sources) {
      std::vector<MergeSource> one;
      one.push_back(std::move(source));
      try {
        take(one, which);
      } catch (const RequestError& error) {
        refused_.insert(one[0].path());
        gathered_.notes.push_back(passed_over(error));
      }
    }
  }

  /// In words of the work folder and the results file.
  std::string passed_over(const RequestError& error) const {
    std::string text = in_a_line(error);
    const std::string own = staged().string();
    if (const std::size_t at = text.find(own); at != std::string::npos)
      text.replace(at, own.size(), database_.string());
    return fmt::format(
        "passed over: {}; if another study of this name shares {}, give each its own with --work", text,
        files_.folder().string());
  }

  std::vector<MergeSource> copies(const std::vector<ResultFile>& files, OnlyFirst which) {
    std::vector<MergeSource> sources;
    for (const ResultFile& file : files) {
      if (refused_.contains(file.path) || (which == OnlyFirst::yes && !results_.of_file.contains(file.inode)))
        continue;
      try {
        sources.push_back(local_copy(file));
        inodes_[file.path] = file.inode;
      } catch (const DamagedFile& error) {
        put_aside(file);
        gathered_.notes.push_back(fmt::format("{}; it is in {} now, and its runs count as not trained",
                                              in_a_line(error), files_.damaged().string()));
      } catch (const RequestError& error) {
        refused_.insert(file.path);
        std::error_code gone;
        if (fs::exists(file.path, gone))
          gathered_.notes.push_back(fmt::format(
              "passed over for now: {}; the next `ablate collect` tries again", in_a_line(error)));
      }
    }
    return sources;
  }

  void put_aside(const ResultFile& file) {
    refused_.insert(file.path);
    std::error_code error;
    fs::create_directories(files_.damaged(), error);
    const auto runs = results_.of_file.find(file.inode);
    if (runs != results_.of_file.end()) {
      for (const std::string& uuid : runs->second) fs::remove(files_.run(uuid), error);
    }
    fs::rename(file.path, files_.damaged() / file.path.filename(), error);
  }

  void take(const std::vector<MergeSource>& sources, OnlyFirst which) {
    MergeOptions options;
    options.only_study = study_;
    options.on_conflict = OnConflict::keep;
    options.program_now = program_now_;
    options.only_runs = [&](const fs::path& source, const std::string& uuid) {
      runs_[source].insert(uuid);
      return wanted_.contains(uuid) && counts(inodes_.at(source), uuid) == (which == OnlyFirst::yes);
    };
    const MergeReport report = merge_sources(sources, staged(), options, stop_);
    if (report.interrupted) throw Interrupted();
    for (const MergedStudy& study : report.studies) {
      const bool repeats = which == OnlyFirst::no && is_over_name(study.source);
      gathered_.repeated += repeats ? study.runs_same : 0;
    }
    add_differences(report, staged().string(), "the copy that was published first");
  }

  void add_differences(const MergeReport& report, const std::string& path, const std::string& words) {
    for (std::string text : report.conflicts) {
      const std::size_t at = text.find(path);
      if (at != std::string::npos) text.replace(at, path.size(), words);
      gathered_.differences.push_back(std::move(text));
    }
  }

  void merge_staged() {
    MergeOptions options;
    options.only_study = study_;
    options.on_conflict = OnConflict::keep;
    options.program_now = program_now_;
    options.only_runs = [&](const fs::path&, const std::string& uuid) { return wanted_.contains(uuid); };
    const MergeReport report = merge_files({staged()}, database_, options, stop_);
    if (report.interrupted) throw Interrupted();
    add_differences(report, staged().string(), "what tasks published");
    const Wanted now = wanted_runs(database_, study_);
    for (const auto& [uuid, run] : now) gathered_.ended += run.over && !wanted_.at(uuid).over;
    for (const MergedStudy& study : report.studies)
      gathered_.advanced += study.runs_new + study.runs_advanced;
    gathered_.advanced = std::max(0, gathered_.advanced - gathered_.ended);
  }

  void note_merged() const {
    const Wanted now = wanted_runs(database_, study_);
    Collected merged;
    for (const auto& [path, inode] : inodes_) {
      if (refused_.contains(path)) continue;
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
    const Wanted now = wanted_runs(database_, study_);
    for (const ResultFile& file : results_.files) {
      std::error_code error;
      if (!file.over && !refused_.contains(file.path) && is_finished(file, now)) fs::remove(file.path, error);
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

  bool is_finished(const ResultFile& file, const Wanted& now) const {
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
  const Wanted wanted_;
  const Results results_;
  const std::string program_now_ = program_of_newest(files_);
  const WorkFolder folder_{fs::temp_directory_path() / "ablate-collect", "TMPDIR=DIR names another place"};
  std::map<fs::path, ino_t> inodes_;                ///< of files that were read
  std::map<fs::path, std::set<std::string>> runs_;  ///< that they hold
  std::set<fs::path> refused_;
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
