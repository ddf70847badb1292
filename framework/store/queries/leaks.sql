-- What the audit found, one row per study and kind; unaudited: finished runs of the study whose data were not audited.
-- :study = %  studies whose name is LIKE this
WITH found AS (
  SELECT run.study_id, leak.kind, count(DISTINCT run.id) AS runs, max(leak.count) AS most, min(leak.detail) AS detail
  FROM leak JOIN run ON run.id = leak.run_id
  WHERE NOT run.obsolete AND NOT run.archived
  GROUP BY run.study_id, leak.kind
)
SELECT study.name AS study, coalesce(found.kind, 'nothing found') AS kind, coalesce(found.runs, 0) AS runs,
  found.most AS at_most, found.detail,
  (SELECT count(*) FROM run LEFT JOIN audit ON audit.run_id = run.id
    WHERE run.study_id = study.id AND run.status = 'done' AND NOT run.obsolete AND NOT run.archived
      AND audit.run_id IS NULL) AS unaudited
FROM study LEFT JOIN found ON found.study_id = study.id
WHERE study.name LIKE :study AND NOT study.archived
ORDER BY study, kind
