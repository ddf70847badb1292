# Which program this is. Run at every build, once before the first source is compiled and once after the last:
#   cmake -DSTEP=before -DSOURCE=dir -DSTATE=dir -P build_info.cmake
#   cmake -DSTEP=after  -DSOURCE=dir -DSTATE=dir -DVERSION=v -DFLAVOUR=f -DFLAGS=g -DOUTPUT=file.cpp -P build_info.cmake
#
# The program's hash covers the contents of every source that is between a configuration and a stored number, the build
# files, compiler and flags. Git has no part in it. What the program says about a run afterwards (reports, queries, pages) is
# left out: it cannot change the number. The hash is empty, "unknown", where the sources were not the same before and after
# compiling, or where a file's contents changed without its time moving on, so that its object is an old one.
cmake_minimum_required(VERSION 3.25)

# The list "hash path;..." of what the numbers come from, sorted by path.
function(sources_of_numbers result)
  set(files)
  foreach(folder base compute config data metrics nn runner store train)
    file(GLOB_RECURSE found RELATIVE ${SOURCE} ${SOURCE}/framework/${folder}/*)
    list(APPEND files ${found})
  endforeach()
  list(FILTER files INCLUDE REGEX "\\.(cpp|hpp|inc|sql|cmake)$")
  list(FILTER files EXCLUDE REGEX "^framework/store/queries/")
  list(SORT files)
  set(lines)
  foreach(file CMakeLists.txt experiments/main.cpp ${files})
    if(EXISTS ${SOURCE}/${file})
      file(SHA256 ${SOURCE}/${file} sha256)
      list(APPEND lines "${sha256} ${file}")
    endif()
  endforeach()
  if(NOT "framework/base/build_info.cmake" IN_LIST files)
    set(lines)  # a path that is not what it seems: nothing is known
  endif()
  set(${result} "${lines}" PARENT_SCOPE)
endfunction()

# Files whose contents differ from what the last build saw although their time is not after it: a backup that was moved back.
# They are given the present time, so that the next build compiles them.
function(touch_stale lines result)
  set(stale)
  if(EXISTS ${STATE}/sources.seen)
    file(STRINGS ${STATE}/sources.seen seen)
    foreach(line IN LISTS lines)
      string(SUBSTRING "${line}" 65 -1 file)
      if(line IN_LIST seen OR NOT "${seen};" MATCHES " ${file};" OR ${SOURCE}/${file} IS_NEWER_THAN ${STATE}/sources.seen)
        continue()
      endif()
      list(APPEND stale ${file})
      execute_process(COMMAND ${CMAKE_COMMAND} -E touch_nocreate ${SOURCE}/${file} ERROR_QUIET)
    endforeach()
  endif()
  set(${result} "${stale}" PARENT_SCOPE)
endfunction()

sources_of_numbers(lines)
list(JOIN lines "\n" text)
if(STEP STREQUAL "before")
  touch_stale("${lines}" stale)
  set(begun "${text}\n")
  if(stale)
    list(JOIN stale ", " names)
    message("ablate: changed, but with an old time, so that this build may miss it: ${names}; build again")
    set(begun "stale\n")
  endif()
  file(WRITE ${STATE}/sources.begun "${begun}")
  file(WRITE ${STATE}/sources.seen "${text}\n")
  return()
endif()

set(program "")
if(EXISTS ${STATE}/sources.begun)
  file(READ ${STATE}/sources.begun begun)
  if(lines AND begun STREQUAL "${text}\n")
    string(SHA256 program "${text}\n${FLAVOUR}\n${FLAGS}\n")
  endif()
  file(REMOVE ${STATE}/sources.begun)
endif()
file(WRITE ${STATE}/sources.seen "${text}\n")

# The commit is recorded for people, where the sources are a checkout of their own.
set(commit "")
set(diff_sha256 "")
find_package(Git QUIET)
if(Git_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${SOURCE} rev-parse --show-toplevel
                  OUTPUT_VARIABLE top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  file(REAL_PATH ${SOURCE} source)
  if(top STREQUAL source)
    execute_process(COMMAND ${GIT_EXECUTABLE} -C ${SOURCE} rev-parse --short=10 HEAD
                    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
endif()
if(commit)
  set(of_program -- framework experiments/main.cpp CMakeLists.txt)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${SOURCE} status --porcelain --untracked-files=all ${of_program}
                  OUTPUT_VARIABLE changed ERROR_QUIET)
  if(changed)
    string(APPEND commit "-dirty")
    execute_process(COMMAND ${GIT_EXECUTABLE} -C ${SOURCE} diff HEAD ${of_program} OUTPUT_VARIABLE diff ERROR_QUIET)
    string(SHA256 diff_sha256 "${changed}${diff}")
  endif()
  string(APPEND commit ".")
endif()
if(program)
  string(SUBSTRING ${program} 0 10 short)
  set(short "src-${short}")
else()
  set(short "unknown")
endif()

set(code "// Written by framework/base/build_info.cmake.
#include \"base/build_info.hpp\"

namespace ablate {

std::string version() { return \"${VERSION}\"; }
std::string code_version() { return \"${VERSION}+${commit}${short}\"; }
std::string code_diff_sha256() { return \"${diff_sha256}\"; }
std::string program_sha256() { return \"${program}\"; }
std::string build_flavour() { return \"${FLAVOUR}\"; }

}  // namespace ablate
")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} old)
endif()
if(NOT "${old}" STREQUAL "${code}")
  file(WRITE ${OUTPUT} "${code}")
endif()
