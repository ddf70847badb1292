#pragma once
/// Two runs or two variants over the same test images.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stats/images.hpp"
#include "text/table.hpp"

namespace ablate {

/// What one run says of each test image, in the data set's order.
struct RunGuesses {
  std::int64_t run_id = 0, seed = 0;
  std::vector<std::uint8_t> classes;
};

/// Runs of A and of B; runs at the same place belong together: one seed's, or simply the two.
struct ImageRecords {
  std::vector<std::uint8_t> truth;
  std::vector<std::string> class_names;
  std::vector<RunGuesses> first, second;  ///< as many of each, at least one, all over the same images
  bool leaked = false;                    ///< of a run on either side
};

/// Two runs, or all of two variants' runs, over the images.
struct ImageRow {
  std::optional<std::size_t> place;  ///< of the two runs; nothing: all together
  double first_accuracy = 0.0, second_accuracy = 0.0;
  ImageComparison compared;  ///< first is B: differences are B - A
};

struct ImageClass {
  std::size_t label = 0;
  ImageRow row;
  double holm_p = 0.0;  ///< over the classes that have images
};

/// An image that the one gets right more often than the other.
struct ImageExample {
  std::size_t image = 0;                           ///< its place among the test images
  double first = 0.0, second = 0.0;                ///< shares of the runs that get it right
  std::uint8_t first_guess = 0, second_guess = 0;  ///< what most of its runs say, the lower of equals
};

struct ImagePair {
  ImageRecords records;
  double confidence = 0.95;
  std::vector<ImageRow> runs;          ///< one row per pair of runs
  std::optional<ImageRow> all;         ///< where there are several
  std::vector<ImageClass> classes;     ///< the largest difference in accuracy first
  std::vector<ImageExample> examples;  ///< the largest difference in shares first, then by place
};

/// Pure. Throws std::invalid_argument where runs have seen different numbers of images, or a guess or truth
/// is not a class.
ImagePair compare_guesses(ImageRecords records, double confidence);

/// One row per pair of runs, then all together. Full: numbers as files want them; else p with three digits.
Table image_table(const ImagePair& pair, bool full);
/// Full: every class and every example. Else ten of each; of examples, the first five on either side.
Table class_table(const ImagePair& pair, bool full);
Table example_table(const ImagePair& pair, bool full);

/// What these numbers say and what they do not, in sentences.
std::vector<std::string> image_notes(const ImagePair& pair);

}  // namespace ablate
