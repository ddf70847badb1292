#!/bin/sh
# everywhere.sh FOLDER [BUILD]: all that "the same bits everywhere" says, in one go. Takes the program of the build folder BUILD (made in FOLDER if
# none is named; without ABLATE_UNITY) apart: what its numbers come from (all of compute, metrics, nn and train, random streams, drawn
# glyphs, the division of the data) is compiled by g++ -O0, by g++ -O3 and by clang++-14 -O3, kernels included, and linked in its place. Each
# of the three trains the 21 variants of tests/fingerprints/arithmetic.yaml under every set of kernels that this processor has, with 1, 2 and 8
# workers. Then the same on an x86 without fused multiply-add, and the short set of same_bits.cpp on ARM, both emulated. Prints a line for each,
# "same" or "OTHER BITS", and exits with 1 where any differs. What is not installed is named and left out. Half an hour of processor
# time, mostly compilers and emulators.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
mkdir -p "$1"
work=$(cd "$1" && pwd)
if [ $# -lt 2 ]; then
  cmake -S "$top" -B "$work/program" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$work/program.log"
  cmake --build "$work/program" --target ablate_program >>"$work/program.log"
fi
base=$(cd "${2:-$work/program}" && pwd)
if grep -q /Unity/ "$base/build.ninja"; then
  echo "everywhere.sh: $base compiles many files as one; name a folder that was configured without ABLATE_UNITY" >&2
  exit 2
fi
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

fingerprints() { # NAME PROGRAM: the 21 variants
  code=0
  "$top/tests/fingerprints/fingerprints.sh" "$2" >"$work/$1.log" 2>&1 || code=$?
  say "$1" "$code" "$work/$1.log"
}

short() { # NAME ARGUMENT...: the short set, built and run elsewhere
  name=$1 code=0
  shift
  "$here/same_bits.sh" --build "$work/$name" "$@" >"$work/$name.log" 2>&1 || code=$?
  say "$name" "$code" "$work/$name.log"
}

# The program with what numbers come from compiled anew. Objects named before the library win over those in it.
rebuild() { # NAME COMPILER LEVEL
  command -v "$2" >/dev/null || return 77
  mkdir -p "$work/$1"
  cd "$top/framework"
  find compute metrics nn train base/random.cpp config/random_space.cpp data/glyph*.cpp data/handwriting.cpp data/ink.cpp data/lettering.cpp \
    data/partition.cpp -name '*.cpp' |
    compiler=$2 level=$3 to=$work/$1 cache=$(command -v ccache || true) xargs -P "$(nproc)" -n 1 sh -c '
      case $0 in
        */kernels_avx2.cpp) own="-mavx2 -mfma -mbmi -mbmi2" ;;
        */kernels_avx512.cpp) own="-mavx2 -mfma -mbmi -mbmi2 -mavx512f -mavx512bw -mavx512dq -mavx512vl" ;;
        *) own= ;;
      esac
      $cache "$compiler" -std=c++20 -ffp-contract=off -fno-math-errno "$level" $own -I . -c "$0" -o "$to/$(echo "$0" | tr / _).o" || exit 255' || return 1
  cd "$base"
  eval "$(ninja -t commands ablate_program | tail -n 1 | sed "s|-o ablate |$work/$1/*.o -o $work/$1/ablate |")"
}

variation() { # NAME COMPILER LEVEL
  code=0
  (rebuild "$@") >"$work/$1.build.log" 2>&1 || code=$?
  if [ "$code" = 0 ]; then
    fingerprints "$1" "$work/$1/ablate"
  else
    say "$1" "$code" "$work/$1.build.log"
  fi
}

variation g++-O0 g++ -O0
variation g++-O3 g++ -O3
variation clang-O3 clang++-14 -O3
if command -v qemu-x86_64 >/dev/null; then
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
