#pragma once
/// What is sent to be trained elsewhere: which runs, of which study, by which program, in which chunks.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/study.hpp"
#include "store/narrow.hpp"

namespace ablate {

/// Images as the sender has them.
struct SentData {
  std::string name, train_sha256, test_sha256;
  bool operator==(const SentData&) const = default;
};

struct Manifest {
  std::string send;           ///< names this send among all of the study
  std::string study, config;  ///< its name and canonical file, of which the runs are a part
  std::map<std::string, std::size_t> tuned = {};  ///< Study::tuned: `config` has the settings before it
  std::string code_version;                       ///< of the program that wrote it, and
  std::string program_sha256;                     ///< which alone may train its runs; empty: unknown
  std::optional<double> near = {};                ///< AuditOptions::near_threshold
  std::vector<SentData> data;                     ///< none: they are another program's affair
  std::filesystem::path folder;  ///< in which another program works, on every node; empty: we train
  std::string code_sha256 = {};  ///< of that program
  int runs_per_task = 1;
  double publish_seconds = 60.0;  ///< at most so much work is lost with a node
  std::vector<PlannedRun> runs;   ///< in the order in which they are trained

  int chunks() const;
};

/// Runs of chunk `number`, from 0. Throws RequestError where there is none.
std::vector<PlannedRun> chunk_of(const Manifest& manifest, int number);

/// JSON, a line for each run, and a digest of all that is before it.
std::string manifest_text(const Manifest& manifest);

/// Throws RequestError for a file that is no manifest, is cut short, was changed or is of a newer format.
Manifest read_manifest(const std::filesystem::path& file);

/// Refuses, with RequestError, a manifest that another program wrote: its numbers could be others.
void check_program(const Manifest& manifest, const std::filesystem::path& file);

/// Refuses, with RequestError, another program that is not here, or not the one that the sender had.
void check_code(const Manifest& manifest, const Study& study);

}  // namespace ablate
