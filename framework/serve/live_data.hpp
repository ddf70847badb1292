#pragma once
/// What the pages ask for, as JSON: one function for each address.

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/captured_process.hpp"
#include "serve/blindness.hpp"
#include "serve/http.hpp"
#include "serve/sources.hpp"
#include "store/file_watch.hpp"

namespace ablate {

/// Reads the results file alone, but for one thing: a look at differences of a study is written down, as those of
/// `report` are, by a connection of its own (store/looks.hpp).
class LiveData {
 public:
  explicit LiveData(LiveSources sources);

  /// Ends what is asked in processes of their own.
  void stop();

  /// "since=CURSOR[&study=ID][&known=ATTEMPT:EPOCH,...]": 304 where nothing changed since, without a look at any table. Called
  /// from one thread at a time.
  WebAnswer changes(const WebRequest& request);
  /// Every study of the file with its counts.
  WebAnswer studies(const WebRequest& request);
  /// "id=": a study's answer. While a sweep runs it is kept for four hundred times as long as it took to make; for how
  /// many more seconds it says in "rests".
  WebAnswer study(const WebRequest& request);
  /// "study=": the names of its variants, which tell nothing of how they do and are no look.
  WebAnswer variants(const WebRequest& request);
  /// "id=": a run, its curves and its tables.
  WebAnswer run(const WebRequest& request);
  /// "where=&sort=&study=ID": `ablate runs`, and how many runs of each study match.
  WebAnswer runs(const WebRequest& request);
  /// "typed=": what may follow in a condition.
  WebAnswer offers(const WebRequest& request);
  /// "a=ID&b=ID" of variants, or of runs with "runs=1": `ablate compare`, the numbers of their studies, and of two variants
  /// of one study what weakens it.
  WebAnswer compared(const WebRequest& request);
  /// "sql=" or "name=[&study=]": `ablate query`. Ends once `is_over` is set.
  WebAnswer asked(const WebRequest& request, const std::atomic<bool>& is_over);
  /// What ends this question: the next one with the same word in "page=", which a page makes up for itself. Ends the one
  /// before.
  std::shared_ptr<const std::atomic<bool>> next_question(const WebRequest& request);
  /// The named queries.
  WebAnswer queries(const WebRequest& request);

 private:
  using Clock = std::chrono::steady_clock;
  struct Kept {
    std::uint64_t file = 0;  ///< which one it is of: FileWatch::State::files
    std::string state, body;
    std::optional<ReportedLook> due;  ///< to be written down whenever this is shown, until it is on record
    Clock::time_point made, rests_until;
  };
  /// What a study's file says of how it is judged.
  struct Told {
    std::string sha256, metric = "accuracy";
    bool blind = false;
    std::shared_ptr<const ReportOptions> settings = {};  ///< none: this program cannot read the file
  };

  /// A study's runs on other machines, as of a look not long ago.
  struct Elsewhere {
    Clock::time_point looked;
    std::string line;
    int changes = 0;
  };

  Kept make_answer(const std::string& name);
  /// Made now, or kept.
  Kept answer_of(std::int64_t id);
  std::string weakness(std::int64_t study_id);
  std::optional<Kept> kept_answer(std::int64_t id, std::uint64_t file, const std::string& state,
                                  bool is_any_running);
  /// Why the look that is due is not on record; empty: it is.
  std::string on_record(std::int64_t id, const Kept& shown);
  FileWatch::State look_at_file();
  /// Kept open, since opening it costs as much as what a tick asks. `file`: FileWatch::State::files.
  const Reader& reader_of_ticks(std::uint64_t file);
  std::string news(const WebRequest& request, const std::string& cursor, const Reader& reader,
                   const std::string& sent);
  const Elsewhere& elsewhere(std::int64_t study_id);
  Told told(const StudyRecord& study);
  Blind blind(const Reader& reader, const StudyRecord& study);
  /// It is to be blind, and runs of it, or of the study that it tunes for, are left.
  bool hides(const Reader& reader, const StudyCounts& row);
  std::vector<std::string> hidden_studies(const Reader& reader);
  /// This very program, asked in a process of its own.
  Captured ask_child(const std::vector<std::string>& words, const std::string& input,
                     const std::atomic<bool>& stop);
  std::string child_json(const std::vector<std::string>& words) { return child_json(words, {}, stop_); }
  std::string child_json(const std::vector<std::string>& words, const std::string& input,
                         const std::atomic<bool>& stop);

  LiveSources sources_;
  std::mutex watching_;
  FileWatch watch_;
  std::string started_;  ///< distinguishes this server's cursors from another's
  std::mutex mutex_;
  std::map<std::int64_t, Kept> answers_;                                 ///< by study
  std::map<std::int64_t, Told> told_;                                    ///< by study
  std::map<std::string, std::shared_ptr<std::atomic<bool>>> questions_;  ///< by the word of their page
  std::map<std::int64_t, Elsewhere> elsewhere_;  ///< by study; `changes` alone uses this and the next two
  std::optional<Reader> ticks_;
  std::uint64_t file_of_ticks_ = 0;
  std::atomic<bool> stop_ = false;
};

/// The whole number that a parameter is; throws RequestError for anything else.
std::int64_t id_of(const WebRequest& request, const std::string& name);

}  // namespace ablate
