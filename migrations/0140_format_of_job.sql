-- Whose names the rows of a submission had; NULL: not known yet, or from before it was asked.
ALTER TABLE jobs ADD COLUMN format TEXT;
