-- every setting of a variant
-- Clustered by variant, to read one variant's; the index holds all three columns, to find the variants of a
-- value.
CREATE TABLE setting(
  variant_id INTEGER NOT NULL REFERENCES variant(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value ANY,
  PRIMARY KEY (variant_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX setting_by_value ON setting(key, value);
