#pragma once
/// Results files with small studies in them, as a sweep would leave them.

#include <filesystem>
#include <string>
#include <vector>

namespace ablate::test {

/// What is planned, and how far each run is trained. Equal runs of two files have equal results.
struct Trained {
  std::vector<std::int64_t> seeds = {1, 2};
  std::vector<std::string> variants = {"a", "b"};
  int epochs = 3;      ///< that each run has
  bool done = true;    ///< else it is interrupted after them, with a checkpoint
  double shift = 0.0;  ///< added to every metric
  std::string study = "s", settings = "x: 1", images = "images", rules = {};
};

/// Plans and trains it in `file`: epochs with not-a-number and infinity among the metrics, classes,
/// confusion, predictions, weights, data sets, machine, findings, audit, output.
void train(const std::filesystem::path& file, const Trained& trained);

/// Every table but `migration` and what only names the moment (uuids, times), as text: equal for equal files.
std::vector<std::string> contents(const std::filesystem::path& file);

/// The study's fingerprint.
std::string fingerprint(const std::filesystem::path& file, const std::string& study = "s");

}  // namespace ablate::test
