-- which program and which arithmetic made a run's numbers
-- program_sha256: NULL, unknown, is equal to nothing in SQL, so runs of older programs and of builds that could not
-- know their sources are neither copied nor resumed. numbers: the program's numbers version
-- (base/numbers_version.hpp); NULL: of a run that was never begun, or by a program that did not tell, which is
-- version 1.
ALTER TABLE run ADD COLUMN program_sha256 TEXT;
ALTER TABLE run ADD COLUMN numbers INTEGER;
