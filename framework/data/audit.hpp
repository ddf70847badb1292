#pragma once
/// What in a data set would make numbers measured on it mislead.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/finding_kinds.hpp"
#include "data/dataset.hpp"
#include "data/partition.hpp"

namespace ablate {

struct AuditOptions {
  /// Grey levels of 255: test images that differ from a training image by at most this much in the mean
  /// absolute difference of their pixels are reported. Nothing: near-duplicates are not looked for.
  std::optional<double> near_threshold;
  /// Bounds the time of that search; see near_images.
  std::uint64_t most_comparisons = 20'000'000'000;
};

/// The `near_threshold` that is used where somebody asks for near-duplicates and names none: noise of a level
/// or two stays under it; different characters of one hand, thin ones too, stay above.
constexpr double usual_near_threshold = 1.0;

struct DataFinding {
  std::string kind;  ///< of finding_kinds()
  std::string
      detail;  ///< a clause that says what, and names the first case by its place in its split, from 0
  std::int64_t count = 0;

  Severity severity() const { return severity_of(kind); }
};

struct AuditReport {
  std::size_t train_images = 0, test_images = 0;
  std::optional<double> near_threshold;  ///< as asked
  std::size_t near_checked = 0;          ///< test images that the search for near-duplicates got to
  std::vector<DataFinding> findings;     ///< leaks first, then in the order of finding_kinds()
};

/// Looks at all images of both splits. Pure; the counts do not depend on the order of the images.
///
/// - Duplicates are exact: images count as equal where every pixel is, whatever their labels.
/// - Near-duplicates are looked for on request, between test and train alone, and leave out test images whose
/// exact
///   copy is in train.
/// - class_shares: a class's share in one split is more than 1.5 times that in the other, and the two are
/// more than 5
///   standard errors apart (two-proportion z with pooled variance), where each split would hold at least 10
///   of the class if the shares were equal. Random splits of one source stay silent.
AuditReport audit(const Dataset& dataset, const AuditOptions& options = {});

/// Classes without a validation image though they are trained on, where there is a validation part at all.
std::vector<DataFinding> audit_partition(const Dataset& dataset, const Partition& parts);

/// Leaks first, then warnings, then notes; otherwise in the order of finding_kinds().
bool comes_before(const DataFinding& a, const DataFinding& b);

}  // namespace ablate
