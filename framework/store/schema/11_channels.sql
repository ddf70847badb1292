-- how many values a pixel has
-- 1 of grey images, 3 of images in colour. What was recorded before was grey, or counts as such.
ALTER TABLE dataset ADD COLUMN channels INTEGER NOT NULL DEFAULT 1 CHECK (channels BETWEEN 1 AND 3);
