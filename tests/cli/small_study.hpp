#pragma once
/// A small study that the commands' tests train.

#include "base/file.hpp"
#include "cli/says.hpp"
#include "support/shared_folder.hpp"
#include "support/temporary_folder.hpp"

namespace ablate::test {

inline const char* const small_study = R"(# Does the skip matter?
study: small
data: {source: glyphs, train_images: 470, test_images: 94}
model: {hidden: [8]}
training: {epochs: 2}
variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}
seeds: 2
)";

/// A folder for a small study, its results and its report.
struct Small {
  TemporaryFolder folder;
  std::string file = (folder / "small.yaml").string(), database = (folder / "a.db").string();
  std::string report = (folder / "report").string(), says_report = "report: " + report + "/report.md\n";
  Said run() const {
    write_file(file, small_study);
    return ablate_says({"run", file, "-j", "1", "--db", database, "--out", report});
  }
};

/// The same, run once for all tests that only read.
inline const Small& trained() {
  static const Small once;
  static const bool filled = (fill_shared(once.folder, "program_test", [] { once.run(); }), true);
  static_cast<void>(filled);
  return once;
}

}  // namespace ablate::test
