#!/usr/bin/env bash
# Kills `ablate`, its workers, the program that trains, or several of them, at random moments, again and again, while a
# sweep runs whose runs a shell script trains; then compares the end with a sweep that was left alone.
#
#   kill_trainer.sh PROGRAM [KILLS] [SEED]     defaults: 300 kills, seed 1
#
# Exit code 0: the fingerprints are equal, every epoch is there once, every repeated epoch had the same bits, and no
# process is left.
set -u
program=$(realpath "$1"); kills=${2:-300}; RANDOM=${3:-1}
study=$(realpath "$(dirname "$0")/study.yaml")
folder=$(mktemp -d); cd "$folder" || exit 2
trap 'code=$?; if [ $code = 0 ]; then rm -rf "$folder"; else echo "what is left of it: $folder"; fi' EXIT

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; exit 1; }
sweep() { exec "$program" run "$study" --db "$1.db" --out "$1" -j 2 --json --retry-failed; }
# Processes of this folder's runs, which all have ABLATE_DIR in it.
trained() { grep -lzs "^ABLATE_DIR=$folder" /proc/[0-9]*/environ | cut -d/ -f3; }
descendants() {
  local child
  for child in $(cat "/proc/$1/task/$1/children" 2> /dev/null); do echo "$child"; descendants "$child"; done
}
ask() { "$program" query "$1" --db "$2.db" --format csv | tail -1; }

say "an undisturbed sweep ..."
(sweep whole > whole.json 2> whole.err) || { cat whole.err; exit 1; }
expected=$("$program" doctor --fingerprint kill_trainer --db whole.db)

killed=0; ours=0; theirs=0; both=0; starts=0; repeated=0; differing=0
check_repeats() {
  repeated=$((repeated + $(ask "SELECT count(*) FROM repeated_epoch" cut)))
  differing=$((differing + $(ask "SELECT count(*) FROM repeated_epoch WHERE metric IS NOT NULL" cut)))
}
while [ "$killed" -lt "$kills" ]; do
  starts=$((starts + 1))
  sweep cut > cut.json 2> cut.err & parent=$!
  while [ "$killed" -lt "$kills" ] && kill -0 "$parent" 2> /dev/null; do
    sleep "$(awk "BEGIN {print $RANDOM / 32768 * 0.6}")"
    mapfile -t all < <(descendants "$parent")
    mapfile -t scripts < <(trained)
    case $((RANDOM % 3)) in
      0) kind=ours; victims=("$parent")
         [ $((RANDOM % 2)) = 0 ] && [ ${#all[@]} -gt 0 ] && victims=("${all[RANDOM % ${#all[@]}]}");;
      1) kind=theirs; [ ${#scripts[@]} -gt 0 ] || continue
         victims=("${scripts[RANDOM % ${#scripts[@]}]}");;
      2) kind=both; victims=("$parent" "${all[@]}");;
    esac
    kill -9 "${victims[@]}" 2> /dev/null || continue
    killed=$((killed + 1)); declare "$kind=$((${!kind} + 1))"
  done
  wait "$parent" 2> /dev/null; code=$?
  if [ "$code" = 0 ]; then
    [ "$("$program" doctor --fingerprint kill_trainer --db cut.db)" = "$expected" ] || fail "other numbers"
    check_repeats
    [ "$killed" -lt "$kills" ] && rm -rf cut.db cut.db-wal cut.db-shm cut.db.runs
  elif [ "$code" != 137 ] && [ "$code" != 1 ]; then
    cat cut.err; fail "exit code $code"
  fi
done
say "$killed kills ($ours of ablate or a process of its, $theirs of a script or its child, $both of all at once), $starts starts; the last one, undisturbed ..."
(sweep cut > cut.json 2> cut.err) || { cat cut.err; fail "exit code $?"; }
[ -f cut.db ] && check_repeats

found=$("$program" doctor --fingerprint kill_trainer --db cut.db)
rows=$(ask "SELECT count(*) FROM epoch" cut); wanted=$(ask "SELECT count(*) FROM epoch" whole)
values=$(ask "SELECT count(*) FROM epoch_value" cut)
"$program" doctor --db cut.db > doctor.txt || { cat doctor.txt; fail "the file is not sound"; }
left=$(trained | wc -l)
say "fingerprint undisturbed $expected"
say "fingerprint killed      $found"
say "$rows epochs (undisturbed: $wanted), $values values of test.sum; $repeated epochs came again, $differing with other bits; $left processes left"
[ "$found" = "$expected" ] && [ "$rows" = "$wanted" ] && [ "$values" = "$wanted" ] || fail "other epochs"
[ "$differing" = 0 ] || fail "a repeated epoch had other bits"
[ "$left" = 0 ] || fail "processes are left"
say "passed"
