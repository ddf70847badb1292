#include "cli/show_page.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/build_info.hpp"
#include "base/bytes.hpp"
#include "base/finding_kinds.hpp"
#include "cli/config_tables.hpp"
#include "cli/progress.hpp"
#include "report/phrases.hpp"
#include "runner/program_files.hpp"
#include "runner/program_records.hpp"
#include "store/fingerprint.hpp"

namespace ablate {
namespace {

std::string class_name(const RunPage& page, std::size_t index) {
  return index < page.class_names.size() ? page.class_names[index] : std::to_string(index);
}

/// Whether this program is the one that trained it; empty for a run that was never begun.
std::string program_text(const RunRecord& run, bool is_elsewhere) {
  if (run.origin.code_version.empty()) return {};
  if (run.origin.program_sha256.empty())
    return "unknown: its sources were not recorded, so nothing is copied or resumed from it";
  if (is_elsewhere) return "another one's, sources " + run.origin.program_sha256.substr(0, 16);
  const std::string sources = "sources " + run.origin.program_sha256.substr(0, 16);
  if (run.origin.program_sha256 == program_sha256()) return sources + ", the same as this program's";
  const std::string ours = program_sha256().empty() ? "unknown" : program_sha256().substr(0, 16);
  return fmt::format("{}; this program differs ({})", sources, ours);
}

/// What came of epochs that a later attempt reported again.
std::string repeats_text(const std::vector<RepeatedEpoch>& repeats) {
  if (repeats.empty()) return {};
  std::string text;
  for (const RepeatedEpoch& again : repeats) {
    if (text.empty()) text = difference_text(again);
  }
  const auto count = fmt::format("{} epoch{}", repeats.size(), repeats.size() == 1 ? "" : "s");
  return text.empty() ? count + ", reproduced bit for bit" : fmt::format("{}; {}", count, text);
}

/// Where the time of a run's epochs went: "12.3 s: training 81.0%, forward passes 14.2%, ...".
std::string time_text(const std::vector<EpochRow>& epochs) {
  double train = 0.0, evaluate = 0.0, metrics = 0.0, store = 0.0;
  for (const EpochRow& row : epochs) {
    train += row.train_seconds;
    evaluate += row.evaluate_seconds;
    metrics += row.metric_seconds;
    store += row.store_seconds;
  }
  const double all = train + evaluate + store;
  if (!(all > 0.0)) return {};
  std::string text = fmt::format("{:.1f} s: training {:.1f}%, ", all, 100.0 * train / all);
  if (std::isnan(metrics)) {
    text += fmt::format("evaluation {:.1f}%", 100.0 * evaluate / all);
  } else {
    text += fmt::format("forward passes of the evaluation {:.1f}%, metrics {:.2f}%",
                        100.0 * (evaluate - metrics) / all, 100.0 * metrics / all);
  }
  return text + fmt::format(", database {:.3f}%", 100.0 * store / all);
}

}  // namespace

RunPage read_page(const Reader& reader, const std::string& reference, const std::filesystem::path& database) {
  RunPage page;
  page.run = reader.run(reference);
  page.study = reader.study_name_of_run(page.run.id);
  page.variant = reader.variant(page.run.variant_id);
  for (VariantRecord& variant : reader.variants(reader.study(page.study).id)) {
    if (variant.is_baseline) page.baseline = std::move(variant);
  }
  page.curves = reader.run_curves(page.run.id);
  page.selected = reader.run_selected(page.run.id);
  page.epochs = reader.run_epochs(page.run.id);
  page.classes = reader.classes(page.run.id, SplitName::test);
  page.confusion = reader.confusion(page.run.id, SplitName::test);
  page.audit = reader.run_audit(page.run.id);
  page.findings = reader.run_leaks(page.run.id);
  page.output = reader.run_output(page.run.id);
  page.values = reader.run_values(page.run.id);
  page.selected_values = reader.run_selected_values(page.run.id);
  page.repeats = reader.run_repeats(page.run.id);
  const std::filesystem::path folder = run_folder(database, page.run.uuid);
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) page.folder = folder;
  page.tags = reader.run_tags(page.run.id);
  page.notes = reader.run_notes(page.run.id);
  for (const std::int64_t id : {page.run.origin.train_dataset_id, page.run.origin.test_dataset_id}) {
    if (id) page.datasets.push_back(reader.dataset(id));
  }
  if (page.run.origin.test_dataset_id) page.class_names = page.datasets.back().class_names;
  if (page.run.origin.machine_id) page.machine = reader.machine(page.run.origin.machine_id);
  return page;
}

bool is_trained_elsewhere(const RunPage& page) { return page.variant.is_of_program(); }

bool is_leaked(const RunPage& page) {
  return std::any_of(page.findings.begin(), page.findings.end(),
                     [](const LeakRecord& found) { return severity_of(found.kind) == Severity::leak; });
}

/// Rows of a fact and its value; one without a value is left out.
class Facts {
 public:
  void add(const std::string& fact, const std::string& value) {
    if (!value.empty()) table_.rows.push_back({fact, value});
  }
  const Table& table() const { return table_; }

