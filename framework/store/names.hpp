#pragma once
/// Names in a results file, for completion at a prompt: quick, bounded, and silent where there is nothing to
/// say.

#include <filesystem>
#include <string>
#include <vector>

namespace ablate {

/// At most 2,000 names a call, after at most 50 ms of work on the file. Where it is missing, damaged, locked
/// for longer, or not of this schema, there are none; nothing is thrown.
class Names {
 public:
  explicit Names(std::filesystem::path path) : path_(std::move(path)) {}

  /// Of studies, by name.
  std::vector<std::string> studies(const std::string& prefix) const;
  std::vector<std::string> tags(const std::string& prefix) const;
  /// Metrics outside the suite that runs have, at their selected epochs: "test.bleu".
  std::vector<std::string> metrics() const;
  /// Of the study's variants, in the order of its plan. Without a study "study/variant", and until a study is
  /// written out, "study/".
  std::vector<std::string> variants(const std::string& study, const std::string& prefix) const;
  /// The next part of "study/variant/seed": each study with a slash behind it, then each of its variants,
  /// then the seeds. Names may hold slashes themselves.
  std::vector<std::string> runs(const std::string& prefix) const;

 private:
  std::filesystem::path path_;
};

}  // namespace ablate
