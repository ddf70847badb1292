#!/usr/bin/env bash
# What a sweep costs beside the programs that it runs: a time for each epoch, and one for each run.
#
#   trainer_overhead.sh PROGRAM [RUNS] [SECONDS]     defaults: 100 runs of 0.2 s
set -eu
program=$(realpath "$1"); runs=${2:-100}; seconds=${3:-0.2}
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
now() { date +%s.%N; }

cat > epochs.py <<'PY'
import os, time
count = int(os.environ.get("ABLATE_UNTIL", 2000))
began = time.time()
with open(os.environ.get("ABLATE_METRICS", os.devnull), "a", buffering=1) as file:
    for epoch in range(1, count + 1):
        file.write('{"epoch": %d, "train.loss": 0.5, "validation.accuracy": 0.9, "test.accuracy": 0.8}\n' % epoch)
open(os.path.join(os.environ.get("ABLATE_DIR", "."), "seconds"), "w").write(str(time.time() - began))
PY
cat > epochs.yaml <<'YAML'
# What does an epoch cost?
study: epochs
trainer: {command: [python3, epochs.py], epochs: 2000, metrics: {validation.accuracy: up, test.accuracy: up}}
seeds: 1
YAML
"$program" run epochs.yaml --db e.db --out e -j 1 --quiet > /dev/null
"$program" query "SELECT round(1000 * seconds / epochs_done, 3) AS milliseconds_an_epoch FROM run" --db e.db

cat > nap.yaml <<YAML
# What does a run cost?
study: naps
trainer: {command: [./nap.sh], metrics: {test.accuracy: up}}
seeds: $runs
YAML
printf '#!/bin/sh\nsleep %s\necho "{\\"epoch\\": 1, \\"test.accuracy\\": 0.5}" >> "$ABLATE_METRICS"\n' "$seconds" > nap.sh
chmod +x nap.sh
began=$(now)
"$program" run nap.yaml --db n.db --out n -j 2 --json > n.json
trained=$("$program" query "SELECT (julianday(max(ended_at)) - julianday(min(started_at))) * 86400 FROM run" --db n.db --format csv | tail -1)
awk "BEGIN { printf \"%d runs of %s s under -j 2: %.2f s from the first to the last (alone: %.2f s), %.1f ms lost a run; whole command with plan and report %.2f s\\n\",
  $runs, $seconds, $trained, $runs * $seconds / 2, 1000 * (2 * $trained - $runs * $seconds) / $runs, $(now) - $began }"
