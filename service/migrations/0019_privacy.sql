-- What people asked about their own data, and when it was done: pseudonyms only.
CREATE TABLE privacyverzoeken (
    id          TEXT PRIMARY KEY,
    soort       TEXT NOT NULL CHECK (soort IN ('inzage', 'verbetering', 'beperking', 'wissing')),
    persoon_soort TEXT NOT NULL CHECK (persoon_soort IN ('kandidaat', 'coach')),
    persoon     TEXT NOT NULL,
    -- Days, yyyy-mm-dd.
    gevraagd_op TEXT NOT NULL,
    uiterlijk   TEXT NOT NULL,
    -- UTC, milliseconds; absent while it is open.
    gedaan_op   INTEGER,
    -- The role of whoever did it.
    gedaan_door TEXT,
    versie      INTEGER NOT NULL
) STRICT;
CREATE INDEX privacyverzoeken_persoon ON privacyverzoeken (persoon_soort, persoon);

-- Who asked to be left out of the matching, until a last day or until it is lifted.
CREATE TABLE beperkingen (
    persoon_soort TEXT NOT NULL CHECK (persoon_soort IN ('kandidaat', 'coach')),
    persoon     TEXT NOT NULL,
    sinds       TEXT NOT NULL,
    tot         TEXT,
    versie      INTEGER NOT NULL,
    PRIMARY KEY (persoon_soort, persoon)
) STRICT;

-- Which fields of somebody were corrected on request after a wave was published with what stood there before.
CREATE TABLE verbeteringen (
    lichting    TEXT NOT NULL REFERENCES lichtingen (id),
    persoon_soort TEXT NOT NULL CHECK (persoon_soort IN ('kandidaat', 'coach')),
    persoon     TEXT NOT NULL,
    velden      TEXT NOT NULL,
    op          TEXT NOT NULL,
    PRIMARY KEY (lichting, persoon_soort, persoon, op)
) STRICT;

-- Since which day a candidate stands where he stands. Who stood there before this table was kept has no row: the first round of the
-- retention job writes one, so that the term begins then and not earlier.
CREATE TABLE standen (
    kandidaat   TEXT PRIMARY KEY,
    toestand    TEXT NOT NULL,
    sinds       TEXT NOT NULL
) STRICT;

-- Duties that are done once a day by one process: the last day on which each was done.
CREATE TABLE dagtaken (
    naam        TEXT PRIMARY KEY,
    dag         TEXT NOT NULL
) STRICT;
