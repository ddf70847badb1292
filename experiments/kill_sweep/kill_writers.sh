#!/usr/bin/env bash
# Kills every command that writes but run (SIGKILL, at a random moment), again and again: merge into a new file and into one that is
# there, import of JSON and CSV, gc, migration, the three exports, report, compare, init, and archive, tag, note, stop and delete.
# After each kill the results file must be sound, what was made must be whole or not there, and the same command, left alone, must end
# as if nothing had happened. A kill counts where it ended a process that was running; one that had ended by itself is tried again.
#
#   kill_writers.sh PROGRAM [KILLS] [SEED] [COMMAND...]     defaults: 200 kills, seed 1, every command
set -u
program=$(realpath "$1"); kills=${2:-200}; RANDOM=${3:-1}
commands=("${@:4}")
here=$(realpath "$(dirname "$0")"); golden=$here/../../tests/golden/store
folder=$(mktemp -d); cd "$folder" || exit 2
export TMPDIR=$folder/tmp; mkdir "$TMPDIR"
trap 'code=$?; if [ $code = 0 ]; then rm -rf "$folder"; else echo "what is left of it: $folder"; fi' EXIT

fail() { printf 'FAILED: %s\n' "$*"; exit 1; }
fingerprint() { "$program" doctor --fingerprint "${2:-kill_sweep}" --db "$1"; }
count() { "$program" query "SELECT count(*) FROM $1" --db t.db --format csv | tail -1; }
sound() { "$program" doctor --db "$1" > doctor.txt || { cat doctor.txt; fail "$1 is not sound after $2"; }; }
small=(--set data.train_images=300 --set data.test_images=100 --set training.epochs=3)

"$program" run "$here/study.yaml" "${small[@]}" --set seeds=2 --db part.db --out part -q > /dev/null || fail "no study"
"$program" run "$here/study.yaml" "${small[@]}" --set seeds='[2, 3]' --db other.db --out other -q > /dev/null || fail "no study"
"$program" merge part.db other.db --into whole.db > /dev/null 2>&1 || fail "no merge"
"$program" report kill_sweep --db whole.db --out whole_report > /dev/null 2>&1 # a look, which exports hold
"$program" export json kill_sweep --db whole.db --out whole.json > /dev/null
"$program" export csv kill_sweep --db whole.db --out whole_csv > /dev/null
mkdir kept && "$program" init kept/made.yaml > /dev/null 2>&1
pair=(); while read -r name; do pair+=("kill_sweep/$name"); done < <("$program" query \
  "SELECT name FROM variant ORDER BY position LIMIT 2" --db whole.db --format json | sed -n 's/.*"name": *"\([^"]*\)".*/\1/p')
expected=$(fingerprint whole.db)
kept=$(cat "$golden/fingerprint.txt")

