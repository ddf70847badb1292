#!/bin/sh
# many_cores.sh PROGRAM PRELOADED: a sweep where the machine seems to have 64 cores and no process may have more than 300 MB of
# address space ends with the bits of one worker on this machine, figures and all.
set -eu
program=$1 preloaded=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >study.yaml <<'END'
# Does it run beside sixty-three others?
study: crowd
data: {source: glyphs, train_images: 188, test_images: 94}
model: {hidden: [8]}
training: {epochs: 1}
seeds: 66
END
"$program" run study.yaml -j 1 --quiet --db one.db --out one >/dev/null
(
  ulimit -v 300000
  LD_PRELOAD=$preloaded "$program" run study.yaml --quiet --db many.db --out many >/dev/null
)
ask() { "$program" query --format csv --db many.db "$1" | tail -n 1; }
cores=$(ask "SELECT max(cores) FROM machine")
workers=$(ask "SELECT count(DISTINCT worker) FROM run")
[ "$cores" = 64 ] || { echo "the machine seems to have $cores cores" >&2; exit 1; }
[ "$workers" -gt 8 ] || { echo "$workers workers trained 66 runs" >&2; exit 1; }
[ "$("$program" doctor --fingerprint crowd --db one.db)" = "$("$program" doctor --fingerprint crowd --db many.db)" ] || {
  echo "other bits than those of one worker" >&2
  exit 1
}
