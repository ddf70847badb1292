#!/usr/bin/env bash
# What a very long run costs to look at: `ablate show` in each form, and `ablate report`, of a study of four runs, one of which has EPOCHS
# epochs. Prints seconds and the peak of memory. Needs sqlite3 and GNU time.
#
#   long_run.sh PROGRAM [EPOCHS]     default: 100,000 epochs
set -eu
program=$(realpath "$1") epochs=${2:-100000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > study.yaml << 'EOF'
study: long
data: {source: glyphs, train_images: 400, test_images: 200}
model: {hidden: [16]}
training: {epochs: 2, learning_rate: {schedule: constant, initial: 0.05}}
variants:
  baseline: {model.skip: none}
  grid: {model.skip: [none, projection]}
seeds: 2
EOF
"$program" run study.yaml --db long.db --out first --quiet > /dev/null 2>&1
columns() { sqlite3 long.db "SELECT group_concat(name, ', ') FROM pragma_table_info('$1') WHERE name NOT IN ('run_id', 'split', 'epoch')"; }
of_metric=$(columns epoch_metric) of_epoch=$(columns epoch)
sqlite3 long.db "
  CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < $epochs) SELECT i FROM n;
  INSERT INTO epoch(run_id, epoch, $of_epoch) SELECT run_id, i, $of_epoch FROM epoch, n WHERE run_id = 1 AND epoch = 2;
  INSERT INTO epoch_metric(run_id, split, epoch, $of_metric)
    SELECT run_id, split, i, $of_metric FROM epoch_metric, n WHERE run_id = 1 AND epoch = 2;
  UPDATE run SET epochs_done = $epochs WHERE id = 1;"
measure() { # WORDS...
  /usr/bin/time -f "%e s by the clock, %U + %S s of processor time, %M KB  ablate $*" "$program" "$@" --db long.db > out.txt 2> err.txt || { cat err.txt; exit 1; }
  tail -n 1 err.txt
}
for format in table csv json; do measure show 1 --format $format; done
measure report long --out report
