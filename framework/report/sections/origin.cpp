#include "report/sections/list.hpp"

namespace ablate {
namespace {

Table datasets_table(const Comparison& comparison) {
  Table table{{{"data set"}, {"split"}, {"images"}, {"classes"}, {"SHA-256"}, {"origin"}}, {}};
  for (const auto& set : comparison.datasets) {
    table.rows.push_back(
        {set.name, set.split, set.images, std::int64_t{set.classes}, set.sha256, set.origin});
  }
  return table;
}

Table machines_table(const Comparison& comparison) {
  Table table{{{"machine"}, {"system"}, {"processor"}, {"cores"}, {"memory GiB", 1}, {"BLAS"}, {"kernels"}},
              {}};
  for (const auto& machine : comparison.machines) {
    const double gigabytes = static_cast<double>(machine.memory_bytes) / (1 << 30);
    table.rows.push_back({machine.host, machine.system, machine.processor, std::int64_t{machine.cores},
                          gigabytes, machine.blas, machine.blas_core});
  }
  return table;
}

}  // namespace

Section origin_section(const Comparison& comparison) {
  Section section{"origin", "Origin of the numbers"};
  section.is_appendix = true;
  section.tables = {{"datasets", "Data sets", datasets_table(comparison)},
                    {"machines", "Machines", machines_table(comparison)}};
  return section;
}

}  // namespace ablate
