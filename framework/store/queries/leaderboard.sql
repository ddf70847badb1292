-- The variants of all studies by the mean of their study's primary metric over the seeds; leaked: runs whose test set was seen.
-- :study = %  studies whose name is LIKE this
-- :top = 20  so many rows of each metric
-- :seeds = 1  variants with at least so many finished seeds
@judged
, scored AS (
  SELECT study_id, study, variant_id, metric, sign, count(value) AS seeds, avg(value) AS mean, stddev(value) AS sd,
    sum(EXISTS (SELECT 1 FROM leak WHERE leak.run_id = judged.run_id
      AND kind IN ('trained_on_test', 'selected_on_test', 'scheduled_on_test', 'duplicates_across'))) AS leaked
  FROM judged WHERE value IS NOT NULL GROUP BY variant_id
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY metric, sign ORDER BY sign * mean DESC, study, variant_id) AS place
  FROM scored WHERE seeds >= :seeds
)
SELECT study, variant.name AS variant, seeds, mean, sd, metric, parameters, leaked
FROM ranked JOIN variant ON variant.id = ranked.variant_id
WHERE place <= :top
ORDER BY metric, sign DESC, place
