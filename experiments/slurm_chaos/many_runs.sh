#!/usr/bin/env bash
# What it costs to send thousands of short runs away and to collect them: processor time, which other programs on this machine
# do not change, beyond that of the same runs on one machine, and the time of the merge.
#
#   many_runs.sh PROGRAM [SEEDS] [RUNS_PER_TASK]
#
# Defaults: 500 seeds of ten variants (5,000 runs), 25 runs a task. The runs are far shorter than a second, so the cost is reported
# as a share of runs that last a second each.
set -eu
program=$(realpath "$1"); seeds=${2:-500}; per_task=${3:-25}
folder=$(mktemp -d /var/tmp/ablate-many-XXXXXX)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export TMPDIR=$folder
cat >study.yaml <<S
# What do short runs cost?
study: many_runs
data: {source: glyphs, train_images: 94, test_images: 47}
model: {hidden: [4]}
training: {epochs: 1}
variants: {grid: {model.skip: [none, projection], model.dropout: [0, 0.1, 0.2, 0.3, 0.4]}}
seeds: $seeds
report: {contrast: {factor: model.skip, from: none, to: projection}}
S
seconds() { # COMMAND...: processor time of it and of all that it started
  local TIMEFORMAT='%U %S' spent
  spent=$({ time "$@" >>out 2>>err; } 2>&1)
  awk "BEGIN {split(\"$spent\", t, \" \"); print t[1] + t[2]}"
}
alone=$(seconds "$program" run study.yaml --db alone.db --out alone -j 1 --quiet)
sent=$(seconds "$program" run study.yaml --manifest --runs-per-task "$per_task" --db head.db --work work --out report)
manifest=$(echo work/many_runs/sends/*/manifest.json)
last=$(($(sed -n 's/^chunks: //p' out) - 1))
all_tasks() { for ((k = 0; k <= last; k++)); do "$program" work "$manifest" --chunk "$k"; done; }
tasks=$(seconds all_tasks)
began=$(date +%s.%N)
collected=$(seconds "$program" collect many_runs --db head.db --work work)
wall=$(awk "BEGIN {printf \"%.1f\", $(date +%s.%N) - $began}")
again=$(seconds "$program" collect many_runs --db head.db --work work)
runs=$((10 * seeds))
[ "$("$program" doctor --fingerprint many_runs --db head.db)" = "$("$program" doctor --fingerprint many_runs --db alone.db)" ] ||
  { echo "FAILED: other numbers"; exit 1; }
echo "$runs runs in $((last + 1)) tasks: the fingerprint of one machine"
echo "one machine $alone s of processor time with its report; tasks $tasks s, sending $sent s, collecting $collected s ($wall s by the clock), again $again s"
awk "BEGIN {printf \"a task costs %.3f s more than its runs; of runs of one second that is %.1f %%\n\", ($tasks - $alone) / ($last + 1), 100 * ($tasks - $alone) / $runs}"
du -sh work | cut -f1 | sed 's/^/work folder: /'
