#!/usr/bin/env bash
# Many writers, readers and checkpoints on one results file: is every epoch there, is the file sound, and how long does the log get?
#
#   log_stress.sh BUILD_FOLDER [SECONDS]     default: 120 seconds
#
# First sixteen processes on a log of a quarter of a MiB and one that checkpoints all the time (the test of that name, for so long);
# then `ablate run -j 64` on small networks, with a reader beside it, interrupted once, and the log's size looked at all the time.
set -u
build=$(realpath "$1"); seconds=${2:-120}
program=$build/ablate; here=$(realpath "$(dirname "$0")")
folder=$(mktemp -d); cd "$folder" || exit 2
trap 'code=$?; if [ $code = 0 ]; then rm -rf "$folder"; else echo "what is left of it: $folder"; fi' EXIT
fail() { printf 'FAILED: %s\n' "$*"; exit 1; }

"$program" doctor --db none.db | grep SQLite
ABLATE_STRESS_SECONDS=$seconds "$build/tests/ablate_tests" "sixteen writers*" || fail "an epoch is lost"

longest=0
watch_log() { # PID
  while kill -0 "$1" 2> /dev/null; do
    size=$(stat -c %s wide.db-wal 2> /dev/null || echo 0)
    [ "$size" -gt "$longest" ] && longest=$size
    sleep 0.02
  done
}
sweep() { exec "$program" run "$here/study.yaml" --db wide.db --out report -j 64 -q; }
began=$(date +%s)
(while [ ! -e stop ]; do "$program" runs --db wide.db > /dev/null 2>&1; sleep 0.1; done) & reader=$!
sweep > out.txt 2>&1 & run=$!
(sleep $((seconds / 4)); kill -INT "$run" 2> /dev/null) & timer=$!
watch_log "$run"; wait "$run"; code=$?; kill "$timer" 2> /dev/null
[ "$code" = 130 ] && { echo "interrupted after $(($(date +%s) - began)) s: the log has $(stat -c %s wide.db-wal 2> /dev/null || echo 0) bytes"; }
sweep > out.txt 2>&1 & run=$!
watch_log "$run"; wait "$run"; code=$?
touch stop; wait "$reader"
[ "$code" = 0 ] || { cat out.txt; fail "exit code $code"; }
"$program" doctor --db wide.db > doctor.txt || { cat doctor.txt; fail "the file is not sound"; }
rows=$("$program" query "SELECT count(*) || ' of ' || sum(epochs_done) FROM run JOIN epoch ON epoch.run_id = run.id AND epoch.epoch = 1" \
  --db wide.db --format csv | tail -1)
lost=$("$program" query "SELECT count(*) FROM run WHERE epochs_done <> (SELECT count(*) FROM epoch WHERE run_id = run.id)" \
  --db wide.db --format csv | tail -1)
cp wide.db alone.db
[ "$("$program" doctor --fingerprint log_stress --db alone.db)" = "$("$program" doctor --fingerprint log_stress --db wide.db)" ] || fail "the file alone lacks something"
echo "runs and epochs: $rows; runs that lack an epoch: $lost; $(stat -c %s wide.db) bytes, log at most $longest, in $(($(date +%s) - began)) s"
[ "$lost" = 0 ] || fail "epochs are lost"
[ "$longest" -le $((64 << 20)) ] || fail "the log grew beyond 64 MiB"
echo passed
