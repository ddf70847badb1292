#include <algorithm>
#include <charconv>
#include <iterator>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "data/dataset.hpp"
#include "exchange/export.hpp"
#include "metrics/metric_table.hpp"
#include "runner/predictions.hpp"
#include "store/merge.hpp"
#include "text/escape.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

struct ExportRequest {
  std::string what, run, database, out, without, split = "test", format = "csv";
  std::vector<std::string> sets;
  bool retrain = false;
};

/// The double whose shortest text is that of the float: 0.1, not 0.10000000149011612.
double shortest(float value) {
  double nearest = 0.0;
  const std::string text = fmt::format("{}", value);
  std::from_chars(text.data(), text.data() + text.size(), nearest);
  return nearest;
}

/// One row per image: where it stands, truth, prediction, every probability.
class PredictionWriter {
 public:
  PredictionWriter(const Dataset& dataset, Format format, std::ostream& out)
      : dataset_(dataset), format_(format), out_(out) {
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
    write(table);
  }

  void finish() {
    if (format_ == Format::json) out_ << (first_ ? "[]\n" : "]\n");
  }

 private:
  /// Block after block makes one document: one head, or one array.
  void write(const Table& table) {
    std::string text = render(table, format_);
    if (format_ == Format::csv && !first_) text.erase(0, text.find('\n') + 1);
    if (format_ == Format::json) {
      text.erase(text.rfind(']'));
      if (!first_) text.front() = ',';
    }
    out_ << text;
    first_ = false;
  }

  const Dataset& dataset_;
  Format format_;
  std::ostream& out_;
  std::vector<Column> head_;
  bool first_ = true;
};

int export_predictions(const ExportRequest& given, Console& console) {
  const Format format = parse_format(given.format);
  if (format != Format::csv && format != Format::json) {
    throw RequestError(fmt::format("export takes --format csv or json, not {}", given.format));
  }
  const SplitName split = parse_split(given.split);
  const Reader reader = Reader::snapshot(database_path(given.database));
  const RunRecord run = reader.run(given.run);
  const Config config = run_config(reader, run, given.sets);
  PredictionOptions options;
  options.retrain = given.retrain;
  options.on_epoch = [&](int epoch, int epochs) {
    console.err << fmt::format("training again: epoch {} of {}\n", epoch, epochs) << std::flush;
  };
  const auto dataset = std::make_shared<const Dataset>(load_dataset(config.data));
  const InterruptFlag interrupt;  // not before: Ctrl-C while images are loaded just ends the program
  RunPredictor predictor(reader, run, config, dataset, options, until(interrupt.get()));
  if (predictor.is_stopped()) return exit_interrupted;
  if (!predictor.warning().empty()) console.err << "note: " << predictor.warning() << "\n";
  PredictionWriter writer(predictor.dataset(), format, console.exact());
  predictor.each_block(split, [&](const PredictionBlock& block) {
    if (!interrupt.get()) writer.write(block);
  });
  if (interrupt.get()) return exit_interrupted;
  writer.finish();
  return exit_done;
}

/// "quickstart.json" in the working folder, unless `--out` says otherwise.
std::filesystem::path out_path(const ExportRequest& given, const char* ending) {
  return given.out.empty() ? slug(given.run) + ending : given.out;
}

/// A study as a file or folder; its path is what is printed. JSON goes to standard output by itself.
int export_study(const ExportRequest& given, Console& console) {
  const auto database = database_path(given.database);
  const std::string study = Reader(database).study(given.run).name;
  const ExportOptions parts{given.without != "weights"};
  const InterruptFlag interrupt;
  if (given.what == "json" && given.out.empty()) {
    return export_json(database, study, console.exact(), parts, interrupt.get()) ? exit_done
                                                                                 : exit_interrupted;
  }
  const auto path = out_path(given, given.what == "sqlite" ? ".db" : "");
  bool whole = false;
  if (given.what == "json") whole = export_json(database, study, path, parts, interrupt.get());
  if (given.what == "csv") whole = export_csv(database, study, path, parts, interrupt.get());
  if (given.what == "sqlite")
    whole = !export_database(database, study, path, parts.weights, interrupt.get()).interrupted;
  if (!whole) return exit_interrupted;
  console.out << path.string() << "\n";
  return exit_done;
}

}  // namespace

int export_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  ExportRequest given;
  Options options(self);
  options.positional("WHAT", given.what, true, "json, csv or sqlite of a study, or predictions of a run")
      .offers({"json", "csv", "sqlite", "predictions"});
  options.positional("STUDY|RUN", given.run, true,
                     "a study's name; or a run's number, the start of its uuid, or study/variant/seed");
  options.text("out", "PATH", given.out,
               "a new file, or a new folder for CSV; default: standard output for JSON, else named "
               "after the study");
  options
      .text("without", "PART", given.without,
            "of a study: weights, which are most of its bytes; predictions then need training again")
      .offers({"weights"});
  options.text("split", "SPLIT", given.split, "of predictions: train, validation or test (the default)");
  options.flag(
      "retrain", given.retrain,
      "for predictions, train the run again up to its selected epoch instead of using the weights that "
      "were kept");
  add_set_option(options, given.sets);
  add_database_option(options, given.database);
  options.text("format", "FORMAT", given.format, "of predictions: csv or json").offers({"csv", "json"});
  if (!options.parse(arguments, console)) return exit_done;
  if (!given.without.empty() && given.without != "weights")
    throw RequestError(fmt::format("export --without {}: only weights can be left out", given.without));
  const std::vector<std::string> known = {"json", "csv", "sqlite", "predictions"};
  if (given.what == "predictions") return export_predictions(given, console);
  if (std::find(known.begin(), known.end(), given.what) != known.end()) return export_study(given, console);
  throw RequestError(fmt::format("export: there is no '{}'", given.what), suggestion(given.what, known));
}

}  // namespace ablate
