-- Try-outs: choices on the plan under review that are worked out together. Nothing of them counts before they are kept.
CREATE TABLE proeven (
    id            TEXT PRIMARY KEY,
    lichting      TEXT NOT NULL REFERENCES lichtingen (id),
    -- The run whose plan it is about; another plan under review and it has lapsed.
    berekening    TEXT NOT NULL REFERENCES berekeningen (id),
    -- What people call it; absent once it was erased.
    naam          TEXT,
    -- Per candidate what is tried, and the version of the decision that was there.
    veranderingen TEXT NOT NULL,
    -- The question that works it out.
    taak          TEXT NOT NULL,
    door          TEXT NOT NULL,
    gemaakt_op    INTEGER NOT NULL,
    bewaard_op    INTEGER,
    versie        INTEGER NOT NULL
) STRICT;
CREATE INDEX proeven_lichting ON proeven (lichting, gemaakt_op);
