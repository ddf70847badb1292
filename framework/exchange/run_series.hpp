#pragma once
/// A run as other trackers see it: parameters, and values by name and step.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/value.hpp"
#include "store/reader.hpp"

namespace ablate {

struct SeriesPoint {
  int step = 0;        ///< the epoch
  double seconds = 0;  ///< since 1970, when it ended: the run's start and its epochs' time
  std::string name;    ///< "test.accuracy"
  double value = 0.0;  ///< never NaN
};

struct RunSeries {
  RunRecord run;
  VariantRecord variant;
  std::vector<std::pair<std::string, Value>> settings;  ///< of the variant, by key
  std::vector<SeriesPoint> points;                      ///< by step, then name
  double started = 0.0, ended = 0.0;                    ///< seconds since 1970; 0: never
};

/// The study's runs that were begun and are in its newest plan, by variant and seed, one at a time.
void each_series(const Reader& reader, const StudyRecord& study,
                 const std::function<void(const RunSeries&)>& visit);

/// "2026-11-22T19:05:30.125Z" as seconds since 1970; 0 where it is no such text.
double seconds_of(const std::string& moment);

/// "gain=2 seed 7", a name that can name a folder.
std::string session_name(const RunSeries& series);

}  // namespace ablate
