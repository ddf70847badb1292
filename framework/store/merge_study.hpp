#pragma once
/// One study of one source into the file. Private to framework/store.

#include "store/connection.hpp"
#include "store/merge.hpp"

namespace ablate {

/// Where rows come from and go to. The source is attached to `into` as `from`; all is in one transaction.
struct MergeContext {
  Connection& into;
  std::string from;
  std::filesystem::path source;
  const MergeOptions& options;
};

/// A study of the source.
struct SourceStudy {
  std::int64_t id = 0;
  std::string name;
};

/// Empties, or makes, the temporary tables that map ids of the source to ours: merge_variant, merge_dataset,
/// merge_machine, merge_run.
void clear_maps(Connection& into);

/// Brings the study over. Conflicts are added to `conflicts`, and settled as the options say; under
/// OnConflict::refuse the rows of such runs are left as they are. Throws RequestError for a different study
/// of the same name.
MergedStudy merge_study(const MergeContext& context, const SourceStudy& study,
                        std::vector<MergeConflict>& conflicts);

/// Fills merge_dataset and merge_machine with what the study's runs used, adding what is not there yet.
void map_provenance(const MergeContext& context, std::int64_t source_study);

/// Runs, their rows and tags; fills merge_run. merge_variant, merge_dataset and merge_machine are filled.
void merge_runs(const MergeContext& context, const SourceStudy& study, std::int64_t study_id,
                MergedStudy& merged, std::vector<MergeConflict>& conflicts);

/// What a study plans: the runs that are not obsolete.
struct StoredPlan {
  std::vector<std::string> variants;  ///< in their order
  std::vector<std::int64_t> seeds;    ///< rising
  bool operator==(const StoredPlan&) const = default;
};
StoredPlan stored_plan(Connection& connection, const std::string& schema, std::int64_t study_id);

/// Makes the study's plan that of both files together, where the runs that came made it wider than `before`.
void unite_plans(const MergeContext& context, const SourceStudy& study, std::int64_t study_id,
                 const StoredPlan& before, MergedStudy& merged);

}  // namespace ablate
