-- metrics of any name
-- A name is kept as text with each value: a file that is merged or copied needs no list of names.
CREATE TABLE epoch_value(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test', '')),
  metric TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (run_id, split, metric, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_value(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test', '')),
  metric TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (run_id, split, metric)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_value_by_metric ON run_value(metric, split, value);

CREATE TABLE repeated_epoch(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  metric TEXT,
  first REAL,
  again REAL,
  PRIMARY KEY (run_id, epoch, attempt)
) STRICT, WITHOUT ROWID;
