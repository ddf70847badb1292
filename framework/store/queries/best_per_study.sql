-- Each study's best run by its primary metric, chosen on validation where the run has the metric there.
-- :study = %  studies whose name is LIKE this
@judged
, ranked AS (
  SELECT *, row_number() OVER (PARTITION BY study_id ORDER BY sign * chosen_by DESC, run_id) AS place
  FROM judged WHERE chosen_by IS NOT NULL
)
SELECT study, variant.name AS variant, seed, metric, chosen_by, value, run_id
FROM ranked JOIN variant ON variant.id = ranked.variant_id
WHERE place = 1
ORDER BY metric, sign * value DESC, study
