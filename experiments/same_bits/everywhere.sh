#!/bin/sh
# everywhere.sh FOLDER: all that "the same bits everywhere" says, in one go. Builds the program with g++ -O0, g++ -O3 and clang++-14 -O3
# in FOLDER, kernels included, and trains the 21 variants of tests/fingerprints/arithmetic.yaml with each: under every set of kernels
# that this processor has, with 1, 2 and 8 workers. Then the same on an x86 without fused multiply-add and on ARM, both emulated: the whole
# program there, the short set of same_bits.cpp here. Prints a line for each, "same" or "OTHER BITS", and exits with 1 where any
# differs. What is not installed is named and left out. An hour of processor time the first time, mostly compilers and emulators.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)
failed=0

say() { # NAME CODE LOG: one line for each check of the log, or for what went wrong
  if [ "$2" = 77 ]; then
    echo "$1: not installed, left out"
  elif [ "$2" = 0 ]; then
    sed -n "s|^\(.*\): the bits of .*|$1, \1: same|p" "$3"
  else
    failed=1
    echo "$1: OTHER BITS, or no answer; see $3"
  fi
}

program() { # NAME COMPILER LEVEL: the whole program, in FOLDER/NAME
  command -v "$2" >/dev/null || return 77
  if [ "$3" != -O3 ]; then # last on each command line, so that it holds for the kernels too, which are otherwise always optimised
    printf '#!/bin/sh\nexec %s "$@" %s\n' "$(command -v ccache || echo env)" "$3" >"$work/$1.launcher"
    chmod +x "$work/$1.launcher"
  fi
  cmake -S "$top" -B "$work/$1" -G Ninja -DCMAKE_BUILD_TYPE=Release -DABLATE_TESTS=OFF -DCMAKE_CXX_COMPILER="$2" \
    $([ ! -e "$work/$1.launcher" ] || echo "-DCMAKE_CXX_COMPILER_LAUNCHER=$work/$1.launcher") &&
    cmake --build "$work/$1" --target ablate_program -j "$(nproc)"
}

fingerprints() { # NAME PROGRAM [CHECK...]
  name=$1 code=0
  shift
  "$top/tests/fingerprints/fingerprints.sh" "$@" >"$work/$name.log" 2>&1 || code=$?
  say "$name" "$code" "$work/$name.log"
}

built() { # NAME COMPILER LEVEL
  code=0
  program "$@" >"$work/$1.build.log" 2>&1 || code=$?
  if [ "$code" = 0 ]; then
    fingerprints "$1" "$work/$1/ablate"
  else
    say "$1" "$code" "$work/$1.build.log"
  fi
}

short() { # NAME ARGUMENT...: the short set, built and run elsewhere
  name=$1 code=0
  shift
  "$here/same_bits.sh" --build "$work/$name" "$@" >"$work/$name.log" 2>&1 || code=$?
  say "$name" "$code" "$work/$name.log"
}

built g++-O0 g++ -O0
built g++-O3 g++ -O3
built clang-O3 clang++-14 -O3
if command -v qemu-x86_64 >/dev/null && [ -x "$work/g++-O3/ablate" ]; then
  # A processor of 2008: SSE4.2, neither AVX nor fused multiply-add, which the C library's fmaf then works out.
  printf '#!/bin/sh\nexec qemu-x86_64 -cpu Nehalem "%s" "$@"\n' "$work/g++-O3/ablate" >"$work/nehalem"
  chmod +x "$work/nehalem"
  fingerprints x86-without-FMA "$work/nehalem"
else
  say x86-without-FMA 77 ""
fi
short aarch64-g++-O2 aarch64-linux-gnu-g++ -O2 -static -- qemu-aarch64
short aarch64-g++-O0 aarch64-linux-gnu-g++ -O0 -static -- qemu-aarch64
exit $failed
