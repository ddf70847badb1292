#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ablate/base/error.hpp"
#include "ablate/base/process.hpp"
#include "ablate/base/suggest.hpp"
#include "ablate/cli/command.hpp"
#include "ablate/cli/common.hpp"
#include "ablate/cli/data_study.hpp"
#include "ablate/data/contact_sheet.hpp"
#include "ablate/data/sources.hpp"

namespace ablate {
namespace {

int list(Format format, Console& console) {
  Table table;
  table.columns = {{"source"}, {"present"}, {"what"}, {"place"}, {"splits"}, {"how_to_get"}};
  for (const SourceInfo& source : list_sources()) {
    table.rows.push_back({source.name, std::string(source.present ? "yes" : "no"), source.description, source.place,
                          fmt::format("{}", fmt::join(source.splits, " ")), source.how_to_get});
  }
  console.out << render(table, format);
  return exit_done;
}

int preview(const std::string& what, const std::vector<std::string>& sets, int per_class, const std::string& out,
            Console& console) {
  if (what.empty()) {
    throw RequestError("ablate data preview: say of what", "ablate data preview glyphs --out glyphs.png");
  }
  const Dataset dataset = load_dataset(load_study_or_source(what, sets).variants.front().config.data);
  const std::filesystem::path png = out.empty() ? dataset.name + ".png" : out;
  write_contact_sheet(dataset, per_class, png);
  console.err << fmt::format("{}: {} training and {} test images, {} classes\n", dataset.name, dataset.train_images,
                             dataset.test_images, dataset.classes.size());
  console.out << "contact sheet: " << png.string() << "\n";
  return exit_done;
}

int fetch(const std::string& what, Console& console) {
  if (what != "fashion_mnist") {
    const auto names = source_names();
    if (std::find(names.begin(), names.end(), what) == names.end()) {
      throw RequestError(fmt::format("there is no data source '{}'", what), suggestion(what, names));
    }
    for (const SourceInfo& source : list_sources()) {
      if (source.name == what) {
        throw RequestError(fmt::format("{} cannot be fetched by this program yet", what), source.how_to_get);
      }
    }
  }
  std::vector<std::string> command = {"apt-get", "install", "-y", "--no-install-recommends", "dataset-fashion-mnist"};
  if (!is_root()) command.insert(command.begin(), "sudo");
  console.err << fmt::format("running: {}\n", fmt::join(command, " ")) << std::flush;
  const int status = run_process(command);
  if (status != 0) {
    throw RequestError(fmt::format("'{}' ended with exit code {}", fmt::join(command, " "), status),
                       "run 'apt-get update' first, or install the Debian package dataset-fashion-mnist by hand");
  }
  return exit_done;
}

}  // namespace

int data_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string action, what, out, format = "table";
  std::vector<std::string> sets;
  std::optional<double> near;
  double per_class = 12;
  Options options(self);
  options.positional("ACTION", action, true, "list, check, preview or fetch");
  options.positional("WHAT", what, false, "a source (glyphs, fashion_mnist, emnist, ...) or, for check and preview, a study file");
  options.text("out", "FILE", out, "preview: the PNG to write; default: the data set's name");
  options.number("per-class", "N", per_class, 1, "preview: images a class");
  options.optional_number("near", "LEVELS", near, usual_near_threshold, 0,
                          fmt::format("check: look for near-duplicates too, within a mean absolute difference of LEVELS "
                                      "grey levels of 255 ({} where none is given)", usual_near_threshold));
  add_set_option(options, sets);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  if (action == "list") return list(chosen, console);
  if (action == "check") return check_data(what, sets, near, chosen, console);
  if (action == "preview") return preview(what, sets, static_cast<int>(per_class), out, console);
  if (action == "fetch") return fetch(what, console);
  throw RequestError(fmt::format("ablate data: there is no action '{}'", action),
                     suggestion(action, std::vector<std::string>{"list", "check", "preview", "fetch"}));
}

}  // namespace ablate
