-- A policy on trial: the waves that it is tried on, each with a job that ends in counts.
CREATE TABLE beleidsproeven (
    id            TEXT PRIMARY KEY,
    beleid        TEXT NOT NULL,
    nummer        INTEGER NOT NULL,
    -- Hash of what the policy said when it was tried.
    inhoud        TEXT NOT NULL,
    -- Another policy to compare with; empty when each wave keeps its own.
    tegen         TEXT,
    tegen_nummer  INTEGER,
    -- As docs/reruns.md has them.
    drempels      TEXT NOT NULL,
    op            INTEGER NOT NULL,
    door          TEXT NOT NULL,
    FOREIGN KEY (beleid, nummer) REFERENCES beleid (naam, nummer)
) STRICT;
CREATE INDEX beleidsproeven_beleid ON beleidsproeven (beleid, nummer, op);

-- A wave may be taken away while its counts stay: nothing refers to it.
CREATE TABLE beleidsproef_lichtingen (
    proef      TEXT NOT NULL REFERENCES beleidsproeven (id),
    volgnummer INTEGER NOT NULL,
    lichting   TEXT NOT NULL,
    naam       TEXT NOT NULL,
    taak       TEXT NOT NULL REFERENCES taken (id),
    PRIMARY KEY (proef, volgnummer)
) STRICT;
