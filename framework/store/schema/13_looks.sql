-- who looked at results before all of them were there
-- One row per state of the results that somebody looked at, at the first time. NULL metric: the study was planned anew by
-- a program that did not say what it compares.
CREATE TABLE look(
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES study(id) ON DELETE CASCADE,
  looked_at TEXT NOT NULL,
  command TEXT NOT NULL CHECK (command IN ('report', 'compare', 'replan')),
  metric TEXT,
  seeds INTEGER NOT NULL,
  runs INTEGER NOT NULL,
  variants INTEGER NOT NULL,
  looks_in_plan TEXT
) STRICT;
CREATE INDEX look_by_study ON look(study_id);
