-- The classes that are recognized worst on test, over the finished runs of each study.
-- Runs of a program have classes by the predictions that it writes.
-- :study = %  studies whose name is LIKE this
-- :top = 10  so many rows
SELECT study.name AS study, coalesce(class_name.name, metric.class) AS class, count(*) AS runs,
  avg(metric.f1) AS f1, avg(metric.precision) AS precision, avg(metric.recall) AS recall,
  avg(metric.support) AS images
FROM study JOIN run ON run.study_id = study.id AND run.status = 'done' AND NOT run.obsolete AND NOT run.archived
JOIN class_metric AS metric ON metric.run_id = run.id AND metric.split = 'test' AND metric.support > 0
LEFT JOIN class_name ON class_name.dataset_id = run.test_dataset_id AND class_name.class = metric.class
WHERE study.name LIKE :study AND NOT study.archived
GROUP BY study.id, metric.class
ORDER BY f1, study, metric.class
LIMIT :top
