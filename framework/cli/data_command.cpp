#include <optional>
#include <ostream>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/suggest.hpp"
#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/data_fetch.hpp"
#include "cli/data_list.hpp"
#include "cli/data_study.hpp"
#include "data/contact_sheet.hpp"
#include "text/folder_name.hpp"

namespace ablate {
namespace {

int preview(const std::string& what, const std::vector<std::string>& sets, int per_class,
            const std::string& out, Console& console) {
  if (what.empty()) {
    throw RequestError("data preview: say of what", "ablate data preview glyphs --out glyphs.png");
  }
  const Dataset dataset =
      load_dataset(load_study_or_source(what, sets, console).variants.front().config.data);
  const std::filesystem::path png = out.empty() ? folder_name(dataset.name) + ".png" : out;
  write_contact_sheet(dataset, per_class, png);
  console.err << fmt::format("{}: {} training and {} test images, {} classes\n", dataset.name,
                             dataset.train_images, dataset.test_images, dataset.classes.size());
  console.out << "contact sheet: " << png.string() << "\n";
  return exit_done;
}

}  // namespace

int data_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string action, what, out, format = "table";
  std::vector<std::string> sets;
  std::optional<double> near;
  std::int64_t per_class = 12;
  bool hashes = false;
  FetchOptions fetch;
  Options options(self);
  options.positional("ACTION", action, true, "list, check, preview or fetch")
      .offers({"list", "check", "preview", "fetch"});
  options
      .positional("WHAT", what, false,
                  "a source (glyphs, fashion_mnist, emnist, ...) or, for check and preview, a study file")
      .offers(source_names(), ValueKind::study_file);
  options.flag("hashes", hashes,
               "list: load what is there and show the SHA-256 of each part, as list SOURCE does");
  add_fetch_options(options, fetch);
  options.text("out", "FILE", out, "preview: the PNG to write; default: the data set's name");
  options.count("per-class", "N", per_class, 1, "preview: images per class");
  options.optional_number(
      "near", "LEVELS", near, usual_near_threshold, 0,
      fmt::format("check: search for near-duplicates too, within a mean absolute difference of LEVELS "
                  "grey levels of 255 ({} where none is given)",
                  usual_near_threshold));
  add_set_option(options, sets);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  if (action == "list") return list_data(what, hashes, chosen, console);
  if (action == "check") return check_data(what, sets, near, chosen, console);
  if (action == "preview") return preview(what, sets, static_cast<int>(per_class), out, console);
  if (action == "fetch") return fetch_data(what, fetch, console);
  throw RequestError(fmt::format("data: there is no action '{}'", action),
                     suggestion(action, std::vector<std::string>{"list", "check", "preview", "fetch"}));
}

}  // namespace ablate
