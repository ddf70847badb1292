#include "report/over_images.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "report/judge.hpp"

namespace ablate {
namespace {

constexpr std::string_view of_accuracy_alone = "known for test.accuracy alone",
                           after_looks = "known for planned looks alone, and this study was looked at before",
                           other_images = "its runs were tested on different images",
                           nothing_kept = "too few seeds kept their predictions of every image",
                           no_truth = "the test images' labels are not in the file";

/// Of each test image whether a run got it right, 1 or 0.
struct Right {
  std::int64_t dataset = 0;  ///< those images
  std::vector<std::uint8_t> of_image = {};
};

/// A row of the answer, and the variants of its two sides in every setting that counts.
struct ImageRow {
  std::vector<std::pair<std::size_t, std::size_t>> sides;
  std::set<std::int64_t> seeds = {};  ///< that it was judged over
  Interval judged = {};               ///< over seeds
  double confidence = 0.95;
  std::size_t family = 1;
  TwoLevels* result = nullptr;
  std::optional<ImageDifferences> table = {};
  std::int64_t dataset = 0;  ///< that the table is of
  bool is_mixed = false;     ///< there are runs on other images
};

bool shares_a_seed(const VariantSummary& from, const VariantSummary& to) {
  return std::any_of(from.values.begin(), from.values.end(), [&](const SeedValue& a) {
    return std::any_of(to.values.begin(), to.values.end(),
                       [&](const SeedValue& b) { return a.seed == b.seed; });
  });
}

/// The settings of a contrast that `takes` takes, as far as both sides have values under a common seed.
template <class Takes>
ImageRow row_of(const Comparison& comparison, const AnsweredContrast& of, const ContrastRow& judged,
                const Effect& effect, TwoLevels& result, const Takes& takes) {
  ImageRow row;
  row.judged = effect.member.interval;
  row.family = std::max<std::size_t>(1, of.conclusion.family_size);
  row.confidence = 1.0 - (1.0 - judged_confidence(comparison, of)) / static_cast<double>(row.family);
  row.seeds.insert(judged.row.seeds.begin(), judged.row.seeds.end());
  row.result = &result;
  for (std::size_t s = 0; s < of.from_variants.size(); ++s) {
    const std::size_t from = of.from_variants[s], to = of.to_variants[s];
    if (takes(s) && shares_a_seed(comparison.variants[from], comparison.variants[to]))
      row.sides.emplace_back(from, to);
  }
  return row;
}

std::vector<ImageRow> rows_of(Comparison& comparison) {
  std::vector<ImageRow> rows;
  for (AnsweredContrast& of : comparison.answer->contrasts) {
    of.level_images.assign(of.contrast.levels.size(), {});
    rows.push_back(row_of(comparison, of, of.contrast.pooled, of.conclusion.pooled, of.pooled_images,
                          [](std::size_t) { return true; }));
    for (std::size_t i = 0; i < of.contrast.levels.size(); ++i) {
      const LevelRow& level = of.contrast.levels[i];
      rows.push_back(row_of(comparison, of, level.effect, of.conclusion.levels[i], of.level_images[i],
                            [&](std::size_t s) {
                              return s < of.settings.size() && of.settings[s].at(level.factor) == level.level;
                            }));
    }
  }
  return rows;
}

/// What the runs of one seed got right, by variant.
class SeedReader {
 public:
  SeedReader(const Reader& reader, const KeptGuesses& known)
      : reader_(reader), known_(known.of_runs), known_dataset_(known.dataset.value_or(0)) {
    if (known.dataset) truths_[known_dataset_] = known.truth;
  }

  std::map<std::size_t, Right> read(const Comparison& comparison, const std::set<std::size_t>& variants,
                                    std::int64_t seed) {
    std::map<std::size_t, Right> right;
    for (const std::size_t place : variants) {
      for (const RunSummary& run : comparison.variants[place].runs) {
        if (run.seed != seed || run.status != RunStatus::done) continue;
        if (const auto known = known_.find(run.run_id); known != known_.end()) {
          add(right[place], known_dataset_, known->second);
          continue;
        }
        for (const PredictionRecord& kept : reader_.predictions({run.run_id}))
          add(right[place], kept.dataset_id, kept.classes);
      }
    }
    std::erase_if(right, [](const auto& entry) { return entry.second.of_image.empty(); });
    return right;
  }

