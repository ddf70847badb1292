#!/bin/sh
# A manifest whose chunks GNU parallel hands out ends with the fingerprint of one machine.
#   gnu_parallel.sh PROGRAM
set -eu
program=$(realpath "$1")
parallel --version 2>/dev/null | grep -q '^GNU parallel' || { echo "skipped: GNU parallel is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >study.yaml <<'S'
# Does the skip matter?
study: by_parallel
data: {source: glyphs, train_images: 470, test_images: 94}
model: {hidden: [8]}
training: {epochs: 2}
variants: {baseline: {model.skip: none}, grid: {model.skip: [none, projection]}}
seeds: 3
S
"$program" run study.yaml --db alone.db --out alone --quiet -j 2 >/dev/null
"$program" run study.yaml --manifest --runs-per-task 2 --work work --db head.db --out report >sent 2>/dev/null
manifest=$(sed -n 's/^manifest: //p' sent)
chunks=$(sed -n 's/^chunks: //p' sent)
[ "$chunks" = 3 ]
export PARALLEL_HOME=$folder/parallel
seq 0 $((chunks - 1)) | parallel -j2 "$program" work "$manifest" --chunk {} 2>/dev/null
"$program" collect by_parallel --db head.db --work work >/dev/null 2>&1
expected=$("$program" doctor --fingerprint by_parallel --db alone.db)
found=$("$program" doctor --fingerprint by_parallel --db head.db)
[ "$found" = "$expected" ] || { echo "FAILED: $found, expected $expected"; exit 1; }
echo "the fingerprint of one machine ($found)"
