#pragma once
/// Metrics outside the suite, by whatever name a program reports them, and epochs that it reports twice.

#include <string>

namespace ablate {

struct FreeValue {
  std::string split;  ///< "train", "validation", "test"; empty: of the run as a whole
  std::string metric;
  double value = 0.0;
};

struct FreeValueAt {
  int epoch = 0;
  FreeValue value;
};

/// An epoch that was reported once more, and the first metric whose value was another one.
struct RepeatedEpoch {
  int epoch = 0, attempt = 0;
  std::string metric;  ///< "test.accuracy"; empty: all were the same bits
  double first = 0.0, again = 0.0;
};

}  // namespace ablate
