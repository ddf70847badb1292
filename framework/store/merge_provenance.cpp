#include <fmt/format.h>

#include "store/merge_study.hpp"
#include "store/merge_tables.hpp"

namespace ablate {
namespace {

/// Adds the rows of `table` that the study's runs use and we lack, and maps each to ours by what is unique.
void map_table(const MergeContext& context, const std::string& table, const std::string& used,
               const std::vector<std::string>& unique, std::int64_t source_study) {
  const std::string columns = listed(columns_of(context.into, table, {"id"}));
  Query add(context.into, fmt::format("INSERT INTO main.{0}({1}) SELECT {1} FROM {2}.{0} WHERE id IN ({3}) "
                                      "ORDER BY id ON CONFLICT ({4}) DO NOTHING",
                                      table, columns, context.from, used, listed(unique)));
  (add << source_study).run();
  Query map(
      context.into,
      fmt::format("INSERT INTO temp.merge_{0}(old, new) SELECT s.id, d.id FROM {1}.{0} AS s JOIN main.{0} "
                  "AS d ON ({2}) = ({3}) WHERE s.id IN ({4})",
                  table, context.from, listed(unique, "d."), listed(unique, "s."), used));
  (map << source_study).run();
}

}  // namespace

void map_provenance(const MergeContext& context, std::int64_t source_study) {
  map_table(context, "machine",
            fmt::format("SELECT machine_id FROM {}.run WHERE study_id = ?1", context.from),
            {"host", "system", "processor", "cores", "memory_bytes", "blas", "blas_core"}, source_study);
  map_table(context, "dataset",
            fmt::format("SELECT train_dataset_id FROM {0}.run WHERE study_id = ?1 UNION "
                        "SELECT test_dataset_id FROM {0}.run WHERE study_id = ?1",
                        context.from),
            {"sha256", "name", "split"}, source_study);
  for (const TableColumns& owned : tables_owned_by(context.into, "dataset_id")) {
    Query copy(
        context.into,
        fmt::format("INSERT INTO main.{0}(dataset_id, {1}) SELECT m.new, {2} FROM temp.merge_dataset AS m "
                    "CROSS JOIN {3}.{0} AS s ON s.dataset_id = m.old WHERE true ON CONFLICT DO NOTHING",
                    owned.table, listed(owned.columns), listed(owned.columns, "s."), context.from));
    copy.run();
  }
}

}  // namespace ablate
