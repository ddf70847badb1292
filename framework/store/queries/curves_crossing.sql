-- Where a variant's mean accuracy curve crosses the baseline's: behind before that epoch and ahead from it, or
-- the other way round; of accuracy, no metric of a program's own.
-- :study  the study's name
-- :split = validation  of which split
WITH mean AS (
  SELECT variant.id, variant.name, variant.is_baseline, metric.epoch, avg(metric.accuracy) AS accuracy
  FROM study JOIN variant ON variant.study_id = study.id
  JOIN run ON run.variant_id = variant.id AND run.status = 'done' AND NOT run.obsolete AND NOT run.archived
  JOIN epoch_metric AS metric ON metric.run_id = run.id AND metric.split = :split
  WHERE study.name = :study
  GROUP BY variant.id, metric.epoch
), lead AS (
  SELECT mean.name AS variant, mean.epoch, mean.accuracy - base.accuracy AS ahead,
    lag(mean.accuracy - base.accuracy) OVER (PARTITION BY mean.id ORDER BY mean.epoch) AS ahead_before
  FROM mean JOIN mean AS base ON base.is_baseline AND base.epoch = mean.epoch
  WHERE NOT mean.is_baseline
)
SELECT variant, epoch, ahead_before, ahead FROM lead WHERE ahead * ahead_before < 0 ORDER BY variant, epoch
