-- What all steps of schema/ together make, so that a new file gets it at once. A test writes and keeps it: ABLATE_UPDATE=1.

CREATE TABLE migration(
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE study(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  question TEXT NOT NULL,
  config TEXT NOT NULL,
  config_sha256 TEXT NOT NULL,
  plan_sha256 TEXT NOT NULL,
  created_at TEXT NOT NULL
, stop_rules TEXT, archived INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE variant(
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES study(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  is_baseline INTEGER NOT NULL CHECK (is_baseline IN (0, 1)),
  config TEXT NOT NULL,
  config_sha256 TEXT NOT NULL,
  parameters INTEGER NOT NULL,
  flops_per_sample INTEGER NOT NULL,
  UNIQUE (study_id, name)
) STRICT;

CREATE TABLE factor(
  variant_id INTEGER NOT NULL REFERENCES variant(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value ANY,
  position INTEGER NOT NULL,
  PRIMARY KEY (variant_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE machine(
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL,
  system TEXT NOT NULL,
  processor TEXT NOT NULL,
  cores INTEGER NOT NULL,
  memory_bytes INTEGER NOT NULL,
  blas TEXT NOT NULL,
  blas_core TEXT NOT NULL,
  UNIQUE (host, system, processor, cores, memory_bytes, blas, blas_core)
) STRICT;

CREATE TABLE dataset(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  split TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  origin TEXT NOT NULL,
  images INTEGER NOT NULL,
  classes INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  columns INTEGER NOT NULL, channels INTEGER NOT NULL DEFAULT 1 CHECK (channels BETWEEN 1 AND 3),
  UNIQUE (sha256, name, split)
) STRICT;

CREATE TABLE class_name(
  dataset_id INTEGER NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
  class INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (dataset_id, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE run(
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  study_id INTEGER NOT NULL REFERENCES study(id) ON DELETE CASCADE,
  variant_id INTEGER NOT NULL REFERENCES variant(id) ON DELETE CASCADE,
  seed INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'planned'
    CHECK (status IN ('planned', 'running', 'waiting', 'done', 'stopped', 'diverged', 'failed', 'interrupted')),
  attempt INTEGER NOT NULL DEFAULT 0,
  worker TEXT,
  lease_until REAL,
  started_at TEXT,
  ended_at TEXT,
  error TEXT,
  epochs_done INTEGER NOT NULL DEFAULT 0,
  best_epoch INTEGER,
  selected_by TEXT,
  train_dataset_id INTEGER REFERENCES dataset(id),
  test_dataset_id INTEGER REFERENCES dataset(id),
  code_version TEXT,
  machine_id INTEGER REFERENCES machine(id), train_evaluated TEXT, obsolete INTEGER NOT NULL DEFAULT 0, until_epoch INTEGER, crashes INTEGER NOT NULL DEFAULT 0, resumed INTEGER NOT NULL DEFAULT 0, exit_reason TEXT, peak_memory_bytes INTEGER, build TEXT, code_diff_sha256 TEXT, archived INTEGER NOT NULL DEFAULT 0, program_sha256 TEXT, numbers INTEGER, seconds REAL, place INTEGER NOT NULL DEFAULT 0,
  UNIQUE (variant_id, seed)
) STRICT;

CREATE INDEX run_by_study ON run(study_id, status);

CREATE TABLE epoch(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  learning_rate REAL,
  gradient_norm REAL,
  train_seconds REAL,
  evaluate_seconds REAL,
  store_seconds REAL,
  samples_per_second REAL, metric_seconds REAL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE epoch_metric(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
  epoch INTEGER NOT NULL,
  accuracy REAL,
  top3_accuracy REAL,
  precision REAL,
  recall REAL,
  specificity REAL,
  f1 REAL,
  f1_of_means REAL,
  log_loss REAL,
  auc_roc REAL,
  weighted_f1 REAL,
  mcc REAL,
  kappa REAL,
  brier REAL,
  ece REAL,
  PRIMARY KEY (run_id, split, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_metric(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
  epoch INTEGER NOT NULL,
  accuracy REAL,
  top3_accuracy REAL,
  precision REAL,
  recall REAL,
  specificity REAL,
  f1 REAL,
  f1_of_means REAL,
  log_loss REAL,
  auc_roc REAL,
  weighted_f1 REAL,
  mcc REAL,
  kappa REAL,
  brier REAL,
  ece REAL,
  PRIMARY KEY (run_id, split)
) STRICT, WITHOUT ROWID;

CREATE TABLE class_metric(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
  class INTEGER NOT NULL,
  precision REAL,
  recall REAL,
  f1 REAL,
  specificity REAL,
  auc_roc REAL,
  support INTEGER NOT NULL,
  PRIMARY KEY (run_id, split, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE confusion(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
  truth INTEGER NOT NULL,
  predicted INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run_id, split, truth, predicted)
) STRICT, WITHOUT ROWID;

CREATE TABLE leak(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run_id, kind, detail)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  state BLOB NOT NULL
, sha256 TEXT) STRICT;

CREATE TABLE audit(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  train_images INTEGER NOT NULL,
  test_images INTEGER NOT NULL,
  comparison TEXT NOT NULL
) STRICT;

CREATE TABLE model(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  weights BLOB NOT NULL
, sha256 TEXT) STRICT;

CREATE TABLE run_output(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  stream TEXT NOT NULL CHECK (stream IN ('stdout', 'stderr')),
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, stream)
) STRICT, WITHOUT ROWID;

CREATE INDEX run_by_twin ON run(seed, train_dataset_id, test_dataset_id) WHERE status = 'done';

CREATE TABLE setting(
  variant_id INTEGER NOT NULL REFERENCES variant(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value ANY,
  PRIMARY KEY (variant_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX setting_by_value ON setting(key, value);

CREATE TABLE tag(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_by_name ON tag(name);

CREATE TABLE note(
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  study_id INTEGER REFERENCES study(id) ON DELETE CASCADE,
  run_id INTEGER REFERENCES run(id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  created_at TEXT NOT NULL,
  CHECK ((study_id IS NULL) <> (run_id IS NULL))
) STRICT;

CREATE INDEX note_by_study ON note(study_id) WHERE study_id IS NOT NULL;

CREATE INDEX note_by_run ON note(run_id) WHERE run_id IS NOT NULL;

CREATE INDEX run_by_archived ON run(study_id, archived);

CREATE TABLE stop_request (
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  asked_at TEXT NOT NULL
) STRICT;

CREATE INDEX run_queue ON run(study_id, seed, place) WHERE NOT obsolete
  AND (status IN ('planned', 'interrupted') OR (status = 'waiting' AND until_epoch > epochs_done));

CREATE INDEX run_by_state ON run(study_id, obsolete, status);

CREATE TABLE prediction(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  classes BLOB NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE truth(
  dataset_id INTEGER PRIMARY KEY REFERENCES dataset(id) ON DELETE CASCADE,
  classes BLOB NOT NULL
) STRICT;

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
