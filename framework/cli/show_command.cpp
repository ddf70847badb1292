#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ablate/base/bytes.hpp"
#include "ablate/base/finding_kinds.hpp"
#include "ablate/cli/command.hpp"
#include "ablate/cli/common.hpp"
#include "ablate/store/reader.hpp"

namespace ablate {
namespace {

constexpr std::size_t confused_pairs = 10;

/// A run and what the database knows around it.
struct RunPage {
  std::string study;
  RunRecord run;
  VariantRecord variant;
  std::vector<SplitMetrics> curves, selected;
  std::vector<EpochRow> epochs;
  std::vector<ClassMetrics> classes;
  std::vector<ConfusionCell> confusion;
  std::vector<std::string> class_names;
  std::optional<AuditRecord> audit;
  std::vector<LeakRecord> findings;
  std::map<std::string, std::string> output;  ///< of the worker, by stream
};

RunPage read_page(const Reader& reader, const std::string& reference) {
  RunPage page;
  page.run = reader.run(reference);
  page.study = reader.study_name_of_run(page.run.id);
  page.variant = reader.variant(page.run.variant_id);
  page.curves = reader.run_curves(page.run.id);
  page.selected = reader.run_selected(page.run.id);
  page.epochs = reader.run_epochs(page.run.id);
  page.classes = reader.classes(page.run.id, SplitName::test);
  page.audit = reader.run_audit(page.run.id);
  page.findings = reader.run_leaks(page.run.id);
  page.output = reader.run_output(page.run.id);
  page.confusion = reader.confusion(page.run.id, SplitName::test);
  if (page.run.test_dataset_id) page.class_names = reader.dataset(page.run.test_dataset_id).class_names;
  return page;
}

std::string class_name(const RunPage& page, std::size_t index) {
  return index < page.class_names.size() ? page.class_names[index] : std::to_string(index);
}

/// Where the time of a run's epochs went: "12.3 s: training 81.0 %, forward passes 14.2 %, ...".
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
  std::string text = fmt::format("{:.1f} s: training {:.1f} %, ", all, 100.0 * train / all);
  if (std::isnan(metrics)) {
    text += fmt::format("evaluation {:.1f} %", 100.0 * evaluate / all);
  } else {
    text += fmt::format("forward passes of the evaluation {:.1f} %, metrics {:.2f} %",
                        100.0 * (evaluate - metrics) / all, 100.0 * metrics / all);
  }
  return text + fmt::format(", database {:.3f} %", 100.0 * store / all);
}

Table facts_table(const Reader& reader, const RunPage& page) {
  Table table;
  table.columns = {{"fact"}, {"value"}};
  const auto add = [&](const std::string& fact, const std::string& value) {
    if (!value.empty()) table.rows.push_back({fact, value});
  };
  const RunRecord& run = page.run;
  add("run", fmt::format("{} ({})", run.id, run.uuid));
  add("study", page.study);
  add("variant", run.variant + (page.variant.is_baseline ? " (baseline)" : ""));
  add("seed", std::to_string(run.seed));
  add("status", to_string(run.status));
  add("why", run.error.empty() ? run.exit_reason : run.error);
  if (run.obsolete) add("obsolete", "the study's newest plan lacks it: reports leave it out");
  add("tags", fmt::format("{}", fmt::join(reader.run_tags(run.id), ", ")));
  for (const NoteRecord& note : reader.run_notes(run.id)) add("note of " + note.created_at, note.text);
  if (run.archived) add("archived", "`ablate runs` shows it with --all only");
  for (const FactorRecord& factor : page.variant.factors) add(factor.key, to_string(factor.value));
  add("parameters", std::to_string(page.variant.parameters));
  add("FLOPs a sample", std::to_string(page.variant.flops_per_sample));
  add("epochs", std::to_string(run.epochs_done));
  if (run.best_epoch) add("selected epoch", fmt::format("{} (by {})", *run.best_epoch, run.selected_by));
  add("training set evaluated", run.train_evaluated);
  add("time of the epochs", time_text(page.epochs));
  add("started", run.started_at);
  add("ended", run.ended_at);
  if (run.resumed > 0)
    add("went on from a checkpoint", run.resumed == 1 ? "once" : fmt::format("{} times", run.resumed));
  if (run.peak_memory_bytes > 0)
    add("peak memory", bytes_text(static_cast<std::uint64_t>(run.peak_memory_bytes)));
  add("code", run.code_version);
  if (!run.code_diff_sha256.empty())
    add("difference from that commit", "SHA-256 " + run.code_diff_sha256.substr(0, 16));
  add("build", run.build);
  if (run.machine_id) {
    const MachineRecord machine = reader.machine(run.machine_id);
    add("machine", fmt::format("{}, {}, {} cores, {} ({} kernels)", machine.host, machine.processor,
                               machine.cores, machine.blas, machine.blas_core));
  }
  for (const std::int64_t id : {run.train_dataset_id, run.test_dataset_id}) {
    if (!id) continue;
    const DatasetRecord data = reader.dataset(id);
    add("data, " + data.split, fmt::format("{}, {} images, {} classes, SHA-256 {}", data.name, data.images,
                                           data.classes, data.sha256.substr(0, 16)));
  }
  return table;
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

bool leaked(const RunPage& page) {
  return std::any_of(page.findings.begin(), page.findings.end(),
                     [](const LeakRecord& found) { return severity_of(found.kind) == Severity::leak; });
}

Table selected_table(const RunPage& page) {
  Table table;
  table.columns = {{"metric"}};
  for (const SplitMetrics& at : page.selected) {
    const bool marked = at.split == SplitName::test && leaked(page);
    table.columns.push_back({fmt::format("{}{}", to_string(at.split), marked ? " †" : ""), 4});
  }
  for (const Metric& metric : metric_table()) {
    auto& row = table.rows.emplace_back(1, Value(std::string(metric.name)));
    for (const SplitMetrics& at : page.selected) row.emplace_back(at.suite.*metric.value);
  }
  return table;
}

Table curve_table(const RunPage& page) {
  Table table;
  const char* mark = leaked(page) ? " †" : "";
  table.columns = {{"epoch"},
                   {"learning_rate", 6},
                   {"gradient_norm", 4},
                   {"train.log_loss", 4},
                   {"train.accuracy", 4},
                   {"validation.log_loss", 4},
                   {"validation.accuracy", 4},
                   {fmt::format("test.accuracy{}", mark), 4},
                   {"images_per_second", 0}};
  for (const EpochRow& row : page.epochs) {
    std::vector<Value> cells(table.columns.size());
    cells[0] = static_cast<std::int64_t>(row.epoch);
    cells[1] = row.learning_rate;
    cells[2] = row.gradient_norm;
    cells[8] = row.samples_per_second;
    for (const SplitMetrics& at : page.curves) {
      if (at.epoch != row.epoch) continue;
      const std::size_t first = at.split == SplitName::train ? 3 : 5;
      if (at.split != SplitName::test) cells[first] = at.suite.log_loss;
      cells[at.split == SplitName::test ? 7 : first + 1] = at.suite.accuracy;
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table classes_table(const RunPage& page) {
  Table table;
  table.columns = {{"class"}, {"support"},        {"precision", 4}, {"recall", 4},
                   {"f1", 4}, {"specificity", 4}, {"auc_roc", 4}};
  for (std::size_t i = 0; i < page.classes.size(); ++i) {
    const ClassMetrics& c = page.classes[i];
    table.rows.push_back({class_name(page, i), static_cast<std::int64_t>(c.support), c.precision, c.recall,
                          c.f1, c.specificity, c.auc_roc});
  }
  return table;
}

/// A row a line, the last ones.
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

Table confusions_table(const RunPage& page) {
  std::vector<ConfusionCell> wrong;
  for (const ConfusionCell& cell : page.confusion) {
    if (cell.truth != cell.predicted) wrong.push_back(cell);
  }
  std::stable_sort(wrong.begin(), wrong.end(),
                   [](const auto& a, const auto& b) { return a.count > b.count; });
  wrong.resize(std::min(wrong.size(), confused_pairs));
  Table table;
  table.columns = {{"truth"}, {"predicted"}, {"images"}};
  for (const ConfusionCell& cell : wrong) {
    table.rows.push_back({class_name(page, static_cast<std::size_t>(cell.truth)),
                          class_name(page, static_cast<std::size_t>(cell.predicted)), cell.count});
  }
  return table;
}

/// Several tables one after the other, as one document: JSON is one object with a member a table, in other
/// formats each table has its title on the line before it.
class Sections {
 public:
  Sections(std::ostream& out, Format format) : out_(out), format_(format) {}
  ~Sections() {
    if (format_ == Format::json) out_ << (first_ ? "{}\n" : "}\n");
  }
  Sections(const Sections&) = delete;
  Sections& operator=(const Sections&) = delete;

  void add(const std::string& title, const Table& table) {
    if (table.rows.empty()) return;
    if (format_ == Format::json) {
      out_ << fmt::format("{}\"{}\": {}", first_ ? "{" : ",", title, render(table, format_));
    } else {
      const char* mark = format_ == Format::latex ? "% " : format_ == Format::markdown ? "## " : "";
      out_ << fmt::format("{}{}{}\n{}", first_ ? "" : "\n", mark, title, format_ == Format::csv ? "" : "\n");
      out_ << render(table, format_);
    }
    first_ = false;
  }

 private:
  std::ostream& out_;
  Format format_;
  bool first_ = true;
};

}  // namespace

int show_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string reference, database, format = "table";
  Options options(self);
  options.positional("RUN", reference, true, "a run's number, the start of its uuid, or study/variant/seed");
  add_database_option(options, database);
  add_format_option(options, format);
  bool config = false;
  options.flag("config", config, "print the run's whole resolved configuration as YAML, and nothing else");
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const Reader reader(database_path(database));
  const RunPage page = read_page(reader, reference);
  if (config) {
    console.out << page.variant.config;
    return exit_done;
  }
  Sections sections(console.out, chosen);
  const auto section = [&](const std::string& title, const Table& table) { sections.add(title, table); };
  section("Run", facts_table(reader, page));
  if (page.run.train_dataset_id) section("Leak audit", audit_table(page));
  section(leaked(page) ? "At the selected epoch († leaked: no evidence of how the network does on new images)"
                       : "At the selected epoch",
          selected_table(page));
  section("Epoch by epoch", curve_table(page));
  section("What its worker printed", output_table(page));
  const std::string on_test = leaked(page) ? "on test †" : "on test";
  section("Classes, " + on_test, classes_table(page));
  section("Most confused, " + on_test, confusions_table(page));
  return exit_done;
}

}  // namespace ablate
