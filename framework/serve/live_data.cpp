#include "serve/live_data.hpp"

#include <algorithm>
#include <ctime>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text_value.hpp"
#include "base/time.hpp"
#include "report/collect.hpp"
#include "report/html_parts.hpp"
#include "serve/answer_data.hpp"
#include "serve/progress_data.hpp"
#include "store/looks.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using Json = nlohmann::ordered_json;

/// That this thread has had of a processor.
std::chrono::nanoseconds processor_time() {
  timespec used = {};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

/// Without its counts, which take a look at every run.
StudyRecord study_of(const Reader& reader, std::int64_t id) {
  StudyRecord study;
  reader.select("SELECT id, name, config, config_sha256, archived FROM study WHERE id = ?1", {id},
                [&](const std::vector<Value>& row) {
                  study.id = id;
                  study.name = to_string(row[1]);
                  study.config = to_string(row[2]);
                  study.config_sha256 = to_string(row[3]);
                  study.archived = row[4] == Value(std::int64_t{1});
                });
  if (study.id == 0) throw RequestError(fmt::format("there is no study with the number {}", id));
  return study;
}

/// "ATTEMPT:30,ATTEMPT:12"; what reads otherwise is left out.
std::map<std::string, int> known_epochs(const std::string& text) {
  std::map<std::string, int> known;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t colon = part.rfind(':');
    const auto epoch = colon == std::string::npos ? std::nullopt : number_of<int>(part.substr(colon + 1));
    if (epoch) known[part.substr(0, colon)] = *epoch;
  }
  return known;
}

Json counts_json(const StudyCounts& row) {
  return {{"id", row.study.id},
          {"name", printable_line(row.study.name)},
          {"question", printable_line(row.study.question)},
          {"variants", row.variants},
          {"done", row.done},
          {"running", row.running},
          {"left", row.planned + row.waiting + row.interrupted},
          {"failed", row.failed},
          {"diverged", row.diverged},
          {"stopped", row.stopped},
          {"archived", row.study.archived},
          {"created", row.study.created_at}};
}

/// "accuracy" of "test.accuracy".
std::string bare_metric(const ReportOptions& options) {
  return options.primary.substr(options.primary.find('.') + 1);
}

/// Somebody is at work on a run of the file. Study by study, which an index answers; over all runs there is none.
bool is_any_running(const Reader& reader) {
  bool is_any = false;
  reader.select(
      "SELECT EXISTS (SELECT 1 FROM study CROSS JOIN run ON run.study_id = study.id "
      "WHERE run.status = 'running' AND run.lease_until > ?1)",
      {unix_seconds()}, [&](const std::vector<Value>& row) { is_any = row[0] == Value(std::int64_t{1}); });
  return is_any;
}

bool is_on_record(const Comparison& comparison, const LookRecord& look) {
  return std::any_of(comparison.looks.begin(), comparison.looks.end(), [&](const LookRecord& known) {
    return known.command == look.command && known.metric == look.metric && known.seeds == look.seeds &&
           known.runs == look.runs && known.variants == look.variants &&
           known.looks_in_plan == look.looks_in_plan;
  });
}

/// What whoever sees this has looked at, unless it is on record.
std::optional<ReportedLook> look_due(const Comparison& comparison) {
  const auto reported = look_at(comparison, "report");
  if (!reported || is_on_record(comparison, reported->look)) return {};
  return reported;
}

}  // namespace

std::int64_t id_of(const WebRequest& request, const std::string& name) {
  const std::string text = request.parameter(name);
  const auto id = number_of<std::int64_t>(text);
  if (!id || *id < 0) throw RequestError(fmt::format("'{}' is no whole number", name));
  return *id;
}

LiveData::LiveData(LiveSources sources)
    : sources_(std::move(sources)),
      watch_(sources_.database),
      started_(std::to_string(static_cast<std::int64_t>(unix_seconds() * 1e3))) {}

WebAnswer LiveData::changes(const WebRequest& request) {
  const FileWatch::State state = look_at_file();
  Elsewhere sent;
  if (request.parameters.contains("study") && state.fault.empty()) sent = elsewhere(id_of(request, "study"));
  const std::string cursor = fmt::format("{}.{}.{}", started_, state.changes, sent.changes);
  if (request.parameter("since") == cursor) return {304, "application/json", {}, {}};
  if (!state.fault.empty()) {
    ticks_.reset();
    return {200, "application/json", Json{{"cursor", cursor}, {"fault", state.fault}}.dump(), {}};
  }
  try {
    return {200, "application/json", news(request, cursor, reader_of_ticks(state.files), sent.line), {}};
  } catch (...) {
    ticks_.reset();  // the next tick opens the file anew, which tells what is wrong with it
    throw;
  }
}

