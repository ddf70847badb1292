-- an index of what is archived
-- Whether a run is archived is asked of all runs whenever they are listed or counted: with this index, of a
-- hundred thousand without reading their rows. A metric has none on purpose: without statistics SQLite takes
-- such an index for selective and reads all runs through it where a study or a setting would leave a few.
CREATE INDEX run_by_archived ON run(study_id, archived);
