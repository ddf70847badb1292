#include "base/finding_kinds.hpp"

#include <algorithm>
#include <array>

namespace ablate {
namespace {

constexpr std::array kinds = {
    FindingKind{"trained_on_test", Severity::leak, "test images that `data.train_on` trains on"},
    FindingKind{"selected_on_test", Severity::leak, "test images that chose the epoch"},
    FindingKind{"scheduled_on_test", Severity::leak, "test images that steered the learning rate"},
    FindingKind{"duplicates_across", Severity::leak, "test images with an exact copy in train"},
    FindingKind{"near_duplicates", Severity::warning, "test images with a near-duplicate in train"},
    FindingKind{"duplicates_in_train", Severity::warning, "training images that repeat an earlier one"},
    FindingKind{"duplicates_in_test", Severity::warning, "test images that repeat an earlier one"},
    FindingKind{"label_conflicts", Severity::warning, "images whose exact copy bears another label"},
    FindingKind{"class_shares", Severity::warning,
                "classes much more frequent in one split than in the other"},
    FindingKind{"missing_class", Severity::warning, "classes that one part lacks and another one has"},
    FindingKind{"empty_split", Severity::warning, "splits without an image"},
    FindingKind{"labels_beyond_classes", Severity::warning, "images whose label is not a class"},
    FindingKind{"unused_class", Severity::note, "classes that have a name and no image"},
};

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::leak:
      return "leak";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "";
}

std::span<const FindingKind> finding_kinds() { return kinds; }

Severity severity_of(std::string_view kind) {
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& known) { return known.name == kind; });
  return found == kinds.end() ? Severity::leak : found->severity;
}

}  // namespace ablate
