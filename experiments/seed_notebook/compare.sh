#!/bin/sh
# Sets the notebook's own 50 epochs beside ours: writes ours.csv and compare.svg into this folder.
#
#   experiments/seed_notebook/compare.sh FILE     FILE: the database that holds the study seed_notebook_emnist47
set -eu
here=$(cd "$(dirname "$0")" && pwd)
ablate=$here/../../ablate

# Means over the seeds, one row per epoch, split and variant. The notebook's F1 is that of the mean precision and recall.
"$ablate" query --db "$1" --format csv "
  SELECT v.name AS variant, m.split, m.epoch, count(*) AS n, avg(m.accuracy) AS accuracy, avg(m.precision) AS precision,
         avg(m.recall) AS recall, avg(m.f1_of_means) AS f1, avg(m.log_loss) AS log_loss, avg(m.specificity) AS specificity,
         avg(m.auc_roc) AS auc_roc
  FROM epoch_metric m JOIN run r ON r.id = m.run_id JOIN variant v ON v.id = r.variant_id JOIN study s ON s.id = r.study_id
  WHERE s.name = 'seed_notebook_emnist47' AND r.status = 'done'
  GROUP BY v.name, m.split, m.epoch ORDER BY v.name, m.split, m.epoch" >"$here/ours.csv"

cd "$here"
gnuplot -e "format='svg'" compare.gp
