#!/bin/sh
# library_alone.sh BUILD SOURCE: installs what was built into a folder that goes again, and builds and runs
# experiments/library_alone with it and nothing else.
set -eu
build=$1 source=$2
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cmake --install "$build" --prefix "$home/prefix" >"$home/log" || { cat "$home/log"; exit 1; }
cmake -S "$source/experiments/library_alone" -B "$home/build" -G Ninja -DCMAKE_PREFIX_PATH="$home/prefix" >"$home/log" &&
  cmake --build "$home/build" >>"$home/log" || { cat "$home/log"; exit 1; }
"$home/build/library_alone" >"$home/said"
cat "$home/said"
grep -Eq '^epoch 5: test accuracy 0\.[0-9]{3}$' "$home/said"
