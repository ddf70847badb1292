#!/bin/sh
# same_bits.sh PROGRAM [RUNNER...]: trains under every set of kernels that this processor has, and compares with expected.txt.
# same_bits.sh --compile DIR COMPILER [FLAG...]: builds DIR/same_bits from its sources alone, for a RUNNER perhaps.
# same_bits.sh --build DIR COMPILER [FLAG...] [-- RUNNER...]: builds the program from its sources first, and runs it by RUNNER:
#   same_bits.sh --build /tmp/b aarch64-linux-gnu-g++ -O2 -static -- qemu-aarch64
#   same_bits.sh --build /tmp/b clang++-14 -O0
# Exits with 77 (skipped) where the compiler or the runner is not installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
framework=$here/../../framework

build() { # DIR COMPILER FLAG...: objects side by side, then the program
  dir=$1 compiler=$2
  shift 2
  mkdir -p "$dir"
  objects=
  for source in "$here"/same_bits.cpp "$here"/no_digest.cpp "$framework"/compute/*.cpp "$framework"/metrics/*.cpp "$framework"/nn/*.cpp \
    "$framework"/base/crc32c.cpp "$framework"/base/error.cpp "$framework"/base/random.cpp "$framework"/base/suggest.cpp; do
    own=
    case $(basename "$source"):$("$compiler" -dumpmachine) in
      kernels_avx2.cpp:x86_64*) own="-mavx2 -mfma -mbmi -mbmi2" ;;
      kernels_avx512.cpp:x86_64*) own="-mavx2 -mfma -mbmi -mbmi2 -mavx512f -mavx512bw -mavx512dq -mavx512vl" ;;
    esac
    object=$dir/$(basename "$source").o
    # Headers without code of their own (fmt, Boost, Armadillo) are those of this machine, after all of the compiler's own.
    # shellcheck disable=SC2086 # words are meant to split
    $(command -v ccache || true) "$compiler" -std=c++20 -ffp-contract=off -fno-math-errno -DFMT_HEADER_ONLY "$@" $own -I "$framework" -idirafter /usr/include \
      -c "$source" -o "$object"
    objects="$objects $object"
  done
  # shellcheck disable=SC2086
  "$compiler" "$@" $objects -o "$dir/same_bits"
}

runner=
if [ "$1" = --compile ]; then
  shift
  build "$@"
  exit
elif [ "$1" = --build ]; then
  dir=$2 compiler=$3
  shift 3
  flags=
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    flags="$flags $1"
    shift
  done
  [ $# -eq 0 ] || shift
  runner=$*
  for needed in "$compiler" ${runner%% *}; do
    command -v "$needed" >/dev/null || { echo "skipped: $needed is not installed"; exit 77; }
  done
  # shellcheck disable=SC2086
  build "$dir" "$compiler" $flags
  program=$dir/same_bits
else
  program=$1
  shift
  runner=$*
fi

for kernels in $($runner "$program" --kernels); do
  if ABLATE_KERNELS=$kernels $runner "$program" | diff "$here/expected.txt" - >&2; then
    echo "$kernels: the bits of expected.txt"
  else
    echo "$kernels: other bits than those of expected.txt" >&2
    exit 1
  fi
done
