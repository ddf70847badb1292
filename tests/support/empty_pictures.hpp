#pragma once
/// Reports whose pictures nobody looks at.

#include <cstdlib>
#include <filesystem>
#include <string>

#include "support/home.hpp"
#include "support/temporary_folder.hpp"

namespace ablate::test {

/// While it lives, a stand-in for gnuplot is first on the path: each picture is there, and empty. A test that draws nothing
/// else costs a third.
class EmptyPictures {
 public:
  EmptyPictures() : path_("PATH", folder_.text() + ":" + std::getenv("PATH")) {
    folder_.write(
        "gnuplot",
        "#!/bin/sh\n"
        "for word; do\n"
        "  case $word in *.gp) name=${word##*/}; for end in svg pdf png; do : >\"${name%.gp}.$end\"; done ;; esac\n"
        "done\n");
    std::filesystem::permissions(folder_ / "gnuplot", std::filesystem::perms::owner_all);
  }

 private:
  TemporaryFolder folder_;
  Environment path_;
};

}  // namespace ablate::test
