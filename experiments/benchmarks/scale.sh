#!/usr/bin/env bash
# The documented questions on 101,000 runs of 50 epochs, with the machine's facts. Exit code 1 where a bound is missed.
#
#   scale.sh BUILD_FOLDER [FILE]     default: /tmp/big.db, made where it is missing (3 GB, and as much again while it is made)
#
# Build first: cmake --build BUILD_FOLDER --target ablate_program make_big_database scale
set -euo pipefail
build=$(realpath "$1"); file=${2:-/tmp/big.db}; missed=0

bound() { # WHAT VALUE COMPARISON BOUND UNIT
  if awk "BEGIN {exit !($2 $3 $4)}"; then verdict=; else verdict="  MISSED"; missed=1; fi
  printf '%-66s %12s  (%s %s %s)%s\n' "$1" "$2" "$3" "$4" "$5" "$verdict"
}

printf '%s\n' "$(uname -sr), $(nproc) processors: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
awk '/MemTotal/ {printf "%.0f GB of memory; ", $2 / 1e6}' /proc/meminfo
printf 'load %s; SQLite %s; ablate %s\n\n' "$(cut -d' ' -f1 /proc/loadavg)" \
  "$("$build/ablate" query 'SELECT sqlite_version()' --db "$file" --format csv 2>/dev/null | tail -1)" \
  "$("$build/ablate" --version | cut -d' ' -f2)"

if [ ! -e "$file" ]; then "$build/make_big_database" "$file"; echo; fi
small=$(mktemp -u --suffix=.db); trap 'rm -f "$small"* "$small.out"' EXIT
rate=$("$build/make_big_database" "$small" 10 | sed -n 's/.*: \([0-9]*\) metric rows.*/\1/p')
bound "bulk import of 10,000 runs, metric rows a second" "$rate" '>' 200000 ''
bound "size of the file, GB" "$(stat -c %s "$file" | awk '{printf "%.3f", $1 / 1e9}')" '<' 3 GB

milliseconds() { # COMMAND... : the least of twenty
  for _ in $(seq 20); do
    begin=$(date +%s%N); "$@" > /dev/null 2>&1; end=$(date +%s%N); echo $(((end - begin) / 1000))
  done | sort -n | head -1 | awk '{printf "%.1f", $1 / 1000}'
}
bound "ablate runs, the whole process, ms" "$(milliseconds "$build/ablate" runs --db "$file")" '<' 100 ms
bound "ablate --version, the whole process (what starting costs), ms" "$(milliseconds "$build/ablate" --version)" '<' 100 ms

million="WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT 1000000) SELECT x, 0.1 * x AS y, 'text' AS z FROM t"
peak() { # SQL FORMAT : MB
  python3 - "$build/ablate" "$1" "$2" "$file" << 'EOF'
import os, resource, subprocess, sys
subprocess.run([sys.argv[1], "query", sys.argv[2], "--format", sys.argv[3], "--db", sys.argv[4]], stdout=subprocess.DEVNULL, check=True)
print(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.1f}")
EOF
}
for format in table csv json markdown latex; do
  few=$(peak 'SELECT 1' "$format")
  bound "peak memory of a million rows beyond that of one, $format, MB" \
    "$(awk "BEGIN {printf \"%.1f\", $(peak "$million" "$format") - $few}")" '<' 8 MB
done
echo
"$build/scale" "$file" || missed=1
exit $missed
