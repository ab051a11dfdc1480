-- What each placement of the plan of a run is about, as the three parties are asked. It follows from the file and the outcome of the run,
-- and is written down again where it is not there; only that of the plan that counts is kept.
CREATE TABLE plaatsen (
    berekening    TEXT NOT NULL REFERENCES taken (id),
    kandidaat     TEXT NOT NULL,
    school        TEXT NOT NULL,
    bestuur       TEXT NOT NULL,
    plek          TEXT NOT NULL,
    bouw          TEXT NOT NULL,
    coach         TEXT NOT NULL,
    -- Half-days that candidate and duo colleague are both there, by code, with commas.
    dagdelen      TEXT NOT NULL,
    uren          INTEGER NOT NULL,
    reistijd      INTEGER NOT NULL,
    coachreistijd INTEGER NOT NULL,
    -- How many seats the group has in the file.
    plekken       INTEGER NOT NULL,
    PRIMARY KEY (berekening, kandidaat)
) STRICT, WITHOUT ROWID;
CREATE TABLE plaatsen_van (
    berekening TEXT PRIMARY KEY REFERENCES taken (id)
) STRICT, WITHOUT ROWID;

-- What a party was asked about a placement, and what it said. It is about the placement as it was then: when that is another one now, in
-- what this party is asked about, nobody was asked.
CREATE TABLE antwoorden (
    lichting     TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat    TEXT NOT NULL,
    partij       TEXT NOT NULL CHECK (partij IN ('kandidaat', 'bestuur', 'coach')),
    school       TEXT NOT NULL,
    bestuur      TEXT NOT NULL,
    plek         TEXT NOT NULL,
    bouw         TEXT NOT NULL,
    coach        TEXT NOT NULL,
    dagdelen     TEXT NOT NULL,
    -- Asked again is another round: links of the one before are over.
    ronde        INTEGER NOT NULL,
    gevraagd_op  INTEGER NOT NULL,
    gevraagd_door TEXT NOT NULL,
    -- The last day to answer.
    voor         TEXT NOT NULL,
    herinnerd_op INTEGER,
    herinneringen INTEGER NOT NULL DEFAULT 0,
    antwoord     TEXT CHECK (antwoord IN ('ja', 'nee')),
    reden        TEXT,
    -- The last day that a no counts.
    tot          TEXT,
    -- Free text of whoever answered; the intermediary alone reads it.
    toelichting  TEXT,
    hoe          TEXT,
    antwoord_op  INTEGER,
    antwoord_door TEXT,
    versie       INTEGER NOT NULL,
    PRIMARY KEY (lichting, kandidaat, partij)
) STRICT, WITHOUT ROWID;
CREATE INDEX antwoorden_bestuur ON antwoorden (bestuur, partij);
CREATE INDEX antwoorden_coach ON antwoorden (coach, partij);

-- Personal links with which one question is answered; of the secret only a hash is kept. One for each question.
CREATE TABLE antwoord_koppelingen (
    lichting   TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat  TEXT NOT NULL,
    partij     TEXT NOT NULL CHECK (partij IN ('kandidaat', 'coach')),
    hash       TEXT NOT NULL UNIQUE,
    ronde      INTEGER NOT NULL,
    gemaakt_op INTEGER NOT NULL,
    tot        INTEGER NOT NULL,
    PRIMARY KEY (lichting, kandidaat, partij)
) STRICT, WITHOUT ROWID;

-- What a no forbids from then on: this candidate where every column that is filled agrees.
CREATE TABLE verboden (
    id            TEXT PRIMARY KEY,
    -- Where and by whom it was said.
    lichting      TEXT NOT NULL,
    partij        TEXT NOT NULL CHECK (partij IN ('kandidaat', 'bestuur', 'coach')),
    reikwijdte    TEXT NOT NULL,
    kandidaat     TEXT NOT NULL,
    school        TEXT,
    plek          TEXT,
    bouw          TEXT,
    coach         TEXT,
    -- Of seats that are not open, and of a coach without room: how many there were before the first no.
    van_hoeveel   INTEGER,
    -- Why; nothing once it was erased.
    reden         TEXT,
    -- The last day that it counts; nothing is without end.
    tot           TEXT,
    gemaakt_op    INTEGER NOT NULL,
    gemaakt_door  TEXT NOT NULL,
    ingetrokken_op INTEGER,
    ingetrokken_door TEXT,
    intrekreden   TEXT,
    versie        INTEGER NOT NULL
) STRICT;
CREATE INDEX verboden_kandidaat ON verboden (kandidaat);

-- From which count of decisions on a wave knows a prohibition, and until which.
CREATE TABLE verbod_lichtingen (
    verbod   TEXT NOT NULL REFERENCES verboden (id),
    lichting TEXT NOT NULL REFERENCES lichtingen (id),
    versie   INTEGER NOT NULL,
    tot      INTEGER,
    PRIMARY KEY (verbod, lichting)
) STRICT, WITHOUT ROWID;
CREATE INDEX verbod_lichtingen_lichting ON verbod_lichtingen (lichting);
