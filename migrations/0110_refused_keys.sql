-- Wrong keys and failed sign-ins, counted by address and ten minutes. Shown among the lines of the audit log, whose own
-- table keeps every line for ever: a stranger must not be able to fill it, so this one is cut.
CREATE TABLE refused_keys (
  -- Sorts as the lines of the audit log do; made of the time and the address, so that one address has one row.
  id       TEXT PRIMARY KEY,
  at       INTEGER NOT NULL,
  address  TEXT NOT NULL,
  failures INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
