-- What a coach notes himself, and who says that somebody or something falls out.

-- Days off of a coach as one list, and the version of that list and of the hours given.
CREATE TABLE coach_bladen (
    coach                TEXT PRIMARY KEY REFERENCES coaches (id),
    -- [{"van": …, "tot": …}], in order.
    vrije_dagen          TEXT NOT NULL DEFAULT '[]',
    vrije_dagen_versie   INTEGER NOT NULL DEFAULT 0,
    gegeven_uren_versie  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Hours that a coach gave to a candidate in a month (yyyy-mm), in quarters of an hour. What is booked follows from placements.
CREATE TABLE gegeven_uren (
    coach      TEXT NOT NULL REFERENCES coaches (id),
    kandidaat  TEXT NOT NULL,
    maand      TEXT NOT NULL,
    kwartieren INTEGER NOT NULL CHECK (kwartieren > 0),
    PRIMARY KEY (coach, kandidaat, maand)
) STRICT;
CREATE INDEX gegeven_uren_kandidaat ON gegeven_uren (kandidaat);

-- "Ik val uit": a request to the intermediary. It changes no placement by itself.
CREATE TABLE meldingen_uitval (
    id               TEXT PRIMARY KEY,
    soort            TEXT NOT NULL CHECK (soort IN ('coach', 'plek', 'kandidaat')),
    -- The coach or candidate, or the school of a seat group.
    wie              TEXT NOT NULL,
    plek             TEXT,
    vanaf            TEXT NOT NULL,
    reden            TEXT NOT NULL,
    door             TEXT NOT NULL,
    toestand         TEXT NOT NULL CHECK (toestand IN ('open', 'overgenomen', 'niet-nodig')),
    herberekening    TEXT REFERENCES herberekeningen (id),
    niet_nodig       TEXT,
    gemeld_op        INTEGER NOT NULL,
    afgehandeld_op   INTEGER,
    versie           INTEGER NOT NULL
) STRICT;
CREATE INDEX meldingen_uitval_wie ON meldingen_uitval (soort, wie);
