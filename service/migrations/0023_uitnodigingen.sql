-- Whom a roster asks when they can be there and whether they come, and what they said. Somebody who is not asked may say it too: then there
-- is no day to answer by.
CREATE TABLE rooster_uitnodigingen (
    rooster       TEXT NOT NULL REFERENCES roosters (id),
    persoon       TEXT NOT NULL,
    voor          TEXT,
    gevraagd_op   INTEGER,
    gevraagd_door TEXT,
    herinneringen INTEGER NOT NULL,
    herinnerd_op  INTEGER,
    -- Half-days of the week and days away; nothing while nothing was said.
    beschikbaar   TEXT,
    -- Meetings with whether somebody comes.
    antwoorden    TEXT NOT NULL,
    -- Free text; the intermediary alone reads it.
    toelichting   TEXT,
    hoe           TEXT CHECK (hoe IN ('account', 'koppeling', 'genoteerd')),
    gezegd_op     INTEGER,
    gezegd_door   TEXT,
    versie        INTEGER NOT NULL,
    PRIMARY KEY (rooster, persoon)
) STRICT;
CREATE INDEX rooster_uitnodigingen_persoon ON rooster_uitnodigingen (persoon);

-- Personal links with which somebody without an account answers; of the secret only a hash is kept.
CREATE TABLE rooster_koppelingen (
    rooster    TEXT NOT NULL REFERENCES roosters (id),
    persoon    TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    gemaakt_op INTEGER NOT NULL,
    tot        INTEGER NOT NULL,
    PRIMARY KEY (rooster, persoon)
) STRICT;
