-- How many epochs each variant of a study needs to reach an accuracy; seeds that never do are counted as missing.
-- Of accuracy, no metric of a program's own.
-- :study  the study's name
-- :accuracy = 0.8  to be reached
-- :split = validation  on which split
WITH reached AS (
  SELECT run.variant_id, (SELECT min(epoch) FROM epoch_metric AS metric
    WHERE metric.run_id = run.id AND metric.split = :split AND metric.accuracy >= :accuracy) AS epoch
  FROM run JOIN study ON study.id = run.study_id
  WHERE study.name = :study AND run.status = 'done' AND NOT run.obsolete AND NOT run.archived
)
SELECT variant.name AS variant, count(*) AS seeds, avg(reached.epoch) AS mean_epochs,
  min(reached.epoch) AS fewest, max(reached.epoch) AS most, sum(reached.epoch IS NULL) AS missing
FROM reached JOIN variant ON variant.id = reached.variant_id
GROUP BY variant.id
ORDER BY missing, mean_epochs, variant
