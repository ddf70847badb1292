-- How far the seeds of each variant lie apart in test accuracy, the widest first.
-- :study = %  studies whose name is LIKE this
-- :seeds = 2  variants with at least so many finished seeds
SELECT study, variant, count(test_accuracy) AS seeds, avg(test_accuracy) AS mean, stddev(test_accuracy) AS sd,
  min(test_accuracy) AS lowest, median(test_accuracy) AS median, max(test_accuracy) AS highest
FROM results
WHERE status = 'done' AND study LIKE :study AND NOT archived
  AND run_id IN (SELECT id FROM run WHERE NOT obsolete)
GROUP BY study, variant
HAVING count(test_accuracy) >= :seeds
ORDER BY sd DESC, study, variant
