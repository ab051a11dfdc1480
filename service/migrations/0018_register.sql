-- A school's number in the country's own register: whoever signs in through a school is known by it, and by the school its board.
ALTER TABLE scholen ADD COLUMN brin TEXT;
CREATE INDEX scholen_brin ON scholen (brin);

-- Policies: drafted by one person, approved by another. `inhoud` is what a wave file calls `beleid`, without a seed; `sha256` its hash, by
-- which the policy of a file is found. `fase` is absent for every phase.
CREATE TABLE beleid (
    naam             TEXT NOT NULL,
    nummer           INTEGER NOT NULL,
    fase             TEXT,
    toestand         TEXT NOT NULL CHECK (toestand IN ('concept', 'goedgekeurd', 'ingetrokken')),
    inhoud           TEXT NOT NULL,
    sha256           TEXT NOT NULL,
    -- The wave whose file brought it.
    lichting         TEXT,
    opgesteld_door   TEXT NOT NULL,
    opgesteld_op     INTEGER NOT NULL,
    gewijzigd_door   TEXT,
    gewijzigd_op     INTEGER,
    goedgekeurd_door TEXT,
    goedgekeurd_op   INTEGER,
    ingetrokken_door TEXT,
    ingetrokken_op   INTEGER,
    versie           INTEGER NOT NULL,
    PRIMARY KEY (naam, nummer)
) STRICT;
CREATE INDEX beleid_sha256 ON beleid (sha256);
-- The usual policy of each phase, for waves that name none, is approved from the start.
INSERT INTO beleid (naam, nummer, fase, toestand, inhoud, sha256, opgesteld_door, opgesteld_op, goedgekeurd_door, goedgekeurd_op, versie) VALUES
    ('standaard-werkervaring', 1, 'werkervaring', 'goedgekeurd', '{}', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', 'systeem', 0, 'systeem', 0, 1),
    ('standaard-opleiding', 1, 'opleiding', 'goedgekeurd', '{}', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', 'systeem', 0, 'systeem', 0, 1),
    ('standaard-opleiding_jaar2', 1, 'opleiding_jaar2', 'goedgekeurd', '{}', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', 'systeem', 0, 'systeem', 0, 1),
    ('standaard-inductie', 1, 'inductie', 'goedgekeurd', '{}', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', 'systeem', 0, 'systeem', 0, 1);
-- The policy of a wave, and the one that its wave had when a run was asked; absent in what earlier versions kept.
ALTER TABLE lichtingen ADD COLUMN beleid_naam TEXT;
ALTER TABLE lichtingen ADD COLUMN beleid_nummer INTEGER;
CREATE TABLE berekening_beleid (
    berekening TEXT PRIMARY KEY,
    naam       TEXT NOT NULL,
    nummer     INTEGER NOT NULL
) STRICT;

-- How boards, schools and coaches end; `tot` is the last day, and a coach had one already.
ALTER TABLE besturen ADD COLUMN tot TEXT;
ALTER TABLE besturen ADD COLUMN einde_reden TEXT;
ALTER TABLE scholen ADD COLUMN tot TEXT;
ALTER TABLE scholen ADD COLUMN einde_reden TEXT;
ALTER TABLE coaches ADD COLUMN einde_reden TEXT;

-- Every version of a row of the register, without names. `op` and `door` are absent for what was there before this table.
CREATE TABLE register_versies (
    soort  TEXT NOT NULL CHECK (soort IN ('bestuur', 'school', 'coach', 'kandidaat')),
    id     TEXT NOT NULL,
    versie INTEGER NOT NULL,
    op     INTEGER,
    door   TEXT,
    inhoud TEXT NOT NULL,
    PRIMARY KEY (soort, id, versie)
) STRICT;

-- Stages of candidates, a row for each that was entered; the newest is where somebody is. `gestopt` goes with `toestand` of the candidate.
CREATE TABLE kandidaat_fasen (
    kandidaat TEXT NOT NULL,
    nummer    INTEGER NOT NULL,
    fase      TEXT NOT NULL CHECK (fase IN ('aangemeld', 'intake', 'voortraject', 'assessment', 'opleiding', 'jaar-2', 'diploma', 'gestopt')),
    -- The first day; unknown for who was there before this table.
    van       TEXT,
    reden     TEXT,
    op        INTEGER,
    door      TEXT,
    PRIMARY KEY (kandidaat, nummer)
) STRICT;
INSERT INTO kandidaat_fasen (kandidaat, nummer, fase) SELECT id, 1, 'aangemeld' FROM kandidaten;
INSERT INTO kandidaat_fasen (kandidaat, nummer, fase, reden) SELECT id, 2, 'gestopt', 'onbekend' FROM kandidaten WHERE toestand = 'gestopt';

-- School years that do not begin on 1 August, by the calendar year in which they begin.
CREATE TABLE schooljaren (
    jaar   INTEGER PRIMARY KEY,
    van    TEXT NOT NULL,
    versie INTEGER NOT NULL
) STRICT;

-- Who went on from a wave without a place, and to which.
CREATE TABLE overdrachten (
    lichting  TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT NOT NULL,
    naar      TEXT NOT NULL,
    op        INTEGER NOT NULL,
    door      TEXT NOT NULL,
    PRIMARY KEY (lichting, kandidaat)
) STRICT;

-- What the register keeps of people for every wave: `reistijden`, and of candidates `vast` and `verboden`.
ALTER TABLE coaches ADD COLUMN eigen TEXT NOT NULL DEFAULT '{}';
ALTER TABLE kandidaten ADD COLUMN eigen TEXT NOT NULL DEFAULT '{}';
