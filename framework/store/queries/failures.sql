-- Runs that failed or diverged, put together by their reason, with one of each to look at.
-- :study = %  studies whose name is LIKE this
SELECT study.name AS study, run.status, coalesce(run.error, 'no reason was recorded') AS reason,
  count(*) AS runs, min(run.ended_at) AS first, max(run.ended_at) AS last, min(run.id) AS example_run
FROM study JOIN run ON run.study_id = study.id
WHERE run.status IN ('failed', 'diverged') AND NOT run.obsolete AND NOT run.archived AND NOT study.archived
  AND study.name LIKE :study
GROUP BY study.id, run.status, reason
ORDER BY runs DESC, study, run.status, reason
