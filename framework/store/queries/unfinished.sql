-- What is left to do: the runs of each study that are not done, by status; `ablate run` with the study's file goes on.
-- :study = %  studies whose name is LIKE this
SELECT study, sum(status = 'done') AS done, sum(status = 'planned') AS planned, sum(status = 'running') AS running,
  sum(status = 'interrupted') AS interrupted, sum(status = 'waiting') AS waiting,
  sum(status IN ('failed', 'diverged')) AS failed, count(*) AS runs
FROM (
  SELECT study.id AS study_id, study.name AS study,
    iif(run.status = 'running' AND is_left(run.worker, run.lease_until), 'interrupted', run.status) AS status
  FROM study JOIN run ON run.study_id = study.id AND NOT run.obsolete AND NOT run.archived
  WHERE study.name LIKE :study AND NOT study.archived
)
GROUP BY study_id
HAVING sum(status NOT IN ('done', 'stopped')) > 0
ORDER BY study
