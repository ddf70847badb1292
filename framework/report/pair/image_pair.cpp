#include "report/pair/image_pair.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "report/phrases.hpp"
#include "stats/multiple.hpp"
#include "text/escape.hpp"

namespace ablate {
namespace {

using Shares = std::vector<double>;

void require_sound(const ImageRecords& records) {
  const std::size_t classes = records.class_names.size();
  const auto is_class = [&](std::uint8_t label) { return label < classes; };
  const auto is_sound = [&](const RunGuesses& run) {
    return run.classes.size() == records.truth.size() &&
           std::all_of(run.classes.begin(), run.classes.end(), is_class);
  };
  const auto all = [&](const std::vector<RunGuesses>& runs) {
    return std::all_of(runs.begin(), runs.end(), is_sound);
  };
  if (records.first.size() != records.second.size() || records.first.empty() || !all(records.first) ||
      !all(records.second) || !std::all_of(records.truth.begin(), records.truth.end(), is_class)) {
    throw std::invalid_argument("every run says a class of every image, and runs come in pairs");
  }
}

/// Of each image, the share of these runs that get it right.
Shares shares(const std::vector<std::uint8_t>& truth, std::span<const RunGuesses> runs) {
  Shares right(truth.size(), 0.0);
  for (const RunGuesses& run : runs) {
    for (std::size_t i = 0; i < truth.size(); ++i) right[i] += run.classes[i] == truth[i];
  }
  for (double& share : right) share /= static_cast<double>(runs.size());
  return right;
}

double mean(const Shares& values) { return summarize(values).mean; }

ImageRow row_of(const Shares& first, const Shares& second, double confidence) {
  return {{}, mean(first), mean(second), compare_over_images(second, first, confidence)};
}

std::vector<ImageClass> compare_classes(const ImageRecords& records, const Shares& first,
                                        const Shares& second, double confidence) {
  std::vector<ImageClass> classes;
  std::vector<double> p;
  for (std::size_t label = 0; label < records.class_names.size(); ++label) {
    Shares a, b;
    for (std::size_t i = 0; i < records.truth.size(); ++i) {
      if (records.truth[i] != label) continue;
      a.push_back(first[i]);
      b.push_back(second[i]);
    }
    if (a.empty()) continue;
    classes.push_back({label, row_of(a, b, confidence)});
    p.push_back(classes.back().row.compared.p);
  }
  const std::vector<double> corrected = holm(p);
  for (std::size_t i = 0; i < classes.size(); ++i) classes[i].holm_p = corrected[i];
  std::stable_sort(classes.begin(), classes.end(), [](const ImageClass& a, const ImageClass& b) {
    return std::abs(a.row.compared.difference) > std::abs(b.row.compared.difference);
  });
  return classes;
}

std::uint8_t usual_guess(std::span<const RunGuesses> runs, std::size_t image, std::size_t classes) {
  std::vector<std::size_t> votes(classes, 0);
  for (const RunGuesses& run : runs) ++votes[run.classes[image]];
  return static_cast<std::uint8_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}

std::vector<ImageExample> find_examples(const ImageRecords& records, const Shares& first,
                                        const Shares& second) {
  std::vector<ImageExample> examples;
  const std::size_t classes = records.class_names.size();
  for (std::size_t i = 0; i < records.truth.size(); ++i) {
    if (std::abs(first[i] - second[i]) <= rounding) continue;
    examples.push_back({i, first[i], second[i], usual_guess(records.first, i, classes),
                        usual_guess(records.second, i, classes)});
  }
  std::stable_sort(examples.begin(), examples.end(), [](const ImageExample& a, const ImageExample& b) {
    return std::abs(a.first - a.second) > std::abs(b.first - b.second) + rounding;
  });
  return examples;
}

std::string pair_seeds(const ImagePair& pair, std::size_t place) {
  const std::int64_t a = pair.records.first[place].seed, b = pair.records.second[place].seed;
  return a == b ? std::to_string(a) : fmt::format("{} and {}", a, b);
}

constexpr std::size_t shown = 10;

Value p_value(double p, bool full) { return full ? Value(p) : Value(p_text(p)); }

std::string mark_if(bool leaked) { return leaked ? std::string(dagger) : std::string(); }

}  // namespace

ImagePair compare_guesses(ImageRecords records, double confidence) {
  require_sound(records);
  ImagePair pair;
  pair.records = std::move(records);
  pair.confidence = confidence;
  const auto &first = pair.records.first, &second = pair.records.second;
  const auto& truth = pair.records.truth;
  for (std::size_t i = 0; i < first.size(); ++i) {
    pair.runs.push_back(row_of(shares(truth, std::span(first).subspan(i, 1)),
                               shares(truth, std::span(second).subspan(i, 1)), confidence));
    pair.runs.back().place = i;
  }
  const Shares a = shares(truth, first), b = shares(truth, second);
  if (first.size() > 1) pair.all = row_of(a, b, confidence);
  pair.classes = compare_classes(pair.records, a, b, confidence);
  pair.examples = find_examples(pair.records, a, b);
  return pair;
}

Table image_table(const ImagePair& pair, bool full) {
  const std::string leaked = mark_if(pair.records.leaked);
  Table table{{{"seed", -1, Align::right},
               {"accuracy A" + leaked, 4},
               {"accuracy B" + leaked, 4},
               {"B - A" + leaked, 4},
               {"low", 4},
               {"high", 4},
               {"only A right"},
               {"only B right"},
               {"p", -1, Align::right}},
              {}};
  const auto add = [&](const std::string& name, const ImageRow& row) {
    const ImageComparison& c = row.compared;
    table.rows.push_back({name, row.first_accuracy, row.second_accuracy, c.difference,
                          number_or_null(c.interval.interval.low), number_or_null(c.interval.interval.high),
                          whole(c.only_second), whole(c.only_first), p_value(c.p, full)});
  };
  for (const ImageRow& row : pair.runs) add(pair_seeds(pair, *row.place), row);
  if (pair.all) add("all", *pair.all);
  return table;
}

Table class_table(const ImagePair& pair, bool full) {
  const std::string leaked = mark_if(pair.records.leaked);
  Table table{{{"class"},
               {"images"},
               {"right A" + leaked, 4},
               {"right B" + leaked, 4},
               {"B - A" + leaked, 4},
               {"only A right"},
               {"only B right"},
               {"p", -1, Align::right},
               {"Holm p", -1, Align::right}},
              {}};
  for (const ImageClass& one : pair.classes) {
    if (!full && table.rows.size() == shown) break;
    const ImageComparison& c = one.row.compared;
    table.rows.push_back({pair.records.class_names[one.label], whole(c.images), one.row.first_accuracy,
                          one.row.second_accuracy, c.difference, whole(c.only_second), whole(c.only_first),
                          p_value(c.p, full), p_value(one.holm_p, full)});
  }
  return table;
}

Table example_table(const ImagePair& pair, bool full) {
  Table table{{{"better"},
               {"test image"},
               {"truth"},
               {"A says"},
               {"B says"},
               {"runs of A right", 2},
               {"runs of B right", 2}},
              {}};
  const auto& names = pair.records.class_names;
  for (const bool first_is_right : {true, false}) {
    std::size_t taken = 0;
    for (const ImageExample& example : pair.examples) {
      if ((example.first > example.second) != first_is_right) continue;
      if (!full && taken++ == shown / 2) break;
      table.rows.push_back({std::string(first_is_right ? "A" : "B"), whole(example.image),
                            names[pair.records.truth[example.image]], names[example.first_guess],
                            names[example.second_guess], example.first, example.second});
    }
  }
  return table;
}

std::vector<std::string> image_notes(const ImagePair& pair) {
  std::vector<std::string> notes = {fmt::format(
      "Over {} test images, B - A with its {} BCa interval, images resampled. A row of one seed is McNemar's "
      "exact "
      "test of two networks (McNemar 1947; Dietterich 1998): how they would differ on other images of the "
      "kind.",
      group_digits(static_cast<std::int64_t>(pair.records.truth.size())), confidence_text(pair.confidence))};
  if (pair.all) {
    const std::size_t runs = pair.records.first.size();
    notes.push_back(
        fmt::format("The row 'all': the {0} networks of each share the images, so an image counts once, by "
                    "the share of them "
                    "that gets it right; p is the sign test of which variant gets an image right in more of "
                    "its runs, and the "
                    "interval keeps the {0} answers to an image together. Adding up the {0} rows into one "
                    "McNemar test would "
                    "count every image {0} times (Eliasziw and Donner 1991; Durkalski et al. 2003).",
                    runs));
  }
  notes.push_back(
      "None of this says what training again under other seeds would give (Dietterich 1998): for that, "
      "compare "
      "without --images, paired by seed.");
  notes.push_back(
      "Classes are those where the two differ most here, and on other images they would differ less; Holm p "
      "is "
      "corrected over all classes. Images count from 0 in the test set, as `ablate export predictions` "
      "does.");
  if (pair.records.leaked)
    notes.push_back(
        "† Leaked: not evidence of how a network performs on new images; `ablate show` says why.");
  return notes;
}

}  // namespace ablate
