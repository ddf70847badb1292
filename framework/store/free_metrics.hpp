#pragma once
/// Which metrics there are outside the suite, and what a study's runs say of them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/free_values.hpp"
#include "store/reader.hpp"

namespace ablate {

struct FreeMetric {
  std::string split, metric;
  std::optional<bool>
      up;  ///< which way is better; nothing: no study declares it, or they contradict each other
};

/// Those that the study declares, in its order, then those that its runs reported besides; without a study, of all.
/// Takes the same time however many runs there are.
std::vector<FreeMetric> free_metrics(const Reader& reader, std::optional<std::int64_t> study_id);

/// Whether some epoch of the study's runs has a value of that metric outside the suite; without a study, of any run. Takes
/// time in proportion to the runs.
bool is_in_epochs(const Reader& reader, std::optional<std::int64_t> study_id, const std::string& name);

/// The names that a study declares under `trainer.metrics`, also those of the suite; none of a network of ours.
std::vector<std::string> declared_metrics(const Reader& reader, std::int64_t study_id);

/// The same of every study of the file. Takes the same time however many there are.
std::vector<std::string> declared_metrics(const Reader& reader);

/// Whether a study that is not archived declares none: it is of a network of ours.
bool is_any_without_declared(const Reader& reader);

/// Whether runs of one seed share their chance; false where the study says `trainer.paired: false`.
bool is_paired(const Reader& reader, std::int64_t study_id);

struct FreeValueOf {
  std::int64_t run_id = 0;
  int epoch = 0;
  FreeValue value;
};

/// Every value of a study's runs: after every epoch that `condition`, on "m.epoch" and behind others (" AND ..."), takes;
/// or at the selected one.
std::vector<FreeValueOf> study_values(const Reader& reader, std::int64_t study_id,
                                      const std::string& condition = {});
std::vector<FreeValueOf> study_selected_values(const Reader& reader, std::int64_t study_id);

}  // namespace ablate
