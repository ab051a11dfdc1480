-- A policy on trial: the waves that it is tried on, each with a job that ends in counts.
CREATE TABLE beleidsproeven (
    id            TEXT COLLATE "C" PRIMARY KEY,
    beleid        TEXT COLLATE "C" NOT NULL,
    nummer        BIGINT NOT NULL,
    -- Hash of what the policy said when it was tried.
    inhoud        TEXT COLLATE "C" NOT NULL,
    -- Another policy to compare with; empty when each wave keeps its own.
    tegen         TEXT COLLATE "C",
    tegen_nummer  BIGINT,
    -- As docs/reruns.md has them.
    drempels      TEXT COLLATE "C" NOT NULL,
    op            BIGINT NOT NULL,
    door          TEXT COLLATE "C" NOT NULL,
    FOREIGN KEY (beleid, nummer) REFERENCES beleid (naam, nummer)
);
CREATE INDEX beleidsproeven_beleid ON beleidsproeven (beleid, nummer, op);

-- A wave may be taken away while its counts stay: nothing refers to it.
CREATE TABLE beleidsproef_lichtingen (
    proef      TEXT COLLATE "C" NOT NULL REFERENCES beleidsproeven (id),
    volgnummer BIGINT NOT NULL,
    lichting   TEXT COLLATE "C" NOT NULL,
    naam       TEXT COLLATE "C" NOT NULL,
    taak       TEXT COLLATE "C" NOT NULL REFERENCES taken (id),
    PRIMARY KEY (proef, volgnummer)
);
