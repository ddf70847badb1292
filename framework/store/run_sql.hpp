#pragma once
/// What a run's columns mean to whoever shows them, as SQL over `run`.

namespace ablate {

/// 1 of a run that says it is running and that nobody is at work on: its process is gone, or its lease ran out.
inline constexpr const char* run_is_left =
    "(run.status = 'running' AND is_left(run.worker, run.lease_until))";

/// By a steady clock; by older programs only the moments are, and a clock may have been set back between.
inline constexpr const char* run_seconds =
    "round(coalesce(run.seconds, iif(run.ended_at >= run.started_at, 86400.0 * (julianday(run.ended_at) - "
    "julianday(run.started_at)), NULL)), 3)";

/// The epochs of a whole run of `variant`, as its settings say: for a program of its own a number, or "{key}" of a setting
/// that is one. 0 or NULL: they do not say.
inline constexpr const char* planned_epochs =
    "(SELECT CAST(coalesce(own.value, told.value) AS INTEGER) FROM setting AS told LEFT JOIN setting AS own ON "
    "own.variant_id = told.variant_id AND told.value = '{' || own.key || '}' WHERE told.variant_id = variant.id AND "
    "told.key IN ('training.epochs', 'trainer.epochs'))";

}  // namespace ablate
