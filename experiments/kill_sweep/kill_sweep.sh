#!/usr/bin/env bash
# Kills a random process of a running sweep (a worker or the parent, SIGKILL, at a random moment) again and again,
# starts the sweep anew each time, and compares the end with a sweep that was left alone.
#
#   kill_sweep.sh PROGRAM [KILLS] [SEED] [PAUSE] [ARG...]
#
# Defaults: 100 kills, seed 1, at most a twentieth of the undisturbed sweep's time between two kills, or 0.4 s where that
# is less. ARGs go to `ablate run`, such as --set seeds=2.
#
# Exit code 0: the fingerprints are equal, every epoch is there once, and the file is sound.
set -u
program=$(realpath "$1"); kills=${2:-100}; RANDOM=${3:-1}; pause=${4:-}
arguments=("${@:5}")
study=$(realpath "$(dirname "$0")/study.yaml")
folder=$(mktemp -d); cd "$folder" || exit 2
trap 'code=$?; if [ $code = 0 ]; then rm -rf "$folder"; else echo "what is left of it: $folder"; fi' EXIT

say() { printf '%s\n' "$*"; }
# A run whose worker is killed three times before it ends an epoch counts as failed, as it would if it crashed by itself: the next
# start tries it again.
sweep() { exec "$program" run "$study" --db "$1.db" --out "$1" -j 2 --json --retry-failed "${arguments[@]}"; }

say "an undisturbed sweep ..."
began=$(date +%s.%N)
(sweep whole > whole.json 2> whole.err) || { cat whole.err; exit 1; }
whole_seconds=$(awk "BEGIN {print $(date +%s.%N) - $began}")
[ -n "$pause" ] || pause=$(awk "BEGIN {p = $whole_seconds / 20; print (p > 0.4 ? p : 0.4)}")
expected=$("$program" doctor --fingerprint kill_sweep --db whole.db)

killed=0; parents=0; restarts=0; on_the_fly=0
while [ "$killed" -lt "$kills" ]; do
  restarts=$((restarts + 1))
  sweep cut > cut.json 2> cut.err & parent=$!
  # Between 0 and PAUSE seconds after the last kill: while it loads, plans, trains, commits or ends.
  while [ "$killed" -lt "$kills" ] && kill -0 "$parent" 2> /dev/null; do
    sleep "$(awk "BEGIN {print $RANDOM / 32768 * $pause}")"
    workers=()
    { read -ra workers < "/proc/$parent/task/$parent/children"; } 2> /dev/null || true
    victims=("$parent" "${workers[@]}")
    victim=${victims[RANDOM % ${#victims[@]}]}
    { read -r _ _ state _ < "/proc/$victim/stat"; } 2> /dev/null || continue
    [ "$state" = Z ] && continue # it has ended and waits for its parent to notice
    kill -9 "$victim" 2> /dev/null || continue
    killed=$((killed + 1))
    if [ "$victim" = "$parent" ]; then parents=$((parents + 1)); break; fi
    on_the_fly=$((on_the_fly + 1))
  done
  wait "$parent" 2> /dev/null; code=$?
  if [ "$code" = 0 ]; then
    # Done before the last kill: all over again, in a new file, and the old one must be right.
    [ "$("$program" doctor --fingerprint kill_sweep --db cut.db)" = "$expected" ] || { say "FAILED: other numbers"; exit 1; }
    [ "$killed" -lt "$kills" ] && rm -f cut.db cut.db-wal cut.db-shm
  elif [ "$code" != 137 ] && [ "$code" != 1 ]; then
    say "FAILED: exit code $code"; cat cut.err; exit 1
  fi
done
say "$killed kills ($parents of the parent, $on_the_fly of a worker), $restarts starts; the last one, undisturbed ..."
(sweep cut > cut.json 2> cut.err) || { say "FAILED: exit code $?"; cat cut.err; exit 1; }

found=$("$program" doctor --fingerprint kill_sweep --db cut.db)
rows=$("$program" query "SELECT count(*) FROM epoch" --db cut.db --format csv | tail -1)
wanted=$("$program" query "SELECT count(*) FROM epoch" --db whole.db --format csv | tail -1)
resumed=$("$program" query "SELECT sum(resumed) FROM run" --db cut.db --format csv | tail -1)
"$program" doctor --db cut.db > doctor.txt || { say "FAILED: the file is not sound"; cat doctor.txt; exit 1; }
say "fingerprint undisturbed $expected"
say "fingerprint killed      $found"
say "$rows epochs (undisturbed: $wanted); $resumed times a run went on from its checkpoint; undisturbed sweep: $whole_seconds s"
if [ "$found" != "$expected" ] || [ "$rows" != "$wanted" ]; then say "FAILED"; exit 1; fi
say "passed"
