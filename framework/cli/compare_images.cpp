#include "cli/compare_images.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "base/finding_kinds.hpp"
#include "cli/common.hpp"
#include "cli/interrupt.hpp"
#include "runner/dataset_cache.hpp"
#include "runner/predictions.hpp"
#include "train/trainer.hpp"

namespace ablate {
namespace {

struct RunPair {
  const RunRecord* first;
  const RunRecord* second;
};

/// Two runs as they are; of two variants, the runs of the seeds that both finished.
std::vector<RunPair> pair_runs(const PairSide& first, const PairSide& second) {
  if (first.is_run) return {{&first.runs.front(), &second.runs.front()}};
  std::map<std::int64_t, const RunRecord*> others;
  for (const RunRecord& run : second.runs) {
    if (run.status == RunStatus::done) others[run.seed] = &run;
  }
  std::vector<RunPair> pairs;
  for (const RunRecord& run : first.runs) {
    const auto other = others.find(run.seed);
    if (run.status == RunStatus::done && other != others.end()) pairs.push_back({&run, other->second});
  }
  if (pairs.empty()) {
    throw RequestError(fmt::format("{} and {} share no seed that both finished", first.name, second.name),
                       "two runs of any seeds can be compared over images: study/variant/seed twice");
  }
  return pairs;
}

void require_same_images(const Reader& reader, const std::vector<RunPair>& pairs) {
  for (const auto& [a, b] : pairs) {
    if (a->origin.test_dataset_id == 0 || b->origin.test_dataset_id == 0 ||
        a->origin.test_dataset_id == b->origin.test_dataset_id)
      continue;
    const DatasetRecord first = reader.dataset(a->origin.test_dataset_id),
                        second = reader.dataset(b->origin.test_dataset_id);
    if (first.sha256 == second.sha256) continue;
    throw RequestError(fmt::format("runs {} and {} were judged by different images\n"
                                   "  A: {}, {} images, SHA-256 {}\n  B: {}, {} images, SHA-256 {}",
                                   a->id, b->id, first.name, first.images, first.sha256, second.name,
                                   second.images, second.sha256),
                       "only runs over the same test images can be compared image by image");
  }
}

void require_weights(const Reader& reader, const std::vector<RunPair>& pairs) {
  std::vector<std::int64_t> without;
  for (const auto& [a, b] : pairs) {
    for (const RunRecord* run : {a, b}) {
      if (run->status == RunStatus::done && !reader.run_model(run->id)) without.push_back(run->id);
    }
  }
  if (without.empty()) return;
  const bool one = without.size() == 1;
  throw RequestError(
      fmt::format("{} {} {} no weights", one ? "run" : "runs", fmt::join(without, ", "),
                  one ? "keeps" : "keep"),
      fmt::format(
          "--retrain trains {} again up to the selected epoch; training.keep_weights: true keeps those of "
          "runs to come",
          one ? "it" : "them"));
}

bool has_leak(const Reader& reader, const RunRecord& run) {
  const auto findings = reader.run_leaks(run.id);
  return std::any_of(findings.begin(), findings.end(),
                     [](const LeakRecord& found) { return severity_of(found.kind) == Severity::leak; });
}

/// Predicts run by run; the data sets are loaded once.
class Guesser {
 public:
  Guesser(const Reader& reader, const ImageOptions& options, Console& console)
      : reader_(reader), options_(options), console_(console) {}

  /// False where Ctrl-C came.
  bool add(const RunRecord& run, std::vector<RunGuesses>& side, ImageRecords& records) {
    const Config config = run_config(reader_, run, options_.sets);
    RunPredictor predictor(reader_, run, config, datasets_.get(config.data), predictions(run),
                           until(interrupt_.get()));
    if (predictor.is_stopped()) return false;
    if (!predictor.warning().empty()) console_.err << "note: " << predictor.warning() << "\n";
    RunGuesses guesses{run.id, run.seed, {}};
    records.truth.clear();
    predictor.each_block(SplitName::test, [&](const PredictionBlock& block) {
      guesses.classes.insert(guesses.classes.end(), block.predicted.begin(), block.predicted.end());
      records.truth.insert(records.truth.end(), block.truth.begin(), block.truth.end());
    });
    records.class_names = predictor.dataset().classes;
    records.leaked = records.leaked || has_leak(reader_, run);
    side.push_back(std::move(guesses));
    return !interrupt_.get();
  }

