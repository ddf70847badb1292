-- The classes that are most often taken for one another on test; share: of the true class's images.
-- Runs of a program have classes by the predictions that it writes.
-- :study = %  studies whose name is LIKE this
-- :top = 10  so many rows
SELECT study.name AS study, coalesce(truth.name, pair.truth) AS truth,
  coalesce(predicted.name, pair.predicted) AS predicted, sum(pair.count) AS images, count(*) AS runs,
  CAST(sum(pair.count) AS REAL) / sum(class.support) AS share
FROM study JOIN run ON run.study_id = study.id AND run.status = 'done' AND NOT run.obsolete AND NOT run.archived
JOIN confusion AS pair ON pair.run_id = run.id AND pair.split = 'test' AND pair.truth <> pair.predicted
JOIN class_metric AS class
  ON class.run_id = run.id AND class.split = 'test' AND class.class = pair.truth
LEFT JOIN class_name AS truth ON truth.dataset_id = run.test_dataset_id AND truth.class = pair.truth
LEFT JOIN class_name AS predicted
  ON predicted.dataset_id = run.test_dataset_id AND predicted.class = pair.predicted
WHERE study.name LIKE :study AND NOT study.archived
GROUP BY study.id, pair.truth, pair.predicted
ORDER BY images DESC, study, pair.truth, pair.predicted
LIMIT :top
