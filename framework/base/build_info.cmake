# Run at every build: writes OUTPUT with version and commit, and touches it only where they changed.
find_package(Git QUIET)
set(commit "")
if(Git_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${SOURCE} rev-parse --short=10 HEAD
                  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(commit)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${SOURCE} status --porcelain --untracked-files=no
                          -- framework experiments/main.cpp CMakeLists.txt
                  OUTPUT_VARIABLE changed ERROR_QUIET)
  set(commit "+${commit}")
  set(diff_sha256 "")
  if(changed)
    string(APPEND commit "-dirty")
    execute_process(COMMAND ${GIT_EXECUTABLE} -C ${SOURCE} diff HEAD -- framework experiments/main.cpp CMakeLists.txt
                    OUTPUT_VARIABLE diff ERROR_QUIET)
    string(SHA256 diff_sha256 "${diff}")
  endif()
endif()

set(text "// Written by framework/base/build_info.cmake.
#include \"base/build_info.hpp\"

namespace ablate {

std::string version() { return \"${VERSION}\"; }
std::string code_version() { return \"${VERSION}${commit}\"; }
std::string code_diff_sha256() { return \"${diff_sha256}\"; }
std::string build_flavour() { return \"${FLAVOUR}\"; }

}  // namespace ablate
")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} old)
endif()
if(NOT "${old}" STREQUAL "${text}")
  file(WRITE ${OUTPUT} "${text}")
endif()
