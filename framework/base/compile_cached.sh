#!/bin/sh
# Compiles through ccache, so that checkouts share what was compiled in one of them.
#
#   compile_cached.sh CCACHE CHECKOUT COMPILER ARG...
#
# The sloppiness is what ccache asks of precompiled headers. GCC writes other bytes into one every time that it makes it, so those
# tell ccache nothing: beside the header goes a checksum of the text that it was made of, and ccache looks at that.
set -eu

ccache=$1
export CCACHE_BASEDIR="$2" CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
shift 2

case " $* " in
  *" -x c++-header "*) ;;
  *) exec "$ccache" "$@" ;;
esac

count=$# header= before=
for argument; do
  [ "$before" != -o ] || header=$argument
  before=$argument
done
rm -f "$header" "$header.sum" # a header that is there would be taken for its own text
"$ccache" "$@"
mv "$header" "$header.made"
while [ "$count" -gt 0 ]; do # the same command, to standard output
  argument=$1
  shift
  case $argument in -o) shift && count=$((count - 1)) ;; *) set -- "$@" "$argument" ;; esac
  count=$((count - 1))
done
text=$header.$$.text
"$@" -E -MF /dev/null >"$text"
[ -s "$text" ] # or else all headers would be the same
sed '/^# [0-9]/d' "$text" | sha256sum >"$header.sum"
rm "$text"
mv "$header.made" "$header"
