#pragma once
/// Brings what tasks published into the results file.

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "runner/cluster/work_files.hpp"

namespace ablate {

struct GatheredResults {
  int ended = 0;     ///< runs that have their end now
  int advanced = 0;  ///< that go on and have more epochs now
  int repeated = 0;  ///< copies of runs that were trained more than once, with the same bits
  /// Of runs that were trained more than once, by the same code, with other numbers: each a sentence with both files.
  std::vector<std::string> differences;
  bool by_program = false;         ///< another program trains them, which may never give the same bits twice
  std::vector<std::string> notes;  ///< files that were passed over, and why; copies of a run by other code

  /// Adds what came from another work folder of the same study.
  void add(const GatheredResults& other);
};

/// Merges the published results of the runs that the study's newest plan has: in one transaction, by the rules of
/// `merge_files`. Of a run that was trained twice the copy that was published first counts, or the one that the file
/// held already; all bits of the others are compared with it, whenever they come. Files that were merged before are not read again while the results file has
/// their runs, or as many epochs of them; damaged ones are put aside and their runs count as not trained. Nothing is done
/// where nothing is there. Doing it again changes nothing. The study must be in the results file.
GatheredResults gather(const std::filesystem::path& database, const std::string& study,
                       const WorkFiles& files, const std::atomic<bool>& stop);

}  // namespace ablate