  bool knows_labels() const {
    return std::any_of(truths_.begin(), truths_.end(), [](const auto& one) { return !one.second.empty(); });
  }

 private:
  void add(Right& right, std::int64_t dataset, const std::vector<std::uint8_t>& classes) {
    const auto [known, is_new] = truths_.try_emplace(dataset);
    std::vector<std::uint8_t>& truth = known->second;
    if (is_new) truth = reader_.truth(dataset);
    if (classes.size() != truth.size()) return;
    right.dataset = dataset;
    right.of_image.resize(truth.size());
    for (std::size_t i = 0; i < truth.size(); ++i) right.of_image[i] = classes[i] == truth[i];
  }

  const Reader& reader_;
  const Guesses& known_;
  std::int64_t known_dataset_;
  std::map<std::int64_t, std::vector<std::uint8_t>> truths_;  ///< by data set
};

/// The mean over the row's settings, image by image; nothing where a setting lacks a side under this seed, or where
/// runs have other images than the row's first.
void add_seed(ImageRow& row, const std::map<std::size_t, Right>& right) {
  const auto has = [&](const auto& side) {
    return right.contains(side.first) && right.contains(side.second);
  };
  if (row.sides.empty() || !std::all_of(row.sides.begin(), row.sides.end(), has)) return;
  const Right& first = right.at(row.sides.front().first);
  if (!row.table) row.dataset = first.dataset;
  const auto is_of_row = [&](const auto& side) {
    return right.at(side.first).dataset == row.dataset && right.at(side.second).dataset == row.dataset;
  };
  if (!std::all_of(row.sides.begin(), row.sides.end(), is_of_row)) {
    row.is_mixed = true;
    return;
  }
  const std::size_t images = first.of_image.size();
  std::vector<double> differences(images, 0.0);
  for (const auto& [from, to] : row.sides) {
    const auto &of_from = right.at(from).of_image, &of_to = right.at(to).of_image;
    for (std::size_t i = 0; i < images; ++i) differences[i] += int{of_to[i]} - int{of_from[i]};
  }
  for (double& difference : differences) difference /= static_cast<double>(row.sides.size());
  if (!row.table) row.table.emplace(images);
  row.table->add_seed(differences);
}

void refuse_all(std::vector<ImageRow>& rows, std::string_view reason) {
  for (ImageRow& row : rows) row.result->reason = reason;
}

std::set<std::int64_t> compared_seeds(const Comparison& comparison) {
  std::set<std::int64_t> seeds;
  for (const VariantSummary& variant : comparison.variants) {
    for (const SeedValue& value : variant.values) seeds.insert(value.seed);
  }
  return seeds;
}

}  // namespace

void add_image_levels(Comparison& comparison, const Reader& reader, const KeptGuesses& known) {
  if (!comparison.answer) return;
  std::vector<ImageRow> rows = rows_of(comparison);
  if (comparison.primary.name != "test.accuracy") return refuse_all(rows, of_accuracy_alone);
  if (comparison.answer->looks.by_e_value) return refuse_all(rows, after_looks);
  std::set<std::size_t> variants;
  for (const ImageRow& row : rows) {
    for (const auto& [from, to] : row.sides) variants.insert({from, to});
  }
  SeedReader of_seed(reader, known);
  for (const std::int64_t seed : compared_seeds(comparison)) {
    const auto right = of_seed.read(comparison, variants, seed);
    for (ImageRow& row : rows) {
      if (row.seeds.contains(seed)) add_seed(row, right);
    }
  }
  for (ImageRow& row : rows) {
    if (row.table) *row.result = two_levels(*row.table, row.confidence);
    Interval& images = row.result->on_images_like_these;
    images = holding(images, row.judged);
    if (!row.table || row.table->seeds() < fewest_seeds_of_two_levels)
      row.result->reason = row.is_mixed ? other_images : of_seed.knows_labels() ? nothing_kept : no_truth;
  }
}

}  // namespace ablate
