-- How far the seeds of each variant lie apart in their study's primary metric, the widest first.
-- :study = %  studies whose name is LIKE this
-- :seeds = 2  variants with at least so many finished seeds
@judged
SELECT study, variant.name AS variant, count(value) AS seeds, avg(value) AS mean, stddev(value) AS sd,
  min(value) AS lowest, median(value) AS median, max(value) AS highest, metric
FROM judged JOIN variant ON variant.id = judged.variant_id
GROUP BY variant_id
HAVING count(value) >= :seeds
ORDER BY metric, sd DESC, study, variant.name
