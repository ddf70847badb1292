#!/usr/bin/env bash
# The short form of slurm_chaos.sh, for every test run: eight runs of our networks and eight of somebody else's program on a real
# Slurm of three logical nodes, and one blow of each kind, which waits for a task that it can strike. The program sleeps, so that a
# busy machine makes little difference. Slurm's shortest wall time is a minute; its warning, SIGUSR1, is sent by hand.
#
#   slurm_short.sh PROGRAM
#
# Exit code 77, with a word, where Slurm is not installed or does not start.
set -u
program=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d /var/tmp/ablate-chaos-XXXXXX); lab=$folder/lab
mkdir "$lab" && chmod 755 "$folder"  # munge wants its socket reachable
# shellcheck source=cluster.sh
. "$here/cluster.sh"
# shellcheck source=compare.sh
. "$here/compare.sh"
missing=$(cluster_missing)
[ -z "$missing" ] || { say "skipped: no Slurm here: $missing"; rm -rf "$folder"; exit 77; }
trap 'code=$?; kill $watchdog; cluster_stop; if [ $code = 1 ]; then echo "what is left of it: $folder"; else rm -rf "$folder"; fi' EXIT
trap 'say "FAILED: it took too long"; exit 1' TERM
(trap - EXIT; for ((i = 0; i < 200; i++)); do sleep 1; done; kill -TERM $$) >/dev/null 2>&1 &
watchdog=$!
cd "$folder" || exit 1
export TMPDIR=$folder/node SLURM_TMPDIR=$folder/node
mkdir node
networks=("$here/study.yaml" --set seeds=2 --set training.epochs=12)
programs=("$here/programs.yaml" --set seeds=4 --set steps=7)

alone() {
  "$program" run "${networks[@]}" --db alone.db --out alone -j 2 --quiet && "$program" run "${programs[@]}" --db alone.db --out alone -j 4 --quiet
}
# No child of this shell, whose children's time is the head node's.
({ alone >alone.out 2>&1; echo $? >alone.code; } &)

cat >cluster.yaml <<C
work: $folder/work
runs_per_task: 2
publish: 0.5
time: "00:01:00"
cpus: 1
C
send() { # MORE...
  on_head run "${networks[@]}" --slurm cluster.yaml --db head.db --out report "$@" >>send.out 2>>send.err
  STEP=0.3 on_head run "${programs[@]}" --slurm cluster.yaml --db head.db --out report "$@" >>send.out 2>>send.err
}
collect() {
  for study in slurm_chaos slurm_programs; do
    on_head collect $study --db head.db --work work >>collect.out 2>>collect.err
  done
}
running() { timeout 10 squeue -h -r -t R -o '%i %N' 2>/dev/null; }
queue_is_empty() { [ -z "$(timeout 10 squeue -h 2>/dev/null || echo unknown)" ]; }
# Sets `task` and `node` to a task that runs and where it does; waits for one, and sends again where nothing waits. False where all
# runs have ended before: the machine was quicker than the blows.
victim() {
  local round
  for ((round = 1; round < 60; round++)); do
    read -r task node < <(running | tail -n 1) && return
    cluster_heal
    if queue_is_empty; then
      collect
      [ "$(left)" = 0 ] && return 1
      send --resend
    fi
    sleep 0.2
  done
  fail "no task runs: $(tail -n 2 send.err)"
}

cluster_start >start.out 2>&1 || { say "skipped: Slurm does not start here: $(tail -n 1 start.out)"; exit 77; }
send
struck=
strike() { # KIND
  victim || return 0
  struck="$struck $1"
  case $1 in
    usr1) timeout 10 scancel --signal=USR1 --batch "$task" ;;
    scancel) timeout 10 scancel "$task" ;;
    requeue) timeout 10 scontrol requeue "$task" ;;
    node_kill) node_kill "$node"; node_lost "$node"; node_start "$node" ;;
    twin) # the node is given up while its tasks live on, and they are started again
      # shellcheck disable=SC2046
      kill -9 $(node_daemon "$node"); node_lost "$node"; node_start "$node" ;;
    controller_kill) controller_kill; sleep 0.5; controller_start ;;
  esac
  sleep 0.3
}
for kind in usr1 node_kill scancel twin controller_kill requeue; do
  strike $kind 2>>strike.err
done
say "struck:$struck"
case $struck in *node_kill*) ;; *) fail "all runs ended before a node could be killed" ;; esac

for ((round = 0; round < 100; round++)); do
  cluster_heal
  collect
  [ "$(left)" = 0 ] && break
  queue_is_empty && send --resend
  sleep 0.5
done
[ "$(left)" = 0 ] || { tail -n 5 send.err; fail "$(left) runs are left"; }
until [ -e alone.code ]; do sleep 0.2; done
[ "$(cat alone.code)" = 0 ] || { cat alone.out; fail "one machine"; }
no_task_left || fail "a task still runs"
compare slurm_chaos 8
compare slurm_programs 8
say "resumed $(rows 'SELECT sum(resumed) FROM run' head.db) times; head node $(head_seconds) s of processor time"
