#!/bin/sh
# exported.sh LIBRARY: no object of the kernels exports an inline function. A linker keeps one copy of such a function
# for the whole program; were it the copy compiled for AVX-512, older processors would stop at it.
set -eu
symbols=$(nm -A "$1" 2>/dev/null | grep 'kernels_[a-z0-9]*\.cpp\.o:')
[ -n "$symbols" ] || { echo "no object of the kernels in $1" >&2; exit 1; }
if printf '%s\n' "$symbols" | grep -E ' [WVuw] '; then
  echo "the lines above are inline functions that an object of one instruction set exports" >&2
  exit 1
fi
