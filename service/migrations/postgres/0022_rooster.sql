-- Rosters: who meets whom and when. `invoer` is the roster's own file, without names.
CREATE TABLE roosters (
    id            TEXT COLLATE "C" PRIMARY KEY,
    naam          TEXT COLLATE "C" NOT NULL,
    soort         TEXT COLLATE "C" NOT NULL CHECK (soort IN ('gesprekken', 'intervisie', 'bezoeken', 'aanbod')),
    van           TEXT COLLATE "C" NOT NULL,
    tot           TEXT COLLATE "C" NOT NULL,
    invoer        TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    -- Grows with every decision that the plan does not already do; a run on an older number is out of date.
    beslissingen  BIGINT NOT NULL DEFAULT 0,
    -- The run whose plan counts.
    geldend       TEXT COLLATE "C",
    versie        BIGINT NOT NULL,
    aangemaakt_op BIGINT NOT NULL
);

-- Names of people in a roster, apart so that they can be erased.
CREATE TABLE rooster_mensen (
    rooster TEXT COLLATE "C" NOT NULL REFERENCES roosters (id),
    id      TEXT COLLATE "C" NOT NULL,
    naam    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (rooster, id)
);
CREATE INDEX rooster_mensen_id ON rooster_mensen (id);

-- What was decided about somebody who is planned; of visits about one half-day, else `moment` is empty.
CREATE TABLE rooster_besluiten (
    rooster  TEXT COLLATE "C" NOT NULL REFERENCES roosters (id),
    eenheid  TEXT COLLATE "C" NOT NULL,
    moment   TEXT COLLATE "C" NOT NULL,
    soort    TEXT COLLATE "C" NOT NULL CHECK (soort IN ('akkoord', 'vast', 'afgewezen')),
    gegevens TEXT COLLATE "C" NOT NULL,
    gevolgd  BIGINT NOT NULL,
    versie   BIGINT NOT NULL,
    op       BIGINT NOT NULL,
    door     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (rooster, eenheid, moment)
);

-- Plans after somebody fell out: each counts once it is accepted, and then `invoer_na` is the roster's own file.
CREATE TABLE rooster_voorstellen (
    berekening     TEXT COLLATE "C" PRIMARY KEY REFERENCES berekeningen (id),
    rooster        TEXT COLLATE "C" NOT NULL REFERENCES roosters (id),
    aanleiding     TEXT COLLATE "C" NOT NULL,
    invoer_na      TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    rooster_versie BIGINT NOT NULL,
    toestand       TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('voorstel', 'aanvaard', 'afgewezen')),
    op             BIGINT NOT NULL
);
CREATE INDEX rooster_voorstellen_rooster ON rooster_voorstellen (rooster, op);

-- Plans that people were told, one after the other: entries in calendars grow with the number.
CREATE TABLE rooster_publicaties (
    rooster    TEXT COLLATE "C" NOT NULL REFERENCES roosters (id),
    nummer     BIGINT NOT NULL,
    berekening TEXT COLLATE "C" NOT NULL REFERENCES berekeningen (id),
    op         BIGINT NOT NULL,
    door       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (rooster, nummer)
);
