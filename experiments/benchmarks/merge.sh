#!/bin/bash
# How fast studies move between files: rows of metrics (each of all metrics) a second of processor time.
#
#   experiments/benchmarks/merge.sh ABLATE RESULTS.db STUDY      RESULTS.db is only read
set -euo pipefail
ablate=$1 database=$2 study=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rows=$("$ablate" query "SELECT count(*) FROM epoch_metric JOIN run ON run.id = run_id JOIN study ON study.id = study_id
                        WHERE study.name = '$study'" --db "$database" --format csv | tail -1)

measure() { # what, command...
  local what=$1 seconds
  shift
  TIMEFORMAT='%U %S'
  { time "$@" > "$folder/said" 2>&1; } 2> "$folder/time"
  seconds=$(awk '{print $1 + $2}' "$folder/time")
  awk -v what="$what" -v rows="$rows" -v seconds="$seconds" \
    'BEGIN { printf "%-28s %8.2f s  %10.0f rows/s\n", what, seconds, rows / seconds }'
}

echo "study '$study': $rows rows of metrics; $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-)"
measure "export sqlite" "$ablate" export sqlite "$study" --db "$database" --out "$folder/s.db"
measure "import sqlite, new" "$ablate" import "$folder/s.db" --db "$folder/a.db"
measure "import sqlite, again" "$ablate" import "$folder/s.db" --db "$folder/a.db"
measure "merge into another" "$ablate" merge "$folder/s.db" --into "$folder/b.db"
measure "export json" "$ablate" export json "$study" --db "$database" --out "$folder/s.json"
measure "import json, new" "$ablate" import "$folder/s.json" --db "$folder/c.db"
[ "$("$ablate" doctor --fingerprint "$study" --db "$folder/a.db")" = \
  "$("$ablate" doctor --fingerprint "$study" --db "$folder/c.db")" ] && echo "all have one fingerprint"