# What a command needs before it, the command, and what must hold once it has ended; $1 is a name of its own.
prepare() {
  rm -rf t.db t.db-wal t.db-shm made made.* t_report
  case $1 in
    merge_into | import_into) cp part.db t.db ;;
    gc | gc_predictions | tag | note | archive | compare | delete) cp whole.db t.db ;;
    stop)
      cp whole.db t.db
      sqlite3 t.db "UPDATE run SET status = 'running', worker = 'elsewhere:1:1', lease_until = 9e9 WHERE id = 1"
      ;;
    migrate) sqlite3 t.db < "$golden/schema_4.sql" ;;
  esac
}
command() {
  case $1 in
    merge) exec "$program" merge part.db other.db --into t.db ;;
    merge_into) exec "$program" merge other.db --into t.db ;;
    import_json) exec "$program" import whole.json --db t.db ;;
    import_csv) exec "$program" import whole_csv --db t.db ;;
    import_into) exec "$program" import whole.json --db t.db ;;
    gc) exec "$program" gc --weights --yes --db t.db ;;
    gc_predictions) exec "$program" gc --predictions --yes --db t.db ;;
    migrate) exec "$program" doctor --migrate --db t.db ;;
    export_json) exec "$program" export json kill_sweep --db whole.db --out made.json ;;
    export_csv) exec "$program" export csv kill_sweep --db whole.db --out made ;;
    export_sqlite) exec "$program" export sqlite kill_sweep --db whole.db --out made.db ;;
    report) exec "$program" report kill_sweep --db whole.db --out t_report ;;
    tag) exec "$program" tag --where 'seed = 1' best --db t.db ;;
    note) exec "$program" note kill_sweep 'of the study' --db t.db ;;
    archive) exec "$program" archive kill_sweep --db t.db ;;
    compare) exec "$program" compare "${pair[@]}" --db t.db ;;
    delete) exec "$program" delete kill_sweep --yes --db t.db ;;
    stop) exec "$program" stop 1 --db t.db ;;
    init) exec "$program" init made.yaml ;;
  esac
}
# After a kill: what is there is whole. Where a file was made by the kill's winner, it is removed, so that the command may run again.
after_kill() {
  [ -e t.db ] && sound t.db "a kill of $1"
  sound whole.db "a kill of $1"
  [ -e made.json ] && { cmp -s made.json whole.json || fail "$1: made.json is not whole"; rm made.json; }
  [ -e made ] && { diff -r made whole_csv > /dev/null || fail "$1: the folder is not whole"; rm -r made; }
  [ -e made.yaml ] && { cmp -s made.yaml kept/made.yaml || fail "$1: made.yaml is not whole"; rm made.yaml; }
  if [ "$1" = delete ] && [ "$(count study)" = 0 ]; then # it had done its work
    [ "$(count run)" = 0 ] || fail "runs without a study"
    prepare delete
  fi
  [ -e made.db ] && { [ "$(fingerprint made.db)" = "$expected" ] || fail "$1: made.db is not whole"; rm made.db; }
  return 0
}
after_end() {
  case $1 in
    export_json) cmp made.json whole.json || fail "$1: other bytes" ;;
    export_csv) diff -r made whole_csv || fail "$1: other bytes" ;;
    export_sqlite) [ "$(fingerprint made.db)" = "$expected" ] || fail "$1: other numbers" ;;
    report) diff -r t_report whole_report || fail "$1: other bytes" ;;
    init) cmp made.yaml kept/made.yaml || fail "$1: other bytes" ;;
    delete) [ "$(count study) $(count run) $(count epoch)" = "0 0 0" ] || fail "$1: something is left" ;;
    migrate) [ "$(fingerprint t.db kept)" = "$kept" ] || fail "$1: other numbers" ;;
    *) [ "$(fingerprint t.db)" = "$expected" ] || fail "$1: other numbers" ;;
  esac
  case $1 in
    tag) [ "$(count tag)" = 12 ] || fail "tags" ;;
    gc) [ "$(count model)" = 0 ] || fail "weights" ;;
    gc_predictions) [ "$(count prediction)" = 0 ] || fail "predictions" ;;
    compare) [ "$(count "look WHERE command = 'compare'")" = 1 ] || fail "looks" ;;
    stop) [ "$(count stop_request)" = 1 ] || fail "requests" ;;
  esac
  [ -e t.db ] && sound t.db "$1"
  left=$(find . -maxdepth 2 -name '*part-??????' -o -maxdepth 2 -name 'ablate-merge-*' -o -maxdepth 3 -name '*.tmp')
  [ -z "$left" ] || fail "$1 leaves $left"
}

[ ${#commands[@]} -gt 0 ] || commands=(merge merge_into import_json import_csv import_into gc gc_predictions migrate
  export_json export_csv export_sqlite report compare init tag note archive stop delete)
declare -A seconds died
for one in "${commands[@]}"; do # undisturbed, and how long it takes
  prepare "$one"
  began=$(date +%s.%N)
  (command "$one") > out.txt 2>&1 || { cat out.txt; fail "$one"; }
  seconds[$one]=$(awk "BEGIN {print $(date +%s.%N) - $began}")
  after_end "$one"
done
killed=0 late=0
while ((killed < kills)); do
  one=${commands[killed % ${#commands[@]}]}
  prepare "$one"
  (command "$one") > out.txt 2>&1 & victim=$!
  sleep "$(awk "BEGIN {print $RANDOM / 32768 * 1.1 * ${seconds[$one]}}")"
  kill -9 "$victim" 2> /dev/null
  wait "$victim" 2> /dev/null
  if [ $? = 137 ]; then died[$one]=$((${died[$one]:-0} + 1)); killed=$((killed + 1)); else late=$((late + 1)); fi
  after_kill "$one"
  (command "$one") > out.txt 2>&1 || { cat out.txt; fail "$one, after a kill"; }
  after_end "$one"
  ((killed % ${#commands[@]})) || printf '%s kills after %s s\n' "$killed" "$SECONDS"
done
for one in "${commands[@]}"; do printf '%-14s %3s kills under way\n' "$one" "${died[$one]:-0}"; done
echo "$killed kills hit a running process ($late more came too late), every file sound and every result as undisturbed: passed"
