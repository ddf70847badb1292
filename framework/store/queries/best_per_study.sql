-- Each study's best run by validation accuracy (by test where there is no validation), and its test metrics.
-- :study = %  studies whose name is LIKE this
SELECT study, variant, seed, max(coalesce(validation_accuracy, test_accuracy)) AS chosen_by, test_accuracy,
  test_f1, test_log_loss, run_id
FROM results
WHERE status = 'done' AND study LIKE :study AND NOT archived
  AND run_id IN (SELECT id FROM run WHERE NOT obsolete)
GROUP BY study
ORDER BY test_accuracy DESC, study