 private:
  Table table_{{{"fact"}, {"value"}}, {}};
};

void add_identity(Facts& facts, const RunPage& page) {
  const RunRecord& run = page.run;
  facts.add("run", fmt::format("{} ({})", run.id, run.uuid));
  facts.add("study", page.study);
  facts.add("variant", run.variant + (page.variant.is_baseline ? " (baseline)" : ""));
  facts.add("seed", std::to_string(run.seed));
  facts.add("status", to_string(run.status));
  facts.add("why", in_one_line(run.error.empty() ? run.exit_reason : run.error));
  if (run.obsolete) facts.add("obsolete", "the study's newest plan lacks it: reports leave it out");
  facts.add("tags", fmt::format("{}", fmt::join(page.tags, ", ")));
  for (const NoteRecord& note : page.notes) facts.add("note of " + note.created_at, note.text);
  if (run.archived) facts.add("archived", "`ablate runs` shows it with --all only");
  if (!page.baseline) {
    for (const FactorRecord& factor : page.variant.factors) facts.add(factor.key, to_string(factor.value));
  }
}

void add_course(Facts& facts, const RunPage& page) {
  const RunRecord& run = page.run;
  if (page.variant.parameters > 0) facts.add("parameters", std::to_string(page.variant.parameters));
  if (page.variant.flops_per_sample > 0)
    facts.add("FLOPs per sample", std::to_string(page.variant.flops_per_sample));
  facts.add("folder", page.folder.string());
  facts.add("epochs reported twice", repeats_text(page.repeats));
  facts.add("epochs", std::to_string(run.epochs_done));
  if (run.best_epoch)
    facts.add("selected epoch", fmt::format("{} (by {})", *run.best_epoch, run.origin.selected_by));
  facts.add("training set evaluated", run.origin.train_evaluated);
  facts.add("time of the epochs", time_text(page.epochs));
  facts.add("started", run.course.started_at);
  facts.add("ended", run.course.ended_at);
  if (run.course.resumed > 0)
    facts.add("resumed from a checkpoint",
              run.course.resumed == 1 ? "once" : fmt::format("{} times", run.course.resumed));
  if (run.course.peak_memory_bytes > 0)
    facts.add("peak memory", bytes_text(static_cast<std::uint64_t>(run.course.peak_memory_bytes)));
}

void add_origin(Facts& facts, const RunPage& page) {
  const RunRecord& run = page.run;
  facts.add("code", run.origin.code_version);
  if (!run.origin.code_diff_sha256.empty())
    facts.add("difference from that commit", "SHA-256 " + run.origin.code_diff_sha256.substr(0, 16));
  facts.add("program", program_text(run, is_trained_elsewhere(page)));
  facts.add("build", run.origin.build);
  if (run.origin.numbers > 0) facts.add("numbers version", std::to_string(run.origin.numbers));
  if (run.status == RunStatus::done)
    facts.add("fingerprint of its metrics",
              run_fingerprint(page.variant.name, run.seed, page.curves, page.values).substr(0, 16));
  if (page.machine) {
    const MachineRecord& machine = *page.machine;
    facts.add("machine", fmt::format("{}, {}, {} cores, {} ({} kernels)", machine.host, machine.processor,
                                     machine.cores, machine.blas, machine.blas_core));
  }
  for (const DatasetRecord& data : page.datasets) {
    facts.add("data, " + data.split,
              fmt::format("{}, {} images of {} x {}{}, {} classes, SHA-256 {}", data.name, data.images,
                          data.rows, data.columns, data.channels > 1 ? " in colour" : "", data.classes,
                          data.sha256.substr(0, 16)));
  }
}

Table facts_table(const RunPage& page) {
  Facts facts;
  add_identity(facts, page);
  add_course(facts, page);
  add_origin(facts, page);
  return facts.table();
}

Table differences_table(const RunPage& page) {
  if (!page.baseline) return {};
  return config_difference_table(*page.baseline, page.variant,
                                 fmt::format("baseline ({})", page.baseline->name), "this run");
}

Table audit_table(const RunPage& page) {
  Table table;
  table.columns = {{"severity"}, {"kind"}, {"count"}, {"finding"}};
  const auto& audit = page.audit;
  table.rows.push_back(
      {std::string("checked"), std::string("images"),
       audit ? Value(audit->train_images + audit->test_images) : Value(),
       std::string(!audit                         ? "not audited"
                   : audit->comparison == "exact" ? "exact comparison; near-duplicates were not checked"
                                                  : audit->comparison)});
  for (const LeakRecord& found : page.findings) {
    table.rows.push_back(
        {std::string(to_string(severity_of(found.kind))), found.kind, found.count, found.detail});
  }
  return table;
}

Table selected_table(const RunPage& page) {
  Table table;
  table.columns = {{"metric"}};
  for (const SplitMetrics& at : page.selected) {
    const bool marked = at.split == SplitName::test && is_leaked(page);
    table.columns.push_back({fmt::format("{}{}", to_string(at.split), marked ? " †" : ""), 4});
  }
  for (const Metric& metric : metric_table()) {
    auto& row = table.rows.emplace_back(1, Value(std::string(metric.name)));
    for (const SplitMetrics& at : page.selected) row.emplace_back(at.suite.*metric.value);
  }
  add_own_metrics(page, table);
  return table;
}

