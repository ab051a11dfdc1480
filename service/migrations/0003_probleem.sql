-- no-transaction
-- A run belongs to a problem and its subject, not to a wave only: of the matching (`plaatsing`) the subject is a wave. SQLite cannot take
-- the reference to waves away from a table that is there, so it is made anew; nothing else refers to another table for a moment.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
DROP TABLE IF EXISTS berekeningen_nieuw;
CREATE TABLE berekeningen_nieuw (
    id            TEXT PRIMARY KEY REFERENCES taken (id),
    -- What is solved: a problem by its code, and the id of what it is about.
    probleem      TEXT NOT NULL,
    onderwerp     TEXT NOT NULL,
    nummer        INTEGER NOT NULL,
    -- What was solved, and the subject's own file it was made from.
    invoer        TEXT NOT NULL REFERENCES invoeren (sha256),
    basis         TEXT NOT NULL REFERENCES invoeren (sha256),
    beslissingen  INTEGER NOT NULL,
    voorganger    TEXT REFERENCES berekeningen (id),
    -- The batch it belongs to; its plan counts only once accepted.
    herberekening TEXT REFERENCES herberekeningen (id),
    programma     TEXT NOT NULL,
    -- So that this can be run again when the service went down right after it.
    lichting      TEXT GENERATED ALWAYS AS (onderwerp) VIRTUAL,
    UNIQUE (probleem, onderwerp, nummer)
) STRICT;
INSERT INTO berekeningen_nieuw (id, probleem, onderwerp, nummer, invoer, basis, beslissingen, voorganger, herberekening, programma)
    SELECT id, 'plaatsing', lichting, nummer, invoer, basis, beslissingen, voorganger, herberekening, programma FROM berekeningen;
DROP TABLE berekeningen;
ALTER TABLE berekeningen_nieuw RENAME TO berekeningen;
COMMIT;
PRAGMA foreign_keys = ON;
