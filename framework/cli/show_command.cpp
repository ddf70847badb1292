#include <ostream>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/common.hpp"
#include "cli/mark_target.hpp"
#include "cli/sections.hpp"
#include "cli/show_page.hpp"
#include "cli/study_page.hpp"

namespace ablate {
namespace {

void write(Sections& page, const RunPage& of, bool braille) {
  const bool leaked = is_leaked(of);
  const std::size_t most = page.is_for_files() ? 0 : 10;
  page.add("Run", facts_table(of));
  if (!of.baseline) {
    page.add("What differs from the baseline", std::string("The study names no baseline."));
  } else if (of.variant.is_baseline) {
    page.add("What differs from the baseline", std::string("Nothing: this is a run of the baseline."));
  } else {
    page.add("What differs from the baseline", differences_table(of));
  }
  if (of.run.origin.train_dataset_id) page.add("Leak audit", audit_table(of));
  page.add(leaked ? "At the selected epoch († leaked: no evidence of how the network does on new images)"
                  : "At the selected epoch",
           selected_table(of));
  page.add_drawing("Accuracy", draw_curves(accuracy_curves(of), {.braille = braille}));
  page.add("Epoch by epoch", epochs_table(of));
  if (!of.values.empty()) page.add("Metrics of its own, epoch by epoch", values_table(of));
  page.add("What its worker printed", output_table(of));
  const std::string on_test = leaked ? "on test †" : "on test";
  page.add("Worst classes by F1, " + on_test, worst_classes_table(of, most));
  page.add("Most confused, " + on_test, confusions_table(of, most));
}

}  // namespace

int show_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string reference, database, format = "table";
  Options options(self);
  options.positional("RUN", reference, true,
                     "a run's number, the start of its uuid, or study/variant/seed; or a study's name");
  add_database_option(options, database);
  add_format_option(options, format);
  bool config = false;
  options.flag("config", config, "print the whole resolved configuration as YAML, and nothing else");
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const Reader reader = Reader::snapshot(database_path(database));
  const MarkTarget target = find_target(reader, reference);
  if (config) {
    console.out << (target.study ? target.study->config : reader.variant(target.run.variant_id).config);
    return exit_done;
  }
  Sections page(console.out, chosen, console.terminal.width);
  if (target.study) {
    write_study_page(page, reader, *target.study);
  } else {
    write(page, read_page(reader, std::to_string(target.run.id), database_path(database)),
          console.terminal.braille);
  }
  return exit_done;
}

}  // namespace ablate
