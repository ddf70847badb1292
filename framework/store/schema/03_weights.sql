-- the time of metrics, and the selected weights
ALTER TABLE epoch ADD COLUMN metric_seconds REAL;
ALTER TABLE run ADD COLUMN train_evaluated TEXT;
CREATE TABLE model(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  weights BLOB NOT NULL
) STRICT;
