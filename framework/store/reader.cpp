#include "store/reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "store/store_rows.hpp"

namespace ablate {
namespace {

/// Every row of a bound query through `read`.
template <class Read>
auto all(Query& query, Read&& read) {
  std::vector<decltype(read(query))> rows;
  while (query.next()) rows.push_back(read(query));
  return rows;
}

/// The one row of a bound query, or RequestError: an id that the file does not hold.
template <class Read>
auto only(Connection& connection, Query& query, const char* what, std::int64_t id, Read&& read) {
  if (query.next()) return read(query);
  throw RequestError(fmt::format("{} has no {} {}", connection.path().string(), what, id));
}

StudyRecord study_of(Query& row) {
  StudyRecord study;
  row >> study.id >> study.name >> study.question >> study.config >> study.config_sha256 >>
      study.plan_sha256 >> study.stop_rules >> study.created_at >> study.archived;
  return study;
}

/// The place of a status's count.
std::int64_t& count_of(StudyCounts& counts, RunStatus status) {
  switch (status) {
    case RunStatus::planned:
      return counts.planned;
    case RunStatus::running:
      return counts.running;
    case RunStatus::waiting:
      return counts.waiting;
    case RunStatus::done:
      return counts.done;
    case RunStatus::stopped:
      return counts.stopped;
    case RunStatus::diverged:
      return counts.diverged;
    case RunStatus::failed:
      return counts.failed;
    case RunStatus::interrupted:
      return counts.interrupted;
  }
  return counts.planned;  // not reached
}

StudyCounts count_runs(Connection& connection, StudyRecord study) {
  StudyCounts counts;
  counts.study = std::move(study);
  Query variants(connection, "SELECT count(*) FROM variant WHERE study_id = ?");
  variants << counts.study.id;
  if (variants.next()) variants >> counts.variants;
  // By the index alone, however many runs there are.
  Query runs(connection, "SELECT obsolete, status, count(*) FROM run WHERE study_id = ? GROUP BY 1, 2");
  runs << counts.study.id;
  while (runs.next()) {
    bool obsolete = false;
    RunStatus status = RunStatus::planned;
    std::int64_t count = 0;
    runs >> obsolete >> status >> count;
    (obsolete ? counts.obsolete : count_of(counts, status)) += count;
  }
  Query left(connection,
             "SELECT count(*) FROM run WHERE study_id = ? AND NOT obsolete AND status = 'running' AND "
             "is_left(worker, lease_until)");
  left << counts.study.id;
  std::int64_t interrupted = 0;
  if (left.next()) left >> interrupted;
  counts.running -= interrupted;
  counts.interrupted += interrupted;
  return counts;
}

VariantRecord variant_of(Query& row) {
  VariantRecord variant;
  row >> variant.id >> variant.name >> variant.is_baseline >> variant.config >> variant.config_sha256 >>
      variant.parameters >> variant.flops_per_sample;
  return variant;
}

constexpr const char* study_columns =
    "id, name, question, config, config_sha256, plan_sha256, stop_rules, created_at, archived";
constexpr const char* select_variants =
    "SELECT id, name, is_baseline, config, config_sha256, parameters, flops_per_sample FROM variant";

std::vector<FactorRecord> factors_of(Connection& connection, std::int64_t variant_id) {
  Query query(connection, "SELECT key, value FROM factor WHERE variant_id = ? ORDER BY position");
  query << variant_id;
  return all(query, [](Query& row) {
    FactorRecord factor;
    row >> factor.key >> factor.value;
    return factor;
  });
}

std::vector<std::string> all_texts(Query& query) {
  return all(query, [](Query& row) {
    std::string text;
    row >> text;
    return text;
  });
}

}  // namespace

Reader::Reader(const std::filesystem::path& path)
    : connection_(std::make_unique<Connection>(open_for_reading(path))) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

Reader Reader::snapshot(const std::filesystem::path& path) {
  Reader reader(path);
  reader.connection_->guard([&] { reader.connection_->database().exec("BEGIN"); });
  return reader;
}

std::vector<StudyRecord> Reader::studies() const {
  return connection_->guard([&] {
    Query query(*connection_, fmt::format("SELECT {} FROM study ORDER BY name", study_columns));
    return all(query, study_of);
  });
}

std::vector<StudyCounts> Reader::counts() const {
  return connection_->guard([&] {
    std::vector<StudyCounts> counts;
    for (StudyRecord& study : studies()) counts.push_back(count_runs(*connection_, std::move(study)));
    return counts;
  });
}

std::optional<StudyCounts> Reader::counts(const std::string& study) const {
  return connection_->guard([&]() -> std::optional<StudyCounts> {
    Query query(*connection_, fmt::format("SELECT {} FROM study WHERE name = ?", study_columns));
    query << study;
    if (!query.next()) return std::nullopt;
    return count_runs(*connection_, study_of(query));
  });
}

StudyRecord Reader::study(const std::string& name) const {
  return connection_->guard([&] {
    const std::int64_t id = study_id_of(*connection_, name);
    Query query(*connection_, fmt::format("SELECT {} FROM study WHERE id = ?", study_columns));
    query << id;
    return only(*connection_, query, "study", id, study_of);
  });
}

std::vector<VariantRecord> Reader::variants(std::int64_t study_id) const {
  return connection_->guard([&] {
    Query query(*connection_, fmt::format("{} WHERE study_id = ? ORDER BY position", select_variants));
    query << study_id;
    std::vector<VariantRecord> variants = all(query, variant_of);
    for (VariantRecord& variant : variants) variant.factors = factors_of(*connection_, variant.id);
    return variants;
  });
}

VariantRecord Reader::variant(std::int64_t id) const {
  return connection_->guard([&] {
    Query query(*connection_, fmt::format("{} WHERE id = ?", select_variants));
    query << id;
    VariantRecord variant = only(*connection_, query, "variant", id, variant_of);
    variant.factors = factors_of(*connection_, id);
    return variant;
  });
}

std::vector<RunRecord> Reader::runs(std::int64_t study_id) const {
  return connection_->guard([&] {
    Query query(*connection_, select_runs + " WHERE run.study_id = ? ORDER BY variant.position, run.seed");
    query << study_id;
    return all(query, run_of);
  });
}

void Reader::select(const std::string& sql, const std::vector<Value>& values,
                    const std::function<void(const std::vector<Value>&)>& row) const {
  connection_->guard([&] {
    Query query(*connection_, sql);
    for (const Value& value : values) query << value;
    std::vector<Value> found(query.columns());
    while (query.next()) {
      for (Value& value : found) query >> value;
      row(found);
    }
  });
}

std::string Reader::study_name_of_run(std::int64_t run_id) const {
  return connection_->guard([&] {
    Query query(*connection_,
                "SELECT study.name FROM run JOIN study ON study.id = run.study_id WHERE run.id = ?");
    query << run_id;
    return only(*connection_, query, "run", run_id, [](Query& row) {
      std::string name;
      row >> name;
      return name;
    });
  });
}

namespace {

LeakRecord leak_of(Query& row) {
  LeakRecord leak;
  row >> leak.kind >> leak.detail >> leak.count;
  return leak;
}

constexpr const char* select_audits =
    "SELECT run_id, train_images, test_images, comparison FROM audit JOIN run ON run.id = run_id";

AuditRecord audit_of(Query& row) {
  AuditRecord audit;
  row >> audit.run_id >> audit.train_images >> audit.test_images >> audit.comparison;
  return audit;
}

}  // namespace

std::vector<LeakRecord> Reader::leaks(std::int64_t study_id) const {
  return connection_->guard([&] {
    Query query(*connection_,
                "SELECT DISTINCT kind, detail, count FROM leak JOIN run ON run.id = leak.run_id "
                "WHERE run.study_id = ? ORDER BY kind, detail, count");
    query << study_id;
    return all(query, leak_of);
  });
}

std::vector<LeakRecord> Reader::run_leaks(std::int64_t run_id) const {
  return connection_->guard([&] {
    Query query(*connection_, "SELECT kind, detail, count FROM leak WHERE run_id = ? ORDER BY kind, detail");
    query << run_id;
    return all(query, leak_of);
  });
}

std::vector<AuditRecord> Reader::audits(std::int64_t study_id) const {
  return connection_->guard([&] {
    Query query(*connection_, fmt::format("{} WHERE study_id = ? ORDER BY run_id", select_audits));
    query << study_id;
    return all(query, audit_of);
  });
}

std::optional<AuditRecord> Reader::run_audit(std::int64_t run_id) const {
  return connection_->guard([&] {
    Query query(*connection_, fmt::format("{} WHERE run_id = ?", select_audits));
    query << run_id;
    return query.next() ? std::optional(audit_of(query)) : std::nullopt;
  });
}

std::map<std::string, std::string> Reader::run_output(std::int64_t run_id) const {
  return connection_->guard([&] {
    Query query(*connection_, "SELECT stream, text FROM run_output WHERE run_id = ?");
    query << run_id;
    std::map<std::string, std::string> output;
    while (query.next()) {
      std::string stream, text;
      query >> stream >> text;
      output[stream] = text;
    }
    return output;
  });
}

DatasetRecord Reader::dataset(std::int64_t id) const {
  return connection_->guard([&] {
    Query query(
        *connection_,
        "SELECT id, name, split, sha256, origin, images, classes, rows, columns, channels FROM dataset WHERE id = ?");
    query << id;
    DatasetRecord dataset = only(*connection_, query, "data set", id, [](Query& row) {
      DatasetRecord found;
      row >> found.id >> found.name >> found.split >> found.sha256 >> found.origin >> found.images >>
          found.classes >> found.rows >> found.columns >> found.channels;
      return found;
    });
    Query names(*connection_, "SELECT name FROM class_name WHERE dataset_id = ? ORDER BY class");
    names << id;
    dataset.class_names = all_texts(names);
    return dataset;
  });
}

MachineRecord Reader::machine(std::int64_t id) const {
  return connection_->guard([&] {
    Query query(
        *connection_,
        "SELECT id, host, system, processor, cores, memory_bytes, blas, blas_core FROM machine WHERE id = ?");
    query << id;
    return only(*connection_, query, "machine", id, [](Query& row) {
      MachineRecord found;
      row >> found.id >> found.host >> found.system >> found.processor >> found.cores >> found.memory_bytes >>
          found.blas >> found.blas_core;
      return found;
    });
  });
}

}  // namespace ablate
