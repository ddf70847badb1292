#pragma once
/// The text of each step of the schema. Private to framework/store.
/// A released step is frozen: metric columns are spelled out here, not made from the metric table, and a
/// metric that is added later comes with a step of its own. A test holds the sum of all steps against the
/// table.

namespace ablate {

/// Version 1.
extern const char* const schema_1;

/// Version 2: which runs' data were audited.
extern const char* const schema_2;

/// Version 3: the time that metrics take, when the training set was evaluated, and the selected weights.
extern const char* const schema_3;

/// Version 4: what workers, resuming and stop rules need, and more of where a run came from.
extern const char* const schema_4;

/// Version 5: every setting of a variant, to be asked for.
extern const char* const schema_5;

/// Version 6: tags, notes, and what is archived.
extern const char* const schema_6;

/// Version 7: runs that are not archived, found without reading them all.
extern const char* const schema_7;

/// Version 8: runs that were asked to stop.
extern const char* const schema_8;

/// Version 9: which program and which arithmetic made a run's numbers.
extern const char* const schema_9;

}  // namespace ablate
