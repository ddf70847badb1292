-- the predicted class of every test image
-- One byte per image (no data set has more than 256 classes), in the data set's order, at the selected epoch of a done run.
-- Not compressed: zlib would save about 28% of what is a small part of a run beside its weights, and SQL could no
-- longer read it. The labels are stored once per data set.
CREATE TABLE prediction(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  classes BLOB NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE truth(
  dataset_id INTEGER PRIMARY KEY REFERENCES dataset(id) ON DELETE CASCADE,
  classes BLOB NOT NULL
) STRICT;
