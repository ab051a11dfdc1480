-- Rosters: who meets whom and when. `invoer` is the roster's own file, without names.
CREATE TABLE roosters (
    id            TEXT PRIMARY KEY,
    naam          TEXT NOT NULL,
    soort         TEXT NOT NULL CHECK (soort IN ('gesprekken', 'intervisie', 'bezoeken', 'aanbod')),
    van           TEXT NOT NULL,
    tot           TEXT NOT NULL,
    invoer        TEXT NOT NULL REFERENCES invoeren (sha256),
    -- Grows with every decision that the plan does not already do; a run on an older number is out of date.
    beslissingen  INTEGER NOT NULL DEFAULT 0,
    -- The run whose plan counts.
    geldend       TEXT,
    versie        INTEGER NOT NULL,
    aangemaakt_op INTEGER NOT NULL
) STRICT;

-- Names of people in a roster, apart so that they can be erased.
CREATE TABLE rooster_mensen (
    rooster TEXT NOT NULL REFERENCES roosters (id),
    id      TEXT NOT NULL,
    naam    TEXT NOT NULL,
    PRIMARY KEY (rooster, id)
) STRICT;
CREATE INDEX rooster_mensen_id ON rooster_mensen (id);

-- What was decided about somebody who is planned; of visits about one half-day, else `moment` is empty.
CREATE TABLE rooster_besluiten (
    rooster  TEXT NOT NULL REFERENCES roosters (id),
    eenheid  TEXT NOT NULL,
    moment   TEXT NOT NULL,
    soort    TEXT NOT NULL CHECK (soort IN ('akkoord', 'vast', 'afgewezen')),
    gegevens TEXT NOT NULL,
    gevolgd  INTEGER NOT NULL,
    versie   INTEGER NOT NULL,
    op       INTEGER NOT NULL,
    door     TEXT NOT NULL,
    PRIMARY KEY (rooster, eenheid, moment)
) STRICT;

-- Plans after somebody fell out: each counts once it is accepted, and then `invoer_na` is the roster's own file.
CREATE TABLE rooster_voorstellen (
    berekening     TEXT PRIMARY KEY REFERENCES berekeningen (id),
    rooster        TEXT NOT NULL REFERENCES roosters (id),
    aanleiding     TEXT NOT NULL,
    invoer_na      TEXT NOT NULL REFERENCES invoeren (sha256),
    rooster_versie INTEGER NOT NULL,
    toestand       TEXT NOT NULL CHECK (toestand IN ('voorstel', 'aanvaard', 'afgewezen')),
    op             INTEGER NOT NULL
) STRICT;
CREATE INDEX rooster_voorstellen_rooster ON rooster_voorstellen (rooster, op);

-- Plans that people were told, one after the other: entries in calendars grow with the number.
CREATE TABLE rooster_publicaties (
    rooster    TEXT NOT NULL REFERENCES roosters (id),
    nummer     INTEGER NOT NULL,
    berekening TEXT NOT NULL REFERENCES berekeningen (id),
    op         INTEGER NOT NULL,
    door       TEXT NOT NULL,
    PRIMARY KEY (rooster, nummer)
) STRICT;