 private:
  PredictionOptions predictions(const RunRecord& run) const {
    PredictionOptions options;
    options.retrain = options_.retrain;
    options.on_epoch = [this, id = run.id](int epoch, int epochs) {
      console_.err << fmt::format("run {}, training again: epoch {} of {}\n", id, epoch, epochs)
                   << std::flush;
    };
    return options;
  }

  const Reader& reader_;
  const ImageOptions& options_;
  Console& console_;
  const InterruptFlag interrupt_;
  DatasetCache datasets_;
};

/// Of runs that another program trained: what the file keeps of its predictions. Throws RequestError where that is
/// nothing.
class KeptPredictions {
 public:
  explicit KeptPredictions(const Reader& reader) : reader_(reader) {}

  void add(const RunRecord& run, std::vector<RunGuesses>& side, ImageRecords& records) {
    std::vector<PredictionRecord> kept = reader_.predictions({run.id});
    if (!kept.empty() && records.truth.empty()) take_truth(kept.front().dataset_id, records);
    if (kept.empty() || records.truth.size() != kept.front().classes.size()) {
      throw RequestError(
          fmt::format("run {} has no predictions of the test images in this file", run.id),
          "have the program write predictions_test.csv or predictions_test.npy into $ABLATE_DIR by its end, a row for each "
          "image: the truth, then a probability for each class; training it again is not for this command");
    }
    side.push_back({run.id, run.seed, std::move(kept.front().classes)});
  }

 private:
  void take_truth(std::int64_t dataset_id, ImageRecords& records) const {
    records.truth = reader_.truth(dataset_id);
    const DatasetRecord dataset = reader_.dataset(dataset_id);
    records.class_names = dataset.class_names;
    for (std::size_t label = records.class_names.size(); label < static_cast<std::size_t>(dataset.classes);
         ++label)
      records.class_names.push_back(std::to_string(label));
  }

  const Reader& reader_;
};

ImagePair compare_kept(const Reader& reader, const std::vector<RunPair>& pairs, const ImageOptions& options) {
  if (options.retrain || !options.sets.empty())
    throw RequestError("--retrain and --set are for runs of our network; another program trained these",
                       "without them: what the program predicted is compared");
  ImageRecords records;
  KeptPredictions kept(reader);
  for (const auto& [a, b] : pairs) {
    kept.add(*a, records.first, records);
    kept.add(*b, records.second, records);
  }
  return compare_guesses(std::move(records), options.confidence);
}

}  // namespace

std::optional<ImagePair> compare_images(const Reader& reader, const PairSide& first, const PairSide& second,
                                        const ImageOptions& options, Console& console) {
  const std::vector<RunPair> pairs = pair_runs(first, second);
  require_same_images(reader, pairs);
  const auto is_of_program = [&](const RunRecord& run) {
    return reader.variant(run.variant_id).is_of_program();
  };
  if (is_of_program(*pairs.front().first) || is_of_program(*pairs.front().second))
    return compare_kept(reader, pairs, options);
  if (!options.retrain) require_weights(reader, pairs);
  ImageRecords records;
  Guesser guesser(reader, options, console);
  for (const auto& [a, b] : pairs) {
    if (!guesser.add(*a, records.first, records) || !guesser.add(*b, records.second, records))
      return std::nullopt;
  }
  return compare_guesses(std::move(records), options.confidence);
}

void write(Sections& page, const ImagePair& pair, const PairComparison& compared) {
  const bool full = page.is_for_files();
  page.add("Over the test images", image_table(pair, full));
  page.add("Classes where they differ most", class_table(pair, full));
  page.add("Images that one gets right more often than the other", example_table(pair, full));
  std::vector<std::string> notes = image_notes(pair);
  page.add("Notes", fmt::format("{}", fmt::join(notes, " ")));
  page.add("Verdict over seeds", compared.verdict);
}

}  // namespace ablate
