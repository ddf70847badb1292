-- workers, resuming and stop rules
-- A CHECK cannot be altered by a statement: its text is, as section 7 of sqlite.org/lang_altertable.html
-- describes for changes that leave the stored rows as they are. It comes last, since ALTER TABLE works on the
-- text that was parsed.
ALTER TABLE study ADD COLUMN stop_rules TEXT;
ALTER TABLE run ADD COLUMN obsolete INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN until_epoch INTEGER;
ALTER TABLE run ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN resumed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN exit_reason TEXT;
ALTER TABLE run ADD COLUMN peak_memory_bytes INTEGER;
ALTER TABLE run ADD COLUMN build TEXT;
ALTER TABLE run ADD COLUMN code_diff_sha256 TEXT;
ALTER TABLE model ADD COLUMN sha256 TEXT;
CREATE TABLE run_output(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  stream TEXT NOT NULL CHECK (stream IN ('stdout', 'stderr')),
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, stream)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_by_twin ON run(seed, train_dataset_id, test_dataset_id) WHERE status = 'done';
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  '(''planned'', ''running'', ''done'', ''diverged'', ''failed'', ''interrupted'')',
  '(''planned'', ''running'', ''waiting'', ''done'', ''stopped'', ''diverged'', ''failed'', ''interrupted'')')
  WHERE type = 'table' AND name = 'run';
PRAGMA writable_schema = RESET;
