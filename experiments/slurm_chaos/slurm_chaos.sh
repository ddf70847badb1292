#!/usr/bin/env bash
# Trains a study on a real Slurm of three logical nodes on this machine, and meanwhile kills nodes (SIGKILL for all that runs there),
# the controller (kill -9), cancels and requeues tasks, and lets their time run out, at random. The end is compared with one
# machine's, which trains meanwhile.
#
#   slurm_chaos.sh PROGRAM [SEEDS] [BLOWS] [SEED] [EPOCHS] [PUBLISH] [WARNING]
#
# Defaults: 50 seeds of four variants (200 runs), 40 blows, random seed 1, 10 epochs, a publication every second, and a warning
# 45 s before a task's minute is over. With STEP=SECONDS in the environment the runs are those of a program that sleeps so long in each
# epoch (programs.yaml, of two variants): then the sweep's time is the time for which slots are taken, and a busy machine changes nothing. Needs
# slurm-wlm and munge, and root; without them it says so and exits with 77. Exit code 0: the fingerprint is one machine's, no run is
# missing or there twice, no bits differed, nothing runs any more.
set -u
program=$(realpath "$1"); seeds=${2:-50}; blows=${3:-40}; RANDOM=${4:-1}; epochs=${5:-10}; publish=${6:-1}; warning=${7:-45}
here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d /var/tmp/ablate-chaos-XXXXXX); lab=$folder/lab
mkdir "$lab" && chmod 755 "$folder"  # munge wants its socket reachable
# shellcheck source=cluster.sh
. "$here/cluster.sh"
# shellcheck source=compare.sh
. "$here/compare.sh"
missing=$(cluster_missing)
[ -z "$missing" ] || { echo "skipped: no Slurm here: $missing"; rmdir "$lab" "$folder"; exit 77; }
trap 'code=$?; cluster_stop; if [ $code = 0 ]; then rm -rf "$folder"; else echo "what is left of it: $folder"; fi' EXIT
cd "$folder" || exit 2
export TMPDIR=$folder/node SLURM_TMPDIR=$folder/node
mkdir node

study=slurm_chaos; variants=4; settings=("$here/study.yaml" --set "seeds=$seeds" --set "training.epochs=$epochs")
[ -z "${STEP:-}" ] || { study=slurm_programs; variants=2; settings=("$here/programs.yaml" --set "seeds=$seeds" --set "steps=$epochs"); }
runs=$((variants * seeds))

# No child of this shell, whose children's time is the head node's.
alone() {
  local TIMEFORMAT='%U %S'
  { time STEP=0 nice -n 5 "$program" run "${settings[@]}" --db alone.db --out alone -j 2 --quiet >alone.out 2>&1; } 2>alone.time
  echo $? >alone.code
}
(alone &)
began=$(date +%s.%N)

cat >cluster.yaml <<C
work: $folder/work
runs_per_task: 5
publish: $publish
time: "00:01:00"
cpus: 1
script: $folder/task.sh
C
# A minute is Slurm's shortest limit: tasks run out of time again and again.
sed "s/USR1@120/USR1@$warning/" "$here/../../configs/slurm_task.sh" >task.sh

send() { on_head run "${settings[@]}" --slurm cluster.yaml --db head.db --out report >>send.out 2>>send.err; }
running() { squeue -h -r -t R -o '%i %N' 2>/dev/null; }

cluster_start || fail "no cluster"
send || { cat send.err; fail "the first send"; }
say "sent $(grep -c . send.out) array(s); $blows blows ..."
declare -A kinds
blow=0
while [ "$blow" -lt "$blows" ]; do
  sleep "$(awk "BEGIN {print 0.3 + $RANDOM / 32768 * 2}")"
  blow=$((blow + 1))
  node=n$((RANDOM % 3 + 1))
  task=$(running | shuf -n 1 --random-source=<(yes "$RANDOM") | cut -d' ' -f1)
  case $((RANDOM % 10)) in
    0 | 1 | 2) kind=node_kill; node_kill $node; [ $((RANDOM % 2)) = 0 ] && node_lost $node; node_start $node ;;
    3) kind=daemon_kill; kill -9 $(node_daemon $node) 2>/dev/null; sleep 0.5; node_start $node ;;
    4) kind=controller_kill; controller_kill; sleep 1; controller_start ;;
    5 | 6) kind=scancel; [ -n "$task" ] && scancel "$task" 2>/dev/null ;;
    7) kind=requeue; [ -n "$task" ] && scontrol requeue "$task" 2>/dev/null ;;
    8) kind=usr1; [ -n "$task" ] && scancel --signal=USR1 --batch "$task" 2>/dev/null ;;
    9) kind=collect; on_head collect $study --db head.db --work work >>collect.out 2>>collect.err ;;
  esac
  kinds[$kind]=$((${kinds[$kind]:-0} + 1))
  [ $((blow % 8)) = 0 ] && { cluster_heal; send; }
done
say "blows: $(for kind in "${!kinds[@]}"; do printf '%s %s, ' "${kinds[$kind]}" "$kind"; done)"

# Calm now: what is missing is sent until nothing is. Somebody who waits for results collects every half minute.
for ((round = 0; round < 2000; round++)); do
  cluster_heal
  empty=$([ -n "$(squeue -h 2>/dev/null || echo unknown)" ] || echo yes)
  if [ $((round % 6)) = 0 ] || [ "$empty" ]; then
    on_head collect $study --db head.db --work work >>collect.out 2>>collect.err
    [ "$(left)" = 0 ] && break
  fi
  [ "$empty" ] && { sleep 1; send; }
  sleep 5
done
[ "$(left)" = 0 ] || { tail -5 send.err; fail "$(left) runs are left"; }
send # which writes the report
wall=$(awk "BEGIN {print $(date +%s.%N) - $began}")
until [ -e alone.code ]; do sleep 1; done
[ "$(cat alone.code)" = 0 ] || { cat alone.out; fail "one machine"; }

no_task_left || fail "a task still runs"
compare $study $runs
repeated=$(grep -ho '[0-9]* runs\? trained twice' collect.err send.err | awk '{n += $1} END {print n + 0}')
say "resumed $(rows 'SELECT sum(resumed) FROM run' head.db) times; $repeated runs were trained twice, with the same bits"
trained=$([ -n "${STEP:-}" ] && awk "BEGIN {print $runs * $epochs * $STEP}" || awk '{print $1 + $2}' alone.time)
awk "BEGIN {printf \"%.0f s by the clock; the runs took %.1f s, head node %.2f s of processor time, %.2f %% of it\\n\", $wall, $trained, $(head_seconds), 100 * $(head_seconds) / $trained}"
awk '{calls[$1]++; ticks[$1] += $2} END {for (word in calls) printf "head node: %d times %s, %.2f s\n", calls[word], word, ticks[word] / '"$(getconf CLK_TCK)"'}' head.ticks