const Reader& LiveData::reader_of_ticks(std::uint64_t file) {
  if (!ticks_ || file != file_of_ticks_) {
    ticks_.reset();
    ticks_.emplace(sources_.database);
    file_of_ticks_ = file;
  }
  return *ticks_;
}

std::string LiveData::news(const WebRequest& request, const std::string& cursor, const Reader& reader,
                           const std::string& sent) {
  Json json = {{"cursor", cursor}, {"running", is_any_running(reader)}};
  if (request.parameters.contains("study")) {
    const std::int64_t id = id_of(request, "study");
    const StudyRecord study = study_of(reader, id);
    const WatchedMetric watched{told(study).metric, blind(reader, study) == Blind::no};
    json["study"] = study_progress(reader, id, watched, known_epochs(request.parameter("known")));
    json["study"]["elsewhere"] = printable_line(sent);
  }
  return json.dump();
}

const LiveData::Elsewhere& LiveData::elsewhere(std::int64_t study_id) {
  Elsewhere& known = elsewhere_[study_id];
  const auto now = Clock::now();
  const std::chrono::duration<double> since = now - known.looked;
  if (!sources_.elsewhere || (known.changes > 0 && since.count() < sources_.elsewhere_seconds)) return known;
  known.looked = now;
  const std::string line = sources_.elsewhere(study_of(Reader(sources_.database), study_id).name);
  if (known.changes == 0 || line != known.line) ++known.changes;
  known.line = line;
  return known;
}

WebAnswer LiveData::studies(const WebRequest&) {
  const Reader reader = Reader::snapshot(sources_.database);
  Json list = Json::array();
  for (const StudyCounts& row : reader.counts()) list.push_back(counts_json(row));
  return {200,
          "application/json",
          Json{{"file", printable_line(sources_.database.filename().string())}, {"studies", std::move(list)}}
              .dump(),
          {}};
}

LiveData::Told LiveData::told(const StudyRecord& study) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = told_.find(study.id);
    if (known != told_.end() && known->second.sha256 == study.config_sha256) return known->second;
  }
  Told told{study.config_sha256};
  try {
    told.settings = std::make_shared<const ReportOptions>(sources_.settings(study));
    told.metric = bare_metric(*told.settings);
    told.blind = told.settings->blind;
  } catch (const RequestError&) {
    // a file of another kind: the study's own page says so
  }
  const std::lock_guard lock(mutex_);
  return told_[study.id] = told;
}

Blind LiveData::blind(const Reader& reader, const StudyRecord& study) {
  // Reading a whole file of settings takes milliseconds, and few of them say this.
  const bool may_ask = study.config.find("blind: true") != std::string::npos;
  const Blind own = sources_.blind                 ? Blind::by_page
                    : may_ask && told(study).blind ? Blind::by_study
                                                   : Blind::no;
  const std::string tuned = own == Blind::no ? std::string() : sources_.tuned_study(study.name);
  if (tuned.empty()) return own;
  const auto counts = reader.counts(tuned);
  return !counts || is_unfinished(*counts) ? Blind::by_tuned : own;
}

bool LiveData::hides(const Reader& reader, const StudyCounts& row) {
  const Blind how = blind(reader, row.study);
  return how == Blind::by_tuned || (how != Blind::no && is_unfinished(row));
}

std::vector<std::string> LiveData::hidden_studies(const Reader& reader) {
  std::vector<std::string> names;
  for (const StudyCounts& row : reader.counts()) {
    if (hides(reader, row)) names.push_back(row.study.name);
  }
  return names;
}

LiveData::Kept LiveData::make_answer(const std::string& name) {
  Kept made;
  const Reader reader = Reader::snapshot(sources_.database);
  const StudyRecord study = reader.study(name);
  const auto settings = told(study).settings;
  const Comparison comparison = collect_answer(reader, name, settings ? *settings : sources_.settings(study));
  Json json = answer_data(comparison, blind(reader, study));
  json["id"] = study.id;
  json["answer"] = answer_state(reader, study.id);
  if (json["hidden"] == false) made.due = look_due(comparison);
  Json variants = Json::array();
  for (const VariantSummary& variant : comparison.variants)
    variants.push_back(
        {{"id", variant.id}, {"name", printable_line(variant.name)}, {"baseline", variant.is_baseline}});
  json["variants"] = std::move(variants);
  made.body = json.dump();
  return made;
}

