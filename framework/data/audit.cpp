#include "data/audit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "data/equal_images.hpp"
#include "data/near_images.hpp"

namespace ablate {
namespace {

using Group = std::vector<std::uint32_t>;
using ClassCounts = std::array<std::size_t, 256>;

constexpr double share_ratio = 1.5, share_errors = 5.0, least_expected = 10.0;
constexpr std::size_t most_named = 5;

/// Counts cases of one kind and keeps the first for the sentence.
struct Cases {
  std::int64_t count = 0;
  std::uint32_t image = 0, other = 0;

  void add(std::uint32_t found, std::uint32_t found_other) {
    if (count == 0 || found < image) image = found, other = found_other;
    ++count;
  }
};

/// "test image 12", its place within its split.
std::string place(const Dataset& dataset, std::uint32_t image) {
  return image < dataset.train_images ? fmt::format("training image {}", image)
                                      : fmt::format("test image {}", image - dataset.train_images);
}

/// "1 image repeats", "2 images repeat": the noun and the verb of a count.
std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void add_cases(std::vector<DataFinding>& findings, const Dataset& dataset, const std::string& kind,
               const Cases& cases, std::string_view one, std::string_view many) {
  if (cases.count == 0) return;
  findings.push_back({kind,
                      fmt::format("{} (the first: {}, equal to {})", counted(cases.count, one, many),
                                  place(dataset, cases.image), place(dataset, cases.other)),
                      cases.count});
}

/// Answers for the members of a group which the first of them with another label is, in constant time.
class Labelled {
 public:
  Labelled(const Dataset& dataset, std::span<const std::uint32_t> members)
      : dataset_(dataset), members_(members) {
    second_ = std::find_if(members.begin(), members.end(), [&](std::uint32_t member) {
      return dataset.label(member) != dataset.label(members.front());
    });
  }

  /// The first member that bears another label than `image`; nothing where none does.
  std::optional<std::uint32_t> other_than(std::uint32_t image) const {
    if (members_.empty()) return std::nullopt;
    if (dataset_.label(image) != dataset_.label(members_.front())) return members_.front();
    return second_ == members_.end() ? std::nullopt : std::optional(*second_);
  }

