-- The gap between training and test accuracy at the selected epoch, one row per variant, the widest first.
-- Of accuracy, no metric of a program's own.
-- :study = %  studies whose name is LIKE this
-- :top = 20  so many rows
SELECT study.name AS study, variant.name AS variant, count(*) AS seeds, avg(train.accuracy - test.accuracy) AS gap,
  avg(train.accuracy) AS train_accuracy, avg(test.accuracy) AS test_accuracy, avg(run.best_epoch) AS best_epoch
FROM study JOIN run ON run.study_id = study.id AND run.status = 'done' AND NOT run.obsolete AND NOT run.archived
JOIN variant ON variant.id = run.variant_id
JOIN run_metric AS train ON train.run_id = run.id AND train.split = 'train'
JOIN run_metric AS test ON test.run_id = run.id AND test.split = 'test'
WHERE study.name LIKE :study AND NOT study.archived
GROUP BY variant.id
ORDER BY gap DESC, study, variant
LIMIT :top
