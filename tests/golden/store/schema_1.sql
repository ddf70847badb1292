PRAGMA application_id = 1094863956;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE checkpoint(
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  state BLOB NOT NULL
) STRICT;
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
INSERT INTO "class_metric" VALUES(1,'test',0,0.0,0.0,0.0,1.0,4.34782608695652161845e-01,1);
INSERT INTO "class_metric" VALUES(1,'test',1,0.0,0.0,0.0,1.0,9.56521739130434811571e-01,1);
INSERT INTO "class_metric" VALUES(2,'test',0,0.0,0.0,0.0,1.0,8.26086956521739135261e-01,1);
INSERT INTO "class_metric" VALUES(2,'test',1,0.0,0.0,0.0,1.0,0.782608695652174,1);
CREATE TABLE class_name(
  dataset_id INTEGER NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
  class INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (dataset_id, class)
) STRICT, WITHOUT ROWID;
INSERT INTO "class_name" VALUES(1,0,'0');
INSERT INTO "class_name" VALUES(1,1,'1');
INSERT INTO "class_name" VALUES(2,0,'0');
INSERT INTO "class_name" VALUES(2,1,'1');
CREATE TABLE confusion(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation', 'test')),
  truth INTEGER NOT NULL,
  predicted INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run_id, split, truth, predicted)
) STRICT, WITHOUT ROWID;
INSERT INTO "confusion" VALUES(1,'test',0,14,1);
INSERT INTO "confusion" VALUES(1,'test',1,23,1);
INSERT INTO "confusion" VALUES(2,'test',0,23,1);
INSERT INTO "confusion" VALUES(2,'test',1,23,1);
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
INSERT INTO "dataset" VALUES(1,'glyphs','train','103fd92ed4d33a4fb89bd1507539c0e97afa620068253d800a6816c48ef19a5b','drawn from seed 1',94,47,28,28);
INSERT INTO "dataset" VALUES(2,'glyphs','test','dd40f72e9d3fca620c2b0068734b14be49a6de8ea7656a905563180dbb332afe','drawn from seed 1',47,47,28,28);
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
INSERT INTO "epoch" VALUES(1,1,0.01,8.66151571273803710937e-01,0.000219286,0.000159067,0.000139798,2.14331968297109735433e+05);
INSERT INTO "epoch" VALUES(1,2,0.005,8.11345219612121582031e-01,4.4046e-05,0.000118677,0.000311013,1.06706624892158200967e+06);
INSERT INTO "epoch" VALUES(2,1,0.01,4.124935150146484375e+00,0.000102993,0.000186688,9.4e-05,4.56341693124775483721e+05);
INSERT INTO "epoch" VALUES(2,2,0.005,3.01845836639404296875e+00,9.9308e-05,0.000337321,0.000263592,4.73275063438997836782e+05);
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
INSERT INTO "epoch_metric" VALUES(1,'test',1,2.12765957446808505471e-02,0.0851063829787234,5.18941359626362195243e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,1.01317122593718323547e-03,1.01317122593718345231e-03,3.84595706896123168405e+00,5.12488436632747457188e-01,1.01317122593718323547e-03,0.0,0.0,9.78498763398975235361e-01,8.69491157379556232551e-04);
INSERT INTO "epoch_metric" VALUES(1,'test',2,2.12765957446808505471e-02,0.0851063829787234,5.18941359626362195243e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,1.01317122593718323547e-03,1.01317122593718345231e-03,3.84612071550188439061e+00,5.12488436632747457188e-01,1.01317122593718323547e-03,0.0,0.0,9.78502992006610505804e-01,8.57893179388756433809e-04);
INSERT INTO "epoch_metric" VALUES(1,'train',1,2.12765957446808505471e-02,0.0851063829787234,4.83558994197292072673e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,9.45626477541371222163e-04,9.45626477541371113742e-04,3.84413798504190129534e+00,5.11563367252544143326e-01,9.45626477541371222163e-04,0.0,0.0,9.78653033832249108492e-01,1.81011276993345705636e-03);
INSERT INTO "epoch_metric" VALUES(1,'train',2,2.12765957446808505471e-02,0.0851063829787234,4.72813238770685611081e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,9.25069380203515198753e-04,9.25069380203515307173e-04,3.84326500380052715755e+00,5.24051803885291267448e-01,9.25069380203515198753e-04,0.0,0.0,9.78605620765135353344e-01,1.79420760337342601216e-03);
INSERT INTO "epoch_metric" VALUES(1,'validation',1,2.12765957446808505471e-02,0.0851063829787234,4.94804552201880197374e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,9.67117988394584145346e-04,0.000967117988394584,3.86112391240971142281e+00,4.71785383903792820969e-01,9.67117988394584145346e-04,0.0,0.0,9.7916582090104220537e-01,0.000561183714803229);
INSERT INTO "epoch_metric" VALUES(1,'validation',2,2.12765957446808505471e-02,0.0851063829787234,4.94804552201880197374e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,9.67117988394584145346e-04,0.000967117988394584,3.86156621163778090988e+00,4.71785383903792820969e-01,9.67117988394584145346e-04,0.0,0.0,9.79184009750633244095e-01,5.7480737883993922397e-04);
INSERT INTO "epoch_metric" VALUES(2,'test',1,0.0425531914893617,1.06382978723404256204e-01,1.81818181818181818024e-03,0.0425531914893617,9.7918593894542083067e-01,3.48679997153632671019e-03,3.48735832606800362498e-03,3.88910277315723496016e+00,5.55504162812210822153e-01,3.48679997153632671019e-03,0.0304771021414555,2.17391304347826080922e-02,9.83407869723711414167e-01,1.34941121919992124827e-02);
INSERT INTO "epoch_metric" VALUES(2,'test',2,0.0425531914893617,0.0851063829787234,1.85185185185185192252e-03,0.0425531914893617,9.7918593894542083067e-01,3.54609929078014175785e-03,0.00354924578527063,3.87054513272046518679e+00,5.68917668825161704226e-01,3.54609929078014175785e-03,3.07580030301477236331e-02,2.17391304347826080922e-02,9.82031389843386337545e-01,1.25546845746167170382e-02);
INSERT INTO "epoch_metric" VALUES(2,'train',1,2.12765957446808505471e-02,6.38297872340425481718e-02,0.000591016548463357,2.12765957446808505471e-02,9.78723404255319118227e-01,1.15008625646923520573e-03,1.15008625646923498889e-03,3.90529748484019023635e+00,5.11563367252543921281e-01,1.15008625646923520573e-03,0.0,0.0,0.983153493062141,2.52225898761064444564e-02);
INSERT INTO "epoch_metric" VALUES(2,'train',2,2.12765957446808505471e-02,6.38297872340425481718e-02,1.25156445556946186066e-03,2.12765957446808505471e-02,9.78723404255319118227e-01,2.36406619385342783856e-03,2.36406619385342783856e-03,3.85637681181850666689e+00,5.61054579093432259639e-01,2.36406619385342783856e-03,0.0,0.0,9.80248402254294104452e-01,1.90834798949195971751e-02);
INSERT INTO "epoch_metric" VALUES(2,'validation',1,2.12765957446808505471e-02,2.12765957446808505471e-02,7.59878419452887535028e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,1.46735143066764497747e-03,1.46735143066764476063e-03,4.07416724220085146868e+00,4.49121184088806579826e-01,1.46735143066764497747e-03,0.0,0.0,9.90304874534207235647e-01,3.06879814238624377964e-02);
INSERT INTO "epoch_metric" VALUES(2,'validation',2,0.0,2.12765957446808505471e-02,0.0,0.0,9.78260869565217405785e-01,0.0,0.0,4.0659382259819487615e+00,4.57446808510638347478e-01,0.0,-3.07580030301477236331e-02,-2.17391304347826080922e-02,9.89789299675679412615e-01,5.03170906387745073273e-02);
CREATE TABLE factor(
  variant_id INTEGER NOT NULL REFERENCES variant(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value ANY,
  position INTEGER NOT NULL,
  PRIMARY KEY (variant_id, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "factor" VALUES(1,'model.skip','none',0);
INSERT INTO "factor" VALUES(1,'training.batch_size',16,1);
INSERT INTO "factor" VALUES(2,'model.skip','projection',0);
INSERT INTO "factor" VALUES(2,'training.batch_size',16,1);
CREATE TABLE leak(
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (run_id, kind, detail)
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
INSERT INTO "machine" VALUES(1,'vm','Linux 6.18.44-fc-v669 x86_64','AMD EPYC',2,25276502016,'OpenBLAS 0.3.21','Cooperlake');
CREATE TABLE migration(
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;
INSERT INTO "migration" VALUES(1,'studies, runs and their metrics','2026-01-01T00:00:00Z');
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
INSERT INTO "run" VALUES(1,'2eb0adc9-41dd-4255-8ee4-10c24fb2d822',1,1,1,'done',1,'vm:28201:388266',NULL,'2026-11-24T22:59:29.272Z','2026-11-24T22:59:29.289Z',NULL,2,1,'validation.log_loss',1,2,'0.1.0+a8f4bdfd83-dirty',1);
INSERT INTO "run" VALUES(2,'e37a0308-89ff-496f-afda-567130d72c5c',1,2,1,'done',1,'vm:28201:388266',NULL,'2026-11-24T22:59:29.301Z','2026-11-24T22:59:29.313Z',NULL,2,2,'validation.log_loss',1,2,'0.1.0+a8f4bdfd83-dirty',1);
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
INSERT INTO "run_metric" VALUES(1,'test',1,2.12765957446808505471e-02,0.0851063829787234,5.18941359626362195243e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,1.01317122593718323547e-03,1.01317122593718345231e-03,3.84595706896123168405e+00,5.12488436632747457188e-01,1.01317122593718323547e-03,0.0,0.0,9.78498763398975235361e-01,8.69491157379556232551e-04);
INSERT INTO "run_metric" VALUES(1,'train',1,2.12765957446808505471e-02,0.0851063829787234,4.83558994197292072673e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,9.45626477541371222163e-04,9.45626477541371113742e-04,3.84413798504190129534e+00,5.11563367252544143326e-01,9.45626477541371222163e-04,0.0,0.0,9.78653033832249108492e-01,1.81011276993345705636e-03);
INSERT INTO "run_metric" VALUES(1,'validation',1,2.12765957446808505471e-02,0.0851063829787234,4.94804552201880197374e-04,2.12765957446808505471e-02,9.78723404255319118227e-01,9.67117988394584145346e-04,0.000967117988394584,3.86112391240971142281e+00,4.71785383903792820969e-01,9.67117988394584145346e-04,0.0,0.0,9.7916582090104220537e-01,0.000561183714803229);
INSERT INTO "run_metric" VALUES(2,'test',2,0.0425531914893617,0.0851063829787234,1.85185185185185192252e-03,0.0425531914893617,9.7918593894542083067e-01,3.54609929078014175785e-03,0.00354924578527063,3.87054513272046518679e+00,5.68917668825161704226e-01,3.54609929078014175785e-03,3.07580030301477236331e-02,2.17391304347826080922e-02,9.82031389843386337545e-01,1.25546845746167170382e-02);
INSERT INTO "run_metric" VALUES(2,'train',2,2.12765957446808505471e-02,6.38297872340425481718e-02,1.25156445556946186066e-03,2.12765957446808505471e-02,9.78723404255319118227e-01,2.36406619385342783856e-03,2.36406619385342783856e-03,3.85637681181850666689e+00,5.61054579093432259639e-01,2.36406619385342783856e-03,0.0,0.0,9.80248402254294104452e-01,1.90834798949195971751e-02);
INSERT INTO "run_metric" VALUES(2,'validation',2,0.0,2.12765957446808505471e-02,0.0,0.0,9.78260869565217405785e-01,0.0,0.0,4.0659382259819487615e+00,4.57446808510638347478e-01,0.0,-3.07580030301477236331e-02,-2.17391304347826080922e-02,9.89789299675679412615e-01,5.03170906387745073273e-02);
CREATE TABLE study(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  question TEXT NOT NULL,
  config TEXT NOT NULL,
  config_sha256 TEXT NOT NULL,
  plan_sha256 TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO "study" VALUES(1,'kept','Does the skip matter?','study: kept
question: "Does the skip matter?"
data:
  source: glyphs
  train_images: 94
  test_images: 47
  seed: 1
  train_on: [train]
  validation: 0.1
model:
  hidden: [1]
  activation: relu
  skip: projection
  init: he_normal
  dropout: 0
training:
  epochs: 2
  batch_size: 16
  shuffle: true
  train_biases: true
  optimizer:
    type: sgd
    momentum: 0
    nesterov: false
    weight_decay: 0
  learning_rate:
    schedule: cosine
    initial: 0.01
    minimum: 0
    warmup: 0
  early_stopping: null
  select: validation
  evaluate_train: every_epoch
  keep_weights: true
variants:
  baseline: {model.skip: none, training.batch_size: 16}
  list:
    "skip=none,batch_size=16": {model.skip: none, training.batch_size: 16}
    "skip=projection,batch_size=16": {model.skip: projection, training.batch_size: 16}
seeds: [1]
report:
  primary: test.accuracy
  confidence: 0.95
','a3dd884a60d8ddb18f33cf13f1e9373660ac7604361db1d3c8b0d7790cacf010','3866ab9beb78a3f297c144b08171b583e8ecd12587a0b63e75fb836f50560a58','2026-11-24T22:59:29Z');
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
INSERT INTO "variant" VALUES(1,1,0,'skip=none,batch_size=16',1,'data:
  source: glyphs
  train_images: 94
  test_images: 47
  seed: 1
  train_on: [train]
  validation: 0.1
model:
  hidden: [1]
  activation: relu
  skip: none
  init: he_normal
  dropout: 0
training:
  epochs: 2
  batch_size: 16
  shuffle: true
  train_biases: true
  optimizer:
    type: sgd
    momentum: 0
    nesterov: false
    weight_decay: 0
  learning_rate:
    schedule: cosine
    initial: 0.01
    minimum: 0
    warmup: 0
  early_stopping: null
  select: validation
  evaluate_train: every_epoch
  keep_weights: true
','9b70eae8496f6c2291675146a8c200133dd485fe35e9b9cd8b424b99b8b95a40',879,3418);
INSERT INTO "variant" VALUES(2,1,1,'skip=projection,batch_size=16',0,'data:
  source: glyphs
  train_images: 94
  test_images: 47
  seed: 1
  train_on: [train]
  validation: 0.1
model:
  hidden: [1]
  activation: relu
  skip: projection
  init: he_normal
  dropout: 0
training:
  epochs: 2
  batch_size: 16
  shuffle: true
  train_biases: true
  optimizer:
    type: sgd
    momentum: 0
    nesterov: false
    weight_decay: 0
  learning_rate:
    schedule: cosine
    initial: 0.01
    minimum: 0
    warmup: 0
  early_stopping: null
  select: validation
  evaluate_train: every_epoch
  keep_weights: true
','e3ec66dc527f58254160d48ae6c5d206cdc3714ed16402342edb39b4e61c4c34',1663,6554);
CREATE INDEX run_by_study ON run(study_id, status);
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
COMMIT;