 private:
  const Dataset& dataset_;
  std::span<const std::uint32_t> members_;
  std::span<const std::uint32_t>::iterator second_;  ///< the first with another label than the first
};

struct EqualCases {
  Cases across, in_train, in_test, conflicts_in_train, conflicts_in_test, conflicts_across;
};

void add_group(EqualCases& cases, const Dataset& dataset, const Group& group) {
  const auto first_test = std::lower_bound(group.begin(), group.end(), dataset.train_images);
  const std::span train(group.begin(), first_test), test(first_test, group.end());
  for (std::size_t i = 1; i < train.size(); ++i) cases.in_train.add(train[i], train[0]);
  for (std::size_t i = 1; i < test.size(); ++i) cases.in_test.add(test[i], test[0]);
  const Labelled in_train(dataset, train), in_test(dataset, test);
  for (const std::uint32_t image : train) {
    if (const auto other = in_train.other_than(image)) cases.conflicts_in_train.add(image, *other);
  }
  for (const std::uint32_t image : test) {
    if (!train.empty()) cases.across.add(image, train[0]);
    if (const auto other = in_test.other_than(image)) cases.conflicts_in_test.add(image, *other);
    if (const auto other = in_train.other_than(image)) cases.conflicts_across.add(image, *other);
  }
}

void audit_equal(std::vector<DataFinding>& findings, const Dataset& dataset,
                 const std::vector<Group>& groups) {
  EqualCases cases;
  for (const Group& group : groups) add_group(cases, dataset, group);
  add_cases(findings, dataset, "duplicates_across", cases.across, "test image is in train as well",
            "test images are in train as well");
  add_cases(
      findings, dataset, "duplicates_in_train", cases.in_train,
      "training image repeats an earlier one: a validation share may hold a copy of what is trained on",
      "training images repeat an earlier one: a validation share may hold copies of what is trained on");
  add_cases(findings, dataset, "duplicates_in_test", cases.in_test, "test image repeats an earlier one",
            "test images repeat an earlier one");
  add_cases(findings, dataset, "label_conflicts", cases.conflicts_in_train,
            "training image has a copy in train with another label",
            "training images have a copy in train with another label");
  add_cases(findings, dataset, "label_conflicts", cases.conflicts_in_test,
            "test image has a copy in test with another label",
            "test images have a copy in test with another label");
  add_cases(findings, dataset, "label_conflicts", cases.conflicts_across,
            "test image has a copy in train with another label",
            "test images have a copy in train with another label");
}

void audit_near(AuditReport& report, const Dataset& dataset, const std::vector<Group>& groups,
                const AuditOptions& options) {
  report.near_threshold = options.near_threshold;
  const NearSearch search = near_images(dataset, *options.near_threshold, options.most_comparisons);
  report.near_checked = search.checked;
  std::vector<std::uint32_t> copied;  // test images with an exact copy in train
  for (const Group& group : groups) {
    if (group.front() < dataset.train_images) copied.insert(copied.end(), group.begin(), group.end());
  }
  std::sort(copied.begin(), copied.end());
  const NearPair* first = nullptr;
  std::int64_t count = 0;
  for (const NearPair& pair : search.pairs) {
    if (std::binary_search(copied.begin(), copied.end(), pair.test)) continue;
    if (!first) first = &pair;
    ++count;
  }
  if (!first) return;
  report.findings.push_back(
      {"near_duplicates",
       fmt::format(
           "{} by at most {:.4g} of 255 in the mean from a training image (the first: {}, by {:.2f} from {})",
           counted(count, "test image differs", "test images differ"), *options.near_threshold,
           place(dataset, first->test), first->difference, place(dataset, first->train)),
       count});
}

template <class Images>
ClassCounts count_classes(const Dataset& dataset, const Images& images) {
  ClassCounts counts{};
  for (const auto image : images) ++counts[dataset.label(image)];
  return counts;
}

ClassCounts count_classes(const Dataset& dataset, std::size_t first, std::size_t count) {
  ClassCounts counts{};
  for (const std::uint8_t label : dataset.labels.span().subspan(first, count)) ++counts[label];
  return counts;
}

std::size_t total(const ClassCounts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

/// The classes, of those that have a name, that `pick` takes.
template <class Pick>
std::vector<std::size_t> classes_where(const Dataset& dataset, Pick&& pick) {
  std::vector<std::size_t> picked;
  for (std::size_t c = 0; c < std::min(dataset.classes.size(), ClassCounts{}.size()); ++c) {
    if (pick(c)) picked.push_back(c);
  }
  return picked;
}

/// "'A', 'B' and 3 more"
std::string named(const Dataset& dataset, const std::vector<std::size_t>& classes) {
  std::vector<std::string> names;
  for (const std::size_t c : classes) {
    if (names.size() < most_named) names.push_back(fmt::format("'{}'", dataset.classes[c]));
  }
  const std::string text = fmt::format("{}", fmt::join(names, ", "));
  return classes.size() <= most_named ? text
                                      : fmt::format("{} and {} more", text, classes.size() - most_named);
}

void add_classes(std::vector<DataFinding>& findings, const Dataset& dataset, const std::string& kind,
                 const std::vector<std::size_t>& classes, std::string_view predicate) {
  if (classes.empty()) return;
  const auto count = static_cast<std::int64_t>(classes.size());
  findings.push_back({kind,
                      fmt::format("{} {}: {}", counted(count, "class has", "classes have"), predicate,
                                  named(dataset, classes)),
                      count});
}

bool shares_differ(double a, double all_a, double b, double all_b) {
  const double share_a = a / all_a, share_b = b / all_b, pooled = (a + b) / (all_a + all_b);
  if (a == 0.0 || b == 0.0 || pooled * std::min(all_a, all_b) < least_expected) return false;
  if (std::max(share_a, share_b) <= share_ratio * std::min(share_a, share_b)) return false;
  const double error = std::sqrt(pooled * (1.0 - pooled) * (1.0 / all_a + 1.0 / all_b));
  return std::abs(share_a - share_b) > share_errors * error;
}

void audit_shares(std::vector<DataFinding>& findings, const Dataset& dataset, const ClassCounts& train,
                  const ClassCounts& test) {
  const auto all_train = static_cast<double>(total(train)), all_test = static_cast<double>(total(test));
  const auto differing = classes_where(dataset, [&](std::size_t c) {
    return shares_differ(static_cast<double>(train[c]), all_train, static_cast<double>(test[c]), all_test);
  });
  if (differing.empty()) return;
  const std::size_t c = differing.front();
  findings.push_back(
      {"class_shares",
       fmt::format("{} in one split more than {} times the share in the other, beyond chance: {} (the first: "
                   "{:.2f}% "
                   "of train, {:.2f}% of test)",
                   counted(static_cast<std::int64_t>(differing.size()), "class has", "classes have"),
                   share_ratio, named(dataset, differing), 100.0 * static_cast<double>(train[c]) / all_train,
                   100.0 * static_cast<double>(test[c]) / all_test),
       static_cast<std::int64_t>(differing.size())});
}

void audit_classes(std::vector<DataFinding>& findings, const Dataset& dataset) {
  const ClassCounts train = count_classes(dataset, 0, dataset.train_images);
  const ClassCounts test = count_classes(dataset, dataset.train_images, dataset.test_images);
  if (dataset.train_images == 0) findings.push_back({"empty_split", "train has no image", 1});
  if (dataset.test_images == 0) findings.push_back({"empty_split", "test has no image", 1});
  if (dataset.train_images > 0 && dataset.test_images > 0) {
    add_classes(findings, dataset, "missing_class",
                classes_where(dataset, [&](std::size_t c) { return train[c] == 0 && test[c] > 0; }),
                "images in test and none in train");
    add_classes(findings, dataset, "missing_class",
                classes_where(dataset, [&](std::size_t c) { return train[c] > 0 && test[c] == 0; }),
                "images in train and none in test");
    audit_shares(findings, dataset, train, test);
  }
  add_classes(findings, dataset, "unused_class",
              classes_where(dataset, [&](std::size_t c) { return train[c] + test[c] == 0; }),
              "a name and no image");
  std::size_t beyond = 0;
  for (std::size_t c = dataset.classes.size(); c < train.size(); ++c) beyond += train[c] + test[c];
  if (beyond > 0) {
    const auto count = static_cast<std::int64_t>(beyond);
    findings.push_back({"labels_beyond_classes",
                        fmt::format("{} a label beyond the {} classes",
                                    counted(count, "image bears", "images bear"), dataset.classes.size()),
                        count});
  }
}

std::size_t rank(const std::string& kind) {
  const auto kinds = finding_kinds();
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& known) { return known.name == kind; });
  return static_cast<std::size_t>(found - kinds.begin());
}

}  // namespace

bool comes_before(const DataFinding& a, const DataFinding& b) {
  return std::pair(a.severity(), rank(a.kind)) < std::pair(b.severity(), rank(b.kind));
}

AuditReport audit(const Dataset& dataset, const AuditOptions& options) {
  AuditReport report;
  report.train_images = dataset.train_images;
  report.test_images = dataset.test_images;
  const std::vector<Group> groups = equal_images(dataset);
  audit_equal(report.findings, dataset, groups);
  if (options.near_threshold) audit_near(report, dataset, groups, options);
  audit_classes(report.findings, dataset);
  std::stable_sort(report.findings.begin(), report.findings.end(), comes_before);
  return report;
}

std::vector<DataFinding> audit_partition(const Dataset& dataset, const Partition& parts) {
  const ClassCounts train = count_classes(dataset, parts.train),
                    validation = count_classes(dataset, parts.validation);
  std::vector<DataFinding> findings;
  if (parts.validation.empty()) return findings;
  add_classes(findings, dataset, "missing_class",
              classes_where(dataset, [&](std::size_t c) { return train[c] > 0 && validation[c] == 0; }),
              "images to train on and none for validation");
  return findings;
}

}  // namespace ablate
