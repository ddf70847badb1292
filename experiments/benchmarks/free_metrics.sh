#!/usr/bin/env bash
# Adds two metrics outside the suite, test.bleu and validation.bleu, to make_big_database's file: 101,000 rows each at the selected
# epoch, five million each after every epoch. scale.sh then asks the same questions of them.
#
#   free_metrics.sh FILE
set -euo pipefail
sqlite3 "$1" << 'SQL'
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
BEGIN;
INSERT OR IGNORE INTO setting(variant_id, key, value)
  SELECT variant.id, 'trainer.metrics.' || split || '.bleu', 'up'
  FROM variant, (SELECT 'test' AS split UNION ALL SELECT 'validation');
INSERT INTO epoch_value(run_id, split, metric, epoch, value)
  SELECT run_id, split, 'bleu', epoch, 100 * f1 FROM epoch_metric WHERE split <> 'train' ORDER BY run_id, split, epoch;
INSERT INTO run_value(run_id, split, metric, epoch, value)
  SELECT run_id, split, 'bleu', epoch, 100 * f1 FROM run_metric WHERE split <> 'train' ORDER BY run_id, split;
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
SQL
ls -l "$1" | awk '{printf "%.3f GB\n", $5 / 1e9}'
