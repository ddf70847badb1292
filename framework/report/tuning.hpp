#pragma once
/// What each variant was given before it was compared, and by what.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "stats/summary.hpp"
#include "store/reader.hpp"

namespace ablate {

/// What was tried for a variant, in the study that tunes.
struct TriedVariant {
  std::string variant;
  std::vector<std::string> labels;  ///< "initial=0.01"
  std::vector<std::string> names;   ///< of the variant of the tuning study that has it, for each label
};

struct TuningRequest {
  std::string study;  ///< "NAME (tuning)"
  std::vector<std::string> keys;
  Monitor by;
  std::size_t seeds = 0;
  std::vector<TriedVariant> variants;
};

struct TunedChoice {
  std::string label;
  Summary by;             ///< over the tuning runs that are done
  std::size_t ended = 0;  ///< runs that are done, diverged or failed
};

struct TunedVariant {
  std::string variant;
  std::vector<TunedChoice> choices;
  /// The best mean among the choices whose runs are all done; among the others where there is none such; nothing while a
  /// run is missing, or where none is done.
  std::optional<std::size_t> chosen;
};

struct Tuning {
  TuningRequest asked;
  std::vector<TunedVariant> variants;  ///< in the order asked for
};

/// Of a study that is not there: every choice without a run.
Tuning read_tuning(const Reader& reader, const TuningRequest& request);

}  // namespace ablate
