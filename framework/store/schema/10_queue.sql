-- a queue that is quick at any length, the time that runs took, and digests of what they resume from
-- The queue's index holds exactly the runs that may be claimed, in the order in which they are. `place` is the position of
-- the run's variant. The time is told by a clock that never goes back, and summed over attempts. Counting runs by
-- status reads the last index alone.
ALTER TABLE run ADD COLUMN seconds REAL;
ALTER TABLE run ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE checkpoint ADD COLUMN sha256 TEXT;
UPDATE run SET place = (SELECT position FROM variant WHERE variant.id = run.variant_id);
CREATE INDEX run_queue ON run(study_id, seed, place) WHERE NOT obsolete
  AND (status IN ('planned', 'interrupted') OR (status = 'waiting' AND until_epoch > epochs_done));
CREATE INDEX run_by_state ON run(study_id, obsolete, status);
