-- runs that were asked to stop
-- Its worker looks for it after each epoch. In a table of its own: an order to whoever trains here, and nothing
-- that is known of the run, so that merging and exporting leave it alone.
CREATE TABLE stop_request (
  run_id INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
  asked_at TEXT NOT NULL
) STRICT;