/// Columns behind the first that no row has a value in: a program need not tell what ours does.
void drop_empty(Table& table) {
  const auto is_empty = [](const Value& cell) {
    const double* number = std::get_if<double>(&cell);
    return std::holds_alternative<std::monostate>(cell) || (number && std::isnan(*number));
  };
  for (std::size_t i = table.columns.size() - 1; i > 0; --i) {
    const bool empty =
        std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return is_empty(row[i]); });
    if (!empty || table.rows.empty()) continue;
    const auto place = static_cast<std::ptrdiff_t>(i);
    table.columns.erase(table.columns.begin() + place);
    for (auto& row : table.rows) row.erase(row.begin() + place);
  }
}

Table epochs_table(const RunPage& page) {
  Table table;
  const char* mark = is_leaked(page) ? " †" : "";
  table.columns = {{"epoch"},
                   {"learning_rate", 6},
                   {"gradient_norm", 4},
                   {"train.log_loss", 4},
                   {"train.accuracy", 4},
                   {"validation.log_loss", 4},
                   {"validation.accuracy", 4},
                   {fmt::format("test.accuracy{}", mark), 4},
                   {"images_per_second", 0}};
  std::map<int, std::vector<const SplitMetrics*>> metrics;  // by epoch
  for (const SplitMetrics& at : page.curves) metrics[at.epoch].push_back(&at);
  for (const EpochRow& row : page.epochs) {
    std::vector<Value> cells(table.columns.size());
    cells[0] = static_cast<std::int64_t>(row.epoch);
    cells[1] = row.learning_rate;
    cells[2] = row.gradient_norm;
    cells[8] = row.samples_per_second;
    for (const SplitMetrics* at : metrics[row.epoch]) {
      const std::size_t first = at->split == SplitName::train ? 3 : 5;
      if (at->split != SplitName::test) cells[first] = at->suite.log_loss;
      cells[at->split == SplitName::test ? 7 : first + 1] = at->suite.accuracy;
    }
    table.rows.push_back(std::move(cells));
  }
  drop_empty(table);
  return table;
}

std::vector<TextCurve> accuracy_curves(const RunPage& page) {
  std::map<SplitName, TextCurve> by_split;
  for (const SplitMetrics& at : page.curves) {
    TextCurve& drawn = by_split[at.split];
    const bool marked = at.split == SplitName::test && is_leaked(page);
    drawn.name = fmt::format("{}.accuracy{}", to_string(at.split), marked ? dagger : "");
    drawn.points.emplace_back(at.epoch, at.suite.accuracy);
  }
  const bool has_validation = by_split.contains(SplitName::validation);
  std::vector<TextCurve> curves;
  for (auto& [split, drawn] : by_split) {
    if (split != (has_validation ? SplitName::test : SplitName::validation))
      curves.push_back(std::move(drawn));
  }
  return curves;
}

Table worst_classes_table(const RunPage& page, std::size_t most) {
  std::vector<std::size_t> order(page.classes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto f1 = [&](std::size_t place) {
    const double value = page.classes[place].f1;
    return std::isnan(value) ? 2.0 : value;  // after all that have one
  };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return f1(a) < f1(b); });
  if (most > 0) order.resize(std::min(most, order.size()));
  Table table;
  table.columns = {{"class"}, {"support"},        {"precision", 4}, {"recall", 4},
                   {"f1", 4}, {"specificity", 4}, {"auc_roc", 4}};
  for (const std::size_t i : order) {
    const ClassMetrics& c = page.classes[i];
    table.rows.push_back({class_name(page, i), static_cast<std::int64_t>(c.support), c.precision, c.recall,
                          c.f1, c.specificity, c.auc_roc});
  }
  return table;
}

Table confusions_table(const RunPage& page, std::size_t most) {
  std::vector<ConfusionEntry> wrong;
  for (const ConfusionEntry& entry : page.confusion) {
    if (entry.truth != entry.predicted) wrong.push_back(entry);
  }
  std::stable_sort(wrong.begin(), wrong.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  if (most > 0) wrong.resize(std::min(wrong.size(), most));
  Table table;
  table.columns = {{"truth"}, {"predicted"}, {"images"}};
  for (const ConfusionEntry& entry : wrong) {
    table.rows.push_back({class_name(page, static_cast<std::size_t>(entry.truth)),
                          class_name(page, static_cast<std::size_t>(entry.predicted)), entry.count});
  }
  return table;
}

Table output_table(const RunPage& page) {
  constexpr std::size_t shown = 20;
  Table table;
  table.columns = {{"stream"}, {"line"}};
  for (const auto& [stream, text] : page.output) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    const std::size_t first = lines.size() > shown ? lines.size() - shown : 0;
    for (std::size_t i = first; i < lines.size(); ++i) table.rows.push_back({stream, lines[i]});
  }
  return table;
}

}  // namespace ablate
