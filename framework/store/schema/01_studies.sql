-- studies, runs and their metrics
-- Text keys of a few fixed words are checked; numbers that may be "not a number" are REAL without NOT NULL,
-- since SQLite keeps NaN as NULL. Tables that are read by run are clustered by their key (WITHOUT ROWID).
-- Views call only functions that SQLite allows where the schema is not trusted (the JSON ones are not).
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
) STRICT;

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
  columns INTEGER NOT NULL,
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
    CHECK (status IN ('planned', 'running', 'done', 'diverged', 'failed', 'interrupted')),
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
  machine_id INTEGER REFERENCES machine(id),
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
  samples_per_second REAL,
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
) STRICT;

CREATE VIEW results AS
SELECT study.name AS study, variant.name AS variant, run.seed AS seed, run.status AS status,
  (SELECT coalesce(group_concat(key || '=' || coalesce(value, ''), ', '), '')
     FROM (SELECT key, value FROM factor WHERE variant_id = variant.id ORDER BY position)) AS factors,
  variant.is_baseline AS is_baseline, variant.parameters AS parameters,
  variant.flops_per_sample AS flops_per_sample, run.epochs_done AS epochs_done, run.best_epoch AS best_epoch,
  round(86400.0 * (julianday(run.ended_at) - julianday(run.started_at)), 3) AS seconds,
  test.accuracy AS test_accuracy, test.top3_accuracy AS test_top3_accuracy, test.precision AS test_precision,
  test.recall AS test_recall, test.specificity AS test_specificity, test.f1 AS test_f1,
  test.f1_of_means AS test_f1_of_means, test.log_loss AS test_log_loss, test.auc_roc AS test_auc_roc,
  test.weighted_f1 AS test_weighted_f1, test.mcc AS test_mcc, test.kappa AS test_kappa,
  test.brier AS test_brier, test.ece AS test_ece,
  validation.accuracy AS validation_accuracy, validation.top3_accuracy AS validation_top3_accuracy,
  validation.precision AS validation_precision, validation.recall AS validation_recall,
  validation.specificity AS validation_specificity, validation.f1 AS validation_f1,
  validation.f1_of_means AS validation_f1_of_means, validation.log_loss AS validation_log_loss,
  validation.auc_roc AS validation_auc_roc, validation.weighted_f1 AS validation_weighted_f1,
  validation.mcc AS validation_mcc, validation.kappa AS validation_kappa,
  validation.brier AS validation_brier, validation.ece AS validation_ece,
  run.id AS run_id, run.uuid AS uuid
FROM run
JOIN variant ON variant.id = run.variant_id
JOIN study ON study.id = run.study_id
LEFT JOIN run_metric AS test ON test.run_id = run.id AND test.split = 'test'
LEFT JOIN run_metric AS validation ON validation.run_id = run.id AND validation.split = 'validation';

CREATE VIEW curves AS
SELECT study.name AS study, variant.name AS variant, run.seed AS seed, metric.split AS split,
  metric.epoch AS epoch, epoch.learning_rate AS learning_rate, metric.accuracy AS accuracy,
  metric.top3_accuracy AS top3_accuracy, metric.precision AS precision, metric.recall AS recall,
  metric.specificity AS specificity, metric.f1 AS f1, metric.f1_of_means AS f1_of_means,
  metric.log_loss AS log_loss, metric.auc_roc AS auc_roc, metric.weighted_f1 AS weighted_f1,
  metric.mcc AS mcc, metric.kappa AS kappa, metric.brier AS brier, metric.ece AS ece, run.id AS run_id
FROM epoch_metric AS metric
JOIN epoch ON epoch.run_id = metric.run_id AND epoch.epoch = metric.epoch
JOIN run ON run.id = metric.run_id
JOIN variant ON variant.id = run.variant_id
JOIN study ON study.id = run.study_id;
