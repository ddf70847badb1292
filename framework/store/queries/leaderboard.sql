-- The variants of all studies by mean test accuracy over their seeds; leaked: runs whose test set was seen.
-- :study = %  studies whose name is LIKE this
-- :top = 20  so many rows
-- :seeds = 1  variants with at least so many finished seeds
WITH scored AS (
  SELECT run.variant_id, count(*) AS seeds, avg(metric.accuracy) AS accuracy, stddev(metric.accuracy) AS sd,
    avg(metric.f1) AS f1, avg(metric.log_loss) AS log_loss,
    sum(EXISTS (SELECT 1 FROM leak WHERE leak.run_id = run.id
      AND kind IN ('trained_on_test', 'selected_on_test', 'scheduled_on_test', 'duplicates_across'))) AS leaked
  FROM run JOIN run_metric AS metric ON metric.run_id = run.id AND metric.split = 'test'
  WHERE run.status = 'done' AND NOT run.obsolete AND NOT run.archived
  GROUP BY run.variant_id
)
SELECT study.name AS study, variant.name AS variant, seeds, accuracy, sd, f1, log_loss, parameters, leaked
FROM scored JOIN variant ON variant.id = scored.variant_id JOIN study ON study.id = variant.study_id
WHERE study.name LIKE :study AND NOT study.archived AND seeds >= :seeds
ORDER BY accuracy DESC, study, variant
LIMIT :top
