-- tags, notes and what is archived
-- A note has a uuid, so that merging files does not repeat it. The view is that of step 1 with three columns
-- more.
ALTER TABLE study ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
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
DROP VIEW results;
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
  run.id AS run_id, run.uuid AS uuid,
  (SELECT coalesce(group_concat(name, ', '), '') FROM (SELECT name FROM tag WHERE run_id = run.id ORDER BY name))
    AS tags,
  (SELECT coalesce(group_concat(text, ' | '), '')
     FROM (SELECT text FROM note WHERE run_id = run.id ORDER BY created_at, id)) AS notes,
  max(run.archived, study.archived) AS archived
FROM run
JOIN variant ON variant.id = run.variant_id
JOIN study ON study.id = run.study_id
LEFT JOIN run_metric AS test ON test.run_id = run.id AND test.split = 'test'
LEFT JOIN run_metric AS validation ON validation.run_id = run.id AND validation.split = 'validation';
