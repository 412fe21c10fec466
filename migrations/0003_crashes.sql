-- How often a consumer stopped without a word while it held the work: what kills consumers must not do so for ever.
ALTER TABLE samples ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chunks ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
