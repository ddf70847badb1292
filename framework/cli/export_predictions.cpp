#include "cli/export_predictions.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "data/dataset.hpp"
#include "runner/predictions.hpp"
#include "store/new_file.hpp"
#include "text/table.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

/// The double whose shortest text is that of the float: 0.1, not 0.10000000149011612.
double shortest(float value) {
  double nearest = 0.0;
  const std::string text = fmt::format("{}", value);
  std::from_chars(text.data(), text.data() + text.size(), nearest);
  return nearest;
}

/// Block after block of rows makes one document: one head, or one array.
class BlockWriter {
 public:
  BlockWriter(Format format, std::ostream& out) : format_(format), out_(out) {}

  void write(const Table& table) {
    if (table.rows.empty()) return;
    std::string text = render(table, format_);
    if (format_ == Format::csv && !first_) text.erase(0, text.find('\n') + 1);
    if (format_ == Format::json) {
      text.erase(text.rfind(']'));
      if (!first_) text.front() = ',';
    }
    out_ << text;
    first_ = false;
  }

  void finish() {
    if (format_ == Format::json) out_ << (first_ ? "[]\n" : "]\n");
  }

 private:
  Format format_;
  std::ostream& out_;
  bool first_ = true;
};

/// One row per image: its place, truth, prediction, every probability.
class PredictionWriter {
 public:
  PredictionWriter(const Dataset& dataset, BlockWriter& out) : dataset_(dataset), out_(out) {
    for (const char* name : {"part", "image", "truth", "predicted", "truth_name", "predicted_name"})
      head_.push_back({name});
    for (std::size_t i = 0; i < dataset.classes.size(); ++i) head_.push_back({fmt::format("p{}", i)});
  }

  void write(const PredictionBlock& block) {
    Table table{head_, {}};
    const std::size_t classes = dataset_.classes.size();
    for (std::size_t i = 0; i < block.images.size(); ++i) {
      const std::size_t place = block.images[i];
      const bool train = place < dataset_.train_images;
      std::vector<Value> row = {std::string(train ? "train" : "test"),
                                static_cast<std::int64_t>(train ? place : place - dataset_.train_images),
                                std::int64_t{block.truth[i]},
                                std::int64_t{block.predicted[i]},
                                dataset_.classes[block.truth[i]],
                                dataset_.classes[block.predicted[i]]};
      for (const float p : block.probabilities.subspan(i * classes, classes)) row.emplace_back(shortest(p));
      table.rows.push_back(std::move(row));
    }
    out_.write(table);
  }

 private:
  const Dataset& dataset_;
  BlockWriter& out_;
  std::vector<Column> head_;
};

int export_of_run(const Reader& reader, const ExportRequest& request, Format format, Console& console,
                  std::ostream& out) {
  const SplitName split = parse_split(request.split);
  const RunRecord run = reader.run(request.run);
  const Config config = run_config(reader, run, request.sets);
  PredictionOptions options;
  options.retrain = request.retrain;
  options.on_epoch = [&](int epoch, int epochs) {
    console.err << fmt::format("training again: epoch {} of {}\n", epoch, epochs) << std::flush;
  };
  const auto dataset = std::make_shared<const Dataset>(load_dataset(config.data));
  const InterruptFlag interrupt;  // not before: Ctrl-C while images are loaded just ends the program
  RunPredictor predictor(reader, run, config, dataset, options, until(interrupt.get()));
  if (predictor.is_stopped()) return exit_interrupted;
  if (!predictor.warning().empty()) console.err << "note: " << predictor.warning() << "\n";
  BlockWriter document(format, out);
  PredictionWriter writer(predictor.dataset(), document);
  predictor.each_block(split, [&](const PredictionBlock& block) {
    if (!interrupt.get()) writer.write(block);
  });
  if (interrupt.get()) return exit_interrupted;
  document.finish();
  return exit_done;
}

/// One row per image of one run.
Table prediction_table(const RunRecord& run, const PredictionRecord& predictions,
                       const std::vector<std::uint8_t>& truth, const std::vector<std::string>& names) {
  Table table;
  for (const char* name :
       {"variant", "seed", "run", "image", "truth", "predicted", "truth_name", "predicted_name"})
    table.columns.push_back({name});
  const auto name_of = [&](std::uint8_t label) {
    return label < names.size() ? Value(names[label]) : Value();
  };
  for (std::size_t i = 0; i < predictions.classes.size(); ++i) {
    const std::uint8_t guess = predictions.classes[i];
    const Value label = truth.empty() ? Value() : Value(std::int64_t{truth[i]});
    table.rows.push_back({run.variant, run.seed, run.id, static_cast<std::int64_t>(i), label,
                          std::int64_t{guess}, truth.empty() ? Value() : name_of(truth[i]), name_of(guess)});
  }
  return table;
}

void refuse_options_of_runs(const ExportRequest& request) {
  if (!request.retrain && request.sets.empty() && request.split == "test") return;
  throw RequestError(
      fmt::format("--split, --retrain and --set are for the predictions of a run, and {} is a study",
                  request.run),
      fmt::format("name a run, such as {}/VARIANT/SEED", request.run));
}

int export_of_study(const Reader& reader, const StudyRecord& study, const ExportRequest& request,
                    Format format, Console& console, std::ostream& out) {
  refuse_options_of_runs(request);
  std::vector<RunRecord> done = reader.runs(study.id);
  std::erase_if(done, [](const RunRecord& run) { return run.obsolete || run.status != RunStatus::done; });
  std::size_t written = 0;
  const InterruptFlag interrupt;
  BlockWriter document(format, out);
  std::int64_t dataset = 0;  // most runs share theirs
  std::vector<std::uint8_t> truth;
  std::vector<std::string> names;
  for (const RunRecord& run : done) {
    if (interrupt.get()) return exit_interrupted;
    for (const PredictionRecord& found : reader.predictions({run.id})) {
      if (found.dataset_id != dataset) {
        dataset = found.dataset_id;
        truth = reader.truth(dataset);
        names = reader.dataset(dataset).class_names;
      }
      document.write(prediction_table(run, found, truth, names));
      ++written;
    }
  }
  if (written == 0) {
    throw RequestError(
        fmt::format("no run of {} keeps predictions", study.name),
        "runs that are done keep them since this version; `ablate export predictions RUN` asks one "
        "run's network again");
  }
  document.finish();
  if (written < done.size())
    console.err << fmt::format("note: {} of {} runs keep no predictions and are left out\n",
                               done.size() - written, done.size());
  return exit_done;
}

}  // namespace

int export_predictions(const ExportRequest& request, Console& console) {
  const Format format = parse_format(request.format);
  if (format != Format::csv && format != Format::json) {
    throw RequestError(fmt::format("export takes --format csv or json, not {}", request.format));
  }
  const Reader reader = Reader::snapshot(database_path(request.database));
  const auto named = reader.counts(request.run);
  const auto write = [&](std::ostream& out) {
    return named ? export_of_study(reader, named->study, request, format, console, out)
                 : export_of_run(reader, request, format, console, out);
  };
  if (request.out.empty()) return write(console.exact());
  NewFile made(request.out);
  std::ofstream file(made.part(), std::ios::binary);
  const int code = write(file);
  file.close();
  if (!file) throw RequestError(fmt::format("cannot write {}: {}", request.out, std::strerror(errno)));
  if (code != exit_done) return code;
  made.finish();
  console.out << request.out << "\n";
  return code;
}

}  // namespace ablate
