-- Whom a roster asks when they can be there and whether they come, and what they said. Somebody who is not asked may say it too: then there
-- is no day to answer by.
CREATE TABLE rooster_uitnodigingen (
    rooster       TEXT COLLATE "C" NOT NULL REFERENCES roosters (id),
    persoon       TEXT COLLATE "C" NOT NULL,
    voor          TEXT COLLATE "C",
    gevraagd_op   BIGINT,
    gevraagd_door TEXT COLLATE "C",
    herinneringen BIGINT NOT NULL,
    herinnerd_op  BIGINT,
    -- Half-days of the week and days away; nothing while nothing was said.
    beschikbaar   TEXT COLLATE "C",
    -- Meetings with whether somebody comes.
    antwoorden    TEXT COLLATE "C" NOT NULL,
    -- Free text; the intermediary alone reads it.
    toelichting   TEXT COLLATE "C",
    hoe           TEXT COLLATE "C" CHECK (hoe IN ('account', 'koppeling', 'genoteerd')),
    gezegd_op     BIGINT,
    gezegd_door   TEXT COLLATE "C",
    versie        BIGINT NOT NULL,
    PRIMARY KEY (rooster, persoon)
);
CREATE INDEX rooster_uitnodigingen_persoon ON rooster_uitnodigingen (persoon);

-- Personal links with which somebody without an account answers; of the secret only a hash is kept.
CREATE TABLE rooster_koppelingen (
    rooster    TEXT COLLATE "C" NOT NULL REFERENCES roosters (id),
    persoon    TEXT COLLATE "C" NOT NULL,
    hash       TEXT COLLATE "C" NOT NULL UNIQUE,
    gemaakt_op BIGINT NOT NULL,
    tot        BIGINT NOT NULL,
    PRIMARY KEY (rooster, persoon)
);
