# What a sweep on a cluster is held to, beside the same sweep on one machine: to be sourced by a bash script that has set
# `program`, and has alone.db and head.db in its folder.

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; exit 1; }
rows() { "$program" query "$1" --db "$2" --format csv | tail -1; }
left() { rows "SELECT count(*) FROM run WHERE status NOT IN ('done', 'failed', 'diverged')" head.db; }

head_ticks=0 # of the processor, by what runs on the head node: sending and collecting
on_head() {
  local before after code
  before=$(awk '{print $16 + $17}' /proc/$$/stat)
  "$program" "$@"; code=$?
  after=$(awk '{print $16 + $17}' /proc/$$/stat)
  head_ticks=$((head_ticks + after - before))
  printf '%s %s\n' "$1" $((after - before)) >>head.ticks
  return $code
}
head_seconds() { awk "BEGIN {print $head_ticks / $(getconf CLK_TCK)}"; }

# The fingerprint of one machine, no run missing or there twice, no bits that differed, a sound file.
compare() { # STUDY RUNS
  local found table
  found=$("$program" doctor --fingerprint "$1" --db head.db)
  [ "$found" = "$("$program" doctor --fingerprint "$1" --db alone.db)" ] || fail "$1 has other numbers: $found"
  [ "$(rows "SELECT count(*), count(DISTINCT variant_id || '/' || seed) FROM run JOIN study ON study.id = study_id WHERE study.name = '$1'" head.db)" = "$2,$2" ] ||
    fail "runs of $1 are doubled or lost"
  for table in epoch epoch_metric epoch_value run_metric class_metric confusion; do
    [ "$(rows "SELECT count(*) FROM $table" head.db)" = "$(rows "SELECT count(*) FROM $table" alone.db)" ] || fail "rows of $table are doubled or lost"
  done
  ! grep -h 'different bits\|different numbers' ./*.err || fail "bits differed"
  "$program" doctor --db head.db >/dev/null || fail "the file is not sound"
  say "$2 runs of $1: the fingerprint of one machine ($found)"
}

# All tasks are told to end; false where one of their processes does not, or is left.
no_task_left() {
  local round
  timeout 20 scancel --user=root 2>/dev/null
  for ((round = 0; round < 60; round++)); do
    [ -z "$(of_lab "$(basename "$program")" steps.sh)" ] && return 0
    sleep 0.2
  done
  return 1
}
