#!/usr/bin/env bash
# Thousands of runs of one second each on a real Slurm of three logical nodes: what sending, starting, publishing and collecting
# cost beside them. The runs are those of a program that sleeps, so that one machine has room for many at a time.
#
#   short_runs.sh PROGRAM [SEEDS] [RUNS_PER_TASK]
#
# Defaults: 2,500 seeds of two variants (5,000 runs), 105 runs a task. CPUS names the processors of a node (8: 24 runs at a time,
# and 48 tasks are two of each slot). Needs slurm-wlm and munge, and root; without them it says so and exits with 77.
set -u
program=$(realpath "$1"); seeds=${2:-2500}; per_task=${3:-105}
here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d /var/tmp/ablate-chaos-XXXXXX); lab=$folder/lab
mkdir "$lab" && chmod 755 "$folder"
export CPUS=${CPUS:-8}
# shellcheck source=cluster.sh
. "$here/cluster.sh"
# shellcheck source=compare.sh
. "$here/compare.sh"
missing=$(cluster_missing)
[ -z "$missing" ] || { say "skipped: no Slurm here: $missing"; rm -rf "$folder"; exit 77; }
trap 'code=$?; cluster_stop; if [ $code = 1 ]; then echo "what is left of it: $folder"; else rm -rf "$folder"; fi' EXIT
cd "$folder" || exit 1
export TMPDIR=$folder/node SLURM_TMPDIR=$folder/node
mkdir node
study=("$here/programs.yaml" --set "seeds=$seeds" --set steps=1)
runs=$((2 * seeds)); slots=$((3 * CPUS))
printf 'work: %s\nruns_per_task: %s\npublish: 60\ntime: "00:30:00"\ncpus: 1\n' "$folder/work" "$per_task" >cluster.yaml

cluster_start || fail "no cluster"
seconds_since() { awk "BEGIN {printf \"%.1f\", $EPOCHREALTIME - $1}"; }
began=$EPOCHREALTIME
STEP=1 on_head run "${study[@]}" --slurm cluster.yaml --db head.db --out report >send.out 2>send.err || { cat send.err; fail "sending"; }
say "sending took $(seconds_since "$began") s by the clock, $(head_seconds) s of processor time"
began=$EPOCHREALTIME
while [ -n "$(timeout 10 squeue -h 2>/dev/null || echo unknown)" ]; do sleep 0.5; done
wall=$(seconds_since "$began")
awk "BEGIN {all = $wall * $slots; printf \"$runs runs of a second on $slots slots: %.1f s by the clock, %.1f %% more than the runs\n\", $wall, 100 * (all / $runs - 1)}"
began=$EPOCHREALTIME; before=$(head_seconds)
on_head collect slurm_programs --db head.db --work work >collect.out 2>collect.err || { cat collect.err; fail "collecting"; }
say "collecting from $(find work -name '*.over.db' | wc -l) files took $(seconds_since "$began") s by the clock, $(awk "BEGIN {print $(head_seconds) - $before}") s of processor time"
say "one machine, with the waits left out ..."
nice -n 10 "$program" run "${study[@]}" --db alone.db --out alone -j 4 --quiet >alone.out 2>&1 || { cat alone.out; fail "one machine"; }
no_task_left || fail "a task still runs"
compare slurm_programs $runs
