-- Multi-year plans: how many can start, with which coaches, for what money. `invoer` is the file of the newest version.
CREATE TABLE meerjarenplannen (
    id            TEXT PRIMARY KEY,
    naam          TEXT NOT NULL,
    -- First month, "2026-09", and how many school years.
    van           TEXT NOT NULL,
    jaren         INTEGER NOT NULL,
    invoer        TEXT NOT NULL REFERENCES invoeren (sha256),
    -- Grows with every change; each is a version of its file.
    versie        INTEGER NOT NULL,
    aangemaakt_op INTEGER NOT NULL
) STRICT;

-- Every version of a plan's file.
CREATE TABLE meerjarenplan_versies (
    plan        TEXT NOT NULL REFERENCES meerjarenplannen (id),
    versie      INTEGER NOT NULL,
    invoer      TEXT NOT NULL REFERENCES invoeren (sha256),
    toelichting TEXT NOT NULL,
    op          INTEGER NOT NULL,
    door        TEXT NOT NULL,
    PRIMARY KEY (plan, versie)
) STRICT;

-- The funnel of a wave, completed by hand where the service cannot know: a stage and a key of docs/planning.md, one number each.
CREATE TABLE trechter_aanvullingen (
    lichting TEXT NOT NULL,
    wat      TEXT NOT NULL,
    aantal   INTEGER NOT NULL,
    op       INTEGER NOT NULL,
    door     TEXT NOT NULL,
    PRIMARY KEY (lichting, wat)
) STRICT;

-- Snapshots of the funnel: each stays as it was; a correction is a new one that names what it corrects.
CREATE TABLE trechter_metingen (
    id               TEXT PRIMARY KEY,
    peildatum        TEXT NOT NULL,
    -- loket-trechter/1, and its hash.
    bestand          TEXT NOT NULL,
    sha256           TEXT NOT NULL,
    plan             TEXT,
    plan_versie      INTEGER,
    verbetert        TEXT REFERENCES trechter_metingen (id),
    toelichting      TEXT NOT NULL,
    op               INTEGER NOT NULL,
    door             TEXT NOT NULL,
    goedgekeurd_op   INTEGER,
    goedgekeurd_door TEXT
) STRICT;
CREATE INDEX trechter_metingen_peildatum ON trechter_metingen (peildatum, op);