std::string LiveData::on_record(std::int64_t id, const Kept& shown) {
  if (!shown.due) return {};
  const std::string why = record_look(sources_.database, shown.due->study_id, shown.due->look,
                                      sources_.look_patience_milliseconds);
  const std::lock_guard lock(mutex_);
  const auto kept = answers_.find(id);
  if (why.empty() && kept != answers_.end() && kept->second.made == shown.made) kept->second.due.reset();
  return why;
}

std::optional<LiveData::Kept> LiveData::kept_answer(std::int64_t id, std::uint64_t file,
                                                    const std::string& state, bool is_any_running) {
  const std::lock_guard lock(mutex_);
  const auto found = answers_.find(id);
  if (found == answers_.end() || found->second.file != file) return std::nullopt;
  const Kept& kept = found->second;
  const bool may_rest = is_any_running && Clock::now() < kept.rests_until;
  return kept.state == state || may_rest ? std::optional(kept) : std::nullopt;
}

FileWatch::State LiveData::look_at_file() {
  const std::lock_guard lock(watching_);
  return watch_.look();
}

LiveData::Kept LiveData::answer_of(std::int64_t id) {
  const std::uint64_t file = look_at_file().files;
  std::string name, state;
  bool is_running = false;
  {
    const Reader reader(sources_.database);
    name = study_of(reader, id).name;
    state = answer_state(reader, id);
    is_running = is_any_running(reader);
  }
  if (std::optional<Kept> known = kept_answer(id, file, state, is_running)) return *std::move(known);
  const auto before = processor_time();
  Kept made = make_answer(name);
  made.file = file, made.state = state, made.made = Clock::now();
  made.rests_until = made.made + sources_.rest_per_cost * (processor_time() - before);
  constexpr std::size_t most_kept = 20;
  const std::lock_guard lock(mutex_);
  if (answers_.size() >= most_kept && !answers_.contains(id)) answers_.clear();
  return answers_[id] = made;
}

WebAnswer LiveData::study(const WebRequest& request) {
  const std::int64_t id = id_of(request, "id");
  Kept shown = answer_of(id);
  const std::chrono::duration<double> rests = shown.rests_until - Clock::now();
  const bool archived = study_of(Reader(sources_.database), id).archived;
  const std::string of_now =
      fmt::format("\"off_record\":{},\"rests\":{:.3f},\"archived\":{},", json_text(on_record(id, shown)),
                  std::max(0.0, rests.count()), archived);
  return {200, "application/json", shown.body.insert(1, of_now), {}};
}

WebAnswer LiveData::run(const WebRequest& request) {
  const std::int64_t id = id_of(request, "id");
  const Reader reader = Reader::snapshot(sources_.database);
  const RunRecord run = reader.run(std::to_string(id));
  const StudyRecord study = reader.study(reader.study_name_of_run(run.id));
  const std::string metric = told(study).metric;
  const bool hidden = hides(reader, reader.counts(study.name).value());
  Json json = {{"id", run.id},
               {"study", study.id},
               {"study_name", printable_line(study.name)},
               {"variant", printable_line(run.variant)},
               {"seed", run.seed},
               {"status", to_string(run.status)},
               {"metric", metric},
               {"epochs", run.epochs_done},
               {"hidden", hidden},
               {"curves", Json::object()},
               {"every", 1},
               {"tables", Json::array()}};
  for (const char* split : {"train", "validation", "test"}) {
    const bool shown = !hidden && (std::string(split) != "test" || run.status == RunStatus::done);
    if (!shown) continue;
    DrawnCurve curve = drawn_curve(reader, run.id, split, metric, 0);
    json["curves"][split] = std::move(curve.points);
    json["every"] = std::max(json["every"].get<std::int64_t>(), curve.every);
  }
  for (TitledTable& one : sources_.run_tables(reader, run.id)) {
    if (one.table.rows.empty() || (hidden && one.tells_results)) continue;
    if (hidden) std::erase_if(one.table.rows, [&](const auto& row) { return one.tells(row); });
    json["tables"].push_back({{"title", one.title}, {"html", html_table(one.table, slug(one.title))}});
  }
  return {200, "application/json", json.dump(), {}};
}

}  // namespace ablate
