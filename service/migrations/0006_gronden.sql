-- What a decision is held against, so that it needs neither the wave's file nor the outcome: both may be megabytes. All of it follows from
-- what is kept elsewhere and is written down again where it is not there.
CREATE TABLE invoer_ids (
    invoer    TEXT NOT NULL REFERENCES invoeren (sha256),
    soort     TEXT NOT NULL CHECK (soort IN ('kandidaat', 'coach', 'school', 'plek')),
    -- Of a seat group its school; empty otherwise.
    van       TEXT NOT NULL,
    id        TEXT NOT NULL,
    PRIMARY KEY (invoer, soort, van, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE voorstellen (
    berekening TEXT NOT NULL REFERENCES taken (id),
    kandidaat  TEXT NOT NULL,
    school     TEXT NOT NULL,
    plek       TEXT NOT NULL,
    coach      TEXT NOT NULL,
    PRIMARY KEY (berekening, kandidaat)
) STRICT, WITHOUT ROWID;
-- Files (`invoer`) and runs (`berekening`) of which the rows above are complete.
CREATE TABLE gronden (
    soort TEXT NOT NULL CHECK (soort IN ('invoer', 'berekening')),
    van   TEXT NOT NULL,
    PRIMARY KEY (soort, van)
) STRICT, WITHOUT ROWID;

-- Whether the plan that was shown (`berekening`) already does what the decision says: then that plan is not out of date by it.
ALTER TABLE beoordelingen ADD COLUMN gevolgd INTEGER NOT NULL DEFAULT 0;
-- Decisions that stood from `versie` until the wave's count was `tot`: a run that knew one that is gone is out of date.
CREATE TABLE beoordelingen_eerder (
    lichting  TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT NOT NULL,
    versie    INTEGER NOT NULL,
    tot       INTEGER NOT NULL,
    PRIMARY KEY (lichting, kandidaat, versie)
) STRICT, WITHOUT ROWID;
-- A run on fewer decisions than this is out of date whatever they were: what was decided before this table was kept.
ALTER TABLE lichtingen ADD COLUMN besloten_tot INTEGER NOT NULL DEFAULT 0;
UPDATE lichtingen SET besloten_tot = beslissingen;

-- Placements that were taken back before they began. They use nothing up; a person may ask for them.
CREATE TABLE plaatsingen_vervallen (
    nummer    INTEGER PRIMARY KEY,
    lichting  TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT NOT NULL,
    school    TEXT NOT NULL,
    plek      TEXT NOT NULL,
    bouw      TEXT NOT NULL,
    coach     TEXT NOT NULL,
    uren      INTEGER NOT NULL,
    van       TEXT NOT NULL,
    tot       TEXT NOT NULL,
    reden     TEXT NOT NULL,
    op        INTEGER NOT NULL
) STRICT;
CREATE INDEX plaatsingen_vervallen_kandidaat ON plaatsingen_vervallen (kandidaat);

-- Versions that went with seats that were removed: the number that grows with every change of a board's seats never comes back.
ALTER TABLE besturen ADD COLUMN plekken_weg INTEGER NOT NULL DEFAULT 0;
