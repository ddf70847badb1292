-- which runs' data were audited
CREATE TABLE audit(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  train_images INTEGER NOT NULL,
  test_images INTEGER NOT NULL,
  comparison TEXT NOT NULL
) STRICT;
