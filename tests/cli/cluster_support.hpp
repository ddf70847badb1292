#pragma once
/// A small study that is sent elsewhere with the program itself.

#include <regex>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "base/file.hpp"
#include "cli/small_study.hpp"
#include "support/home.hpp"
#include "support/running_program.hpp"

namespace ablate::test {

namespace fs = std::filesystem;

/// A small study that is sent from this folder.
struct Cluster : Small {
  std::string work = (folder / "work").string();

  Said send(const std::vector<std::string>& more) const {
    write_file(file, small_study);
    std::vector<std::string> words = {"run", file};
    words.insert(words.end(), more.begin(), more.end());
    for (const std::string& word : std::vector<std::string>{"--db", database, "--out", report})
      words.push_back(word);
    return ablate_says(words);
  }
  /// One that `train.sh` of the folder trains, which is given its gain.
  void write_program_study(int epochs) const {
    write_file(file, fmt::format(R"(# Does it?
study: small
trainer:
  command: [sh, train.sh, "{{gain}}"]
  settings: {{gain: 1}}
  epochs: {}
  metrics: {{test.accuracy: up}}
variants: {{baseline: {{gain: 1}}, grid: {{gain: [1, 5]}}}}
seeds: 1
)",
                                 epochs));
  }
  Said send_manifest(const std::string& runs_per_task) const {
    return send({"--manifest", "--runs-per-task", runs_per_task, "--work", work});
  }
  Said collect() const {
    return ablate_says({"collect", "small", "--db", database, "--work", work, "--format", "csv"});
  }
  std::string fingerprint() const {
    return ablate_says({"doctor", "--fingerprint", "small", "--db", database}).out;
  }
  void script(const std::string& name, const std::string& text) const {
    write_file(folder / ("bin/" + name), "#!/bin/sh\n" + text);
    fs::permissions(folder / ("bin/" + name), fs::perms::owner_all);
  }
  std::string path() const { return (folder / "bin").string() + ":" + std::getenv("PATH"); }
};

inline std::string manifest_in(const std::string& out) {
  std::smatch found;
  REQUIRE(std::regex_search(out, found, std::regex("manifest: (.*)\n")));
  return found[1];
}

}  // namespace ablate::test
