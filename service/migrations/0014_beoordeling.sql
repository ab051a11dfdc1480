-- Every decision that was ever made about a candidate of a wave, and what became of it: the log tells it too, but is not read to undo or to
-- count. `nummer` is the wave's count of decisions.
CREATE TABLE besluiten (
    lichting     TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat    TEXT NOT NULL,
    nummer       INTEGER NOT NULL,
    -- Decided, taken back, undone, or lapsed.
    stap         TEXT NOT NULL CHECK (stap IN ('besluit', 'intrekking', 'ongedaan', 'vervallen')),
    -- The decision that stands after it, with who made it and when; absent when none does.
    gegevens     TEXT,
    berekening   TEXT,
    gevolgd      INTEGER NOT NULL DEFAULT 0,
    vervallen    TEXT,
    van          TEXT,
    van_op       INTEGER,
    -- The number of what stood before it; absent when nothing did. Of `ongedaan`: which number it undoes.
    eerder       INTEGER,
    terug        INTEGER,
    -- Decisions that were made together.
    groep        TEXT,
    -- What was seen before it: the proposal, and what of it was opened.
    getoond      TEXT NOT NULL,
    seconden     INTEGER,
    -- Who did it, and in which role.
    door         TEXT NOT NULL,
    rol          TEXT NOT NULL,
    op           INTEGER NOT NULL,
    PRIMARY KEY (lichting, kandidaat, nummer)
) STRICT;
CREATE INDEX besluiten_nummer ON besluiten (lichting, nummer);

-- What stands already. What was shown, and what was there before, is in the log alone.
INSERT INTO besluiten (lichting, kandidaat, nummer, stap, gegevens, berekening, gevolgd, vervallen, van, van_op, getoond, door, rol, op)
    SELECT lichting, kandidaat, versie, CASE WHEN vervallen IS NULL THEN 'besluit' ELSE 'vervallen' END, gegevens, berekening, gevolgd,
        vervallen, door, op, '{}', door, 'intermediair', op FROM beoordelingen;

-- Who opened the proposal for whom, in which run, and what of it.
CREATE TABLE inzagen (
    lichting     TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat    TEXT NOT NULL,
    berekening   TEXT NOT NULL,
    door         TEXT NOT NULL,
    -- Words of what was opened, as a JSON list.
    geopend      TEXT NOT NULL,
    -- When it was opened to be decided about; absent once that was done.
    begonnen_op  INTEGER,
    gezien_op    INTEGER NOT NULL,
    PRIMARY KEY (lichting, kandidaat, berekening, door)
) STRICT;

-- Free text about a candidate of a wave, for intermediaries alone. It stands here and nowhere else, so that it can be erased.
CREATE TABLE notities (
    id           TEXT PRIMARY KEY,
    lichting     TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat    TEXT NOT NULL,
    tekst        TEXT NOT NULL,
    door         TEXT NOT NULL,
    gemaakt_op   INTEGER NOT NULL,
    veranderd_op INTEGER NOT NULL,
    versie       INTEGER NOT NULL
) STRICT;
CREATE INDEX notities_kandidaat ON notities (kandidaat, lichting);
