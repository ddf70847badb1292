-- What is left to do: the runs of each study that are not done, by status; `ablate run` with the study's file goes on.
-- :study = %  studies whose name is LIKE this
SELECT study.name AS study, sum(run.status = 'done') AS done, sum(run.status = 'planned') AS planned,
  sum(run.status = 'running') AS running, sum(run.status = 'interrupted') AS interrupted,
  sum(run.status = 'waiting') AS waiting, sum(run.status IN ('failed', 'diverged')) AS failed, count(*) AS runs
FROM study JOIN run ON run.study_id = study.id AND NOT run.obsolete AND NOT run.archived
WHERE study.name LIKE :study AND NOT study.archived
GROUP BY study.id
HAVING sum(run.status NOT IN ('done', 'stopped')) > 0
ORDER BY study
