#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/export_predictions.hpp"
#include "cli/interrupt.hpp"
#include "exchange/export.hpp"
#include "exchange/export_trackers.hpp"
#include "store/merge.hpp"
#include "text/escape.hpp"
#include "text/numbers.hpp"

namespace ablate {
namespace {

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
  if (given.what == "tensorboard") whole = export_tensorboard(database, study, path, interrupt.get());
  if (given.what == "mlflow") {
    const MlflowExport made = export_mlflow(database, study, path, interrupt.get());
    whole = made.whole;
    if (!made.renamed.empty())
      console.err << fmt::format("note: renamed for MLflow: {}\n", escape_terminal(names_text(made.renamed)));
  }
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
  options
      .positional(
          "WHAT", given.what, true,
          "json, csv, sqlite, tensorboard or mlflow (the runs, each under a parent run of its variant) of a "
          "study, or predictions of a run")
      .offers({"json", "csv", "sqlite", "tensorboard", "mlflow", "predictions"});
  options.positional(
      "STUDY|RUN", given.run, true,
      "a study's name; or, of predictions, a run's number, the start of its uuid, or study/variant/seed");
  options.text(
      "out", "PATH", given.out,
      "a new file, or a new folder for CSV, TensorBoard or MLflow; default: standard output for JSON and "
      "predictions, else named after the study");
  options
      .text("without", "PART", given.without,
            "of a study: weights, which are most of its bytes; predictions then need training again")
      .offers({"weights"});
  options.text("split", "SPLIT", given.split,
               "of a run's predictions: train, validation or test (the default)");
  options.flag(
      "retrain", given.retrain,
      "for a run's predictions, train it again up to its selected epoch instead of using the weights that "
      "were kept");
  add_set_option(options, given.sets);
  add_database_option(options, given.database);
  options.text("format", "FORMAT", given.format, "of predictions: csv or json").offers({"csv", "json"});
  if (!options.parse(arguments, console)) return exit_done;
  if (!given.without.empty() && given.without != "weights")
    throw RequestError(fmt::format("export --without {}: only weights can be left out", given.without));
  const std::vector<std::string> known = {"json", "csv", "sqlite", "tensorboard", "mlflow", "predictions"};
  if (given.what == "predictions") return export_predictions(given, console);
  if (std::find(known.begin(), known.end(), given.what) != known.end()) return export_study(given, console);
  throw RequestError(fmt::format("export: there is no '{}'", given.what), suggestion(given.what, known));
}

}  // namespace ablate
