-- The runs that took longest, and on what; seconds are of work in all attempts, the others sums over epochs.
-- :study = %  studies whose name is LIKE this
-- :top = 10  so many rows
WITH slow AS (
  SELECT study, variant, seed, seconds, epochs_done, run_id FROM results
  WHERE seconds IS NOT NULL AND study LIKE :study AND NOT archived
  ORDER BY seconds DESC, run_id LIMIT :top
)
SELECT study, variant, slow.seed, slow.seconds AS seconds, sum(train_seconds) AS training, sum(evaluate_seconds) AS evaluating,
  sum(store_seconds) AS storing, slow.epochs_done AS epochs, avg(samples_per_second) AS samples_per_second, host
FROM slow JOIN run ON run.id = slow.run_id LEFT JOIN epoch ON epoch.run_id = slow.run_id
LEFT JOIN machine ON machine.id = run.machine_id
GROUP BY slow.run_id
ORDER BY slow.seconds DESC, slow.run_id
