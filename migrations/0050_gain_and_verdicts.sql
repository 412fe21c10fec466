-- What a sample could win at most were its main cause gone; NULL: no cause, or scored before there was this column.
ALTER TABLE samples ADD COLUMN gain REAL;

-- What the last gate said of a run.
CREATE TABLE gate_verdicts (
  project     TEXT NOT NULL,
  run_id      TEXT NOT NULL,
  verdict     TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'inconclusive')),
  -- Metrics of the rules that decided it, as a JSON list.
  metrics     TEXT NOT NULL,
  base_run_id TEXT,
  judged_at   INTEGER NOT NULL,
  PRIMARY KEY (project, run_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER runs_take_their_verdict_along AFTER DELETE ON runs
BEGIN
  DELETE FROM gate_verdicts WHERE project = OLD.project AND run_id = OLD.id;
END;
