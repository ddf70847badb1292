#include <ostream>

#include <fmt/format.h>

#include "ablate/cli/command.hpp"
#include "ablate/cli/common.hpp"
#include "ablate/runner/plan.hpp"

namespace ablate {
namespace {

/// A row a cell; the cost is that of training alone, without evaluation.
Table cells_table(const Study& study, const Plan& plan, DatasetCache& datasets) {
  Table table;
  table.columns = {{"cell"},
                   {"variant"},
                   {"seed"},
                   {"baseline"},
                   {"parameters"},
                   {"epochs"},
                   {"training_images"},
                   {"flops_per_sample"},
                   {"training_tflop", 2}};
  std::int64_t cell = 0;
  for (const std::int64_t seed : plan.seeds) {
    for (std::size_t i = 0; i < plan.variants.size(); ++i) {
      const VariantRecord& variant = plan.variants[i];
      const Config& config = study.variants[i].config;
      const std::int64_t images = training_images(config, *datasets.get(config.data));
      const std::int64_t epochs = config.training.epochs;
      const double flop =
          static_cast<double>(variant.flops_per_sample) * static_cast<double>(images * epochs);
      table.rows.push_back({++cell, variant.name, seed, std::string(variant.is_baseline ? "yes" : ""),
                            variant.parameters, epochs, images, variant.flops_per_sample, flop / 1e12});
    }
  }
  return table;
}

}  // namespace

int plan_command(const Command& self, const std::vector<std::string>& arguments, Console& console) {
  std::string file, format = "table";
  std::vector<std::string> sets;
  Options options(self);
  options.positional("STUDY.yaml", file, true, "the study file");
  add_set_option(options, sets);
  add_format_option(options, format);
  if (!options.parse(arguments, console)) return exit_done;
  const Format chosen = parse_format(format);

  const Study study = load_study_file(file, sets);
  DatasetCache datasets;
  const Plan plan = plan_study(study, datasets);
  console.out << render(cells_table(study, plan, datasets), chosen);
  console.err << fmt::format("{}: {} variants x {} seeds = {} cells\n", study.name, plan.variants.size(),
                             plan.seeds.size(), plan.variants.size() * plan.seeds.size());
  return exit_done;
}

}  // namespace ablate
