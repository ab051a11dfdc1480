-- Everything the service keeps. Times are UTC in milliseconds since 1970; dates are yyyy-mm-dd (Europe/Amsterdam).
-- JSON columns hold what format.md calls the thing, without id and without names. Names live in `personen` alone.

CREATE TABLE besturen (
    id        TEXT PRIMARY KEY,
    gegevens  TEXT NOT NULL,
    versie    INTEGER NOT NULL
) STRICT;

CREATE TABLE scholen (
    id        TEXT PRIMARY KEY,
    bestuur   TEXT NOT NULL REFERENCES besturen (id),
    gegevens  TEXT NOT NULL,
    versie    INTEGER NOT NULL
) STRICT;
CREATE INDEX scholen_bestuur ON scholen (bestuur);

-- Seats of a school in a period; `tot` is the last day, absent is without end.
CREATE TABLE plekken (
    school       TEXT NOT NULL REFERENCES scholen (id),
    id           TEXT NOT NULL,
    van          TEXT NOT NULL,
    tot          TEXT,
    bouw         TEXT NOT NULL,
    aantal       INTEGER NOT NULL CHECK (aantal >= 0),
    gegevens     TEXT NOT NULL,
    open         INTEGER NOT NULL DEFAULT 1,
    reden        TEXT,
    bevestigd_op INTEGER,
    versie       INTEGER NOT NULL,
    PRIMARY KEY (school, id, van)
) STRICT;

CREATE TABLE coaches (
    id        TEXT PRIMARY KEY,
    gegevens  TEXT NOT NULL,
    van       TEXT,
    tot       TEXT,
    versie    INTEGER NOT NULL
) STRICT;

CREATE TABLE kandidaten (
    id        TEXT PRIMARY KEY,
    gegevens  TEXT NOT NULL,
    toestand  TEXT NOT NULL CHECK (toestand IN ('wacht', 'geplaatst', 'gestopt')),
    versie    INTEGER NOT NULL
) STRICT;

-- Names and free text about people, apart so that they can be erased.
CREATE TABLE personen (
    soort     TEXT NOT NULL CHECK (soort IN ('kandidaat', 'coach')),
    id        TEXT NOT NULL,
    gegevens  TEXT NOT NULL,
    PRIMARY KEY (soort, id)
) STRICT;

-- Wave files as they were solved, by the hash of their bytes; never changed.
CREATE TABLE invoeren (
    sha256    TEXT PRIMARY KEY,
    bytes     BLOB NOT NULL
) STRICT;

CREATE TABLE lichtingen (
    id            TEXT PRIMARY KEY,
    naam          TEXT NOT NULL,
    fase          TEXT NOT NULL,
    van           TEXT NOT NULL,
    tot           TEXT NOT NULL,
    toestand      TEXT NOT NULL CHECK (toestand IN ('concept', 'ingediend', 'berekend', 'in-beoordeling', 'vastgesteld', 'gesloten')),
    zaad          INTEGER,
    invoer        TEXT NOT NULL REFERENCES invoeren (sha256),
    -- Grows with every decision; a run on an older number is out of date.
    beslissingen  INTEGER NOT NULL DEFAULT 0,
    -- The run whose plan is under review or published.
    geldend       TEXT,
    versie        INTEGER NOT NULL,
    aangemaakt_op INTEGER NOT NULL
) STRICT;

-- Work for a worker. The row is the truth; a ticket in apalis' table only says that there may be work.
CREATE TABLE taken (
    id            TEXT PRIMARY KEY,
    baan          TEXT NOT NULL,
    -- Whose turn it is goes around among groups (waves).
    groep         TEXT NOT NULL,
    soort         TEXT NOT NULL,
    vraag         TEXT NOT NULL,
    -- [{"naam": …, "bron": "invoer" | "uitkomst", "van": sha256 | task}]
    delen         TEXT NOT NULL,
    toestand      TEXT NOT NULL CHECK (toestand IN ('wachtrij', 'bezig', 'klaar', 'mislukt', 'afgebroken')),
    pogingen      INTEGER NOT NULL DEFAULT 0,
    werker        TEXT,
    huur_tot      INTEGER,
    stop          INTEGER NOT NULL DEFAULT 0,
    voortgang     TEXT,
    -- The best checked plan so far, or the parts of an answer so far.
    tussenstand   TEXT,
    resultaat     TEXT,
    status        TEXT,
    melding       TEXT,
    aangemaakt_op INTEGER NOT NULL,
    begonnen_op   INTEGER,
    klaar_op      INTEGER
) STRICT;
CREATE INDEX taken_open ON taken (baan, toestand, aangemaakt_op) WHERE toestand IN ('wachtrij', 'bezig');
CREATE INDEX taken_groep ON taken (groep, begonnen_op);

CREATE TABLE taak_gebeurtenissen (
    taak      TEXT NOT NULL REFERENCES taken (id),
    nummer    INTEGER NOT NULL,
    soort     TEXT NOT NULL,
    gegevens  TEXT NOT NULL,
    op        INTEGER NOT NULL,
    PRIMARY KEY (taak, nummer)
) STRICT, WITHOUT ROWID;

CREATE TABLE berekeningen (
    id            TEXT PRIMARY KEY REFERENCES taken (id),
    lichting      TEXT NOT NULL REFERENCES lichtingen (id),
    nummer        INTEGER NOT NULL,
    -- What was solved, and the wave's own file it was made from.
    invoer        TEXT NOT NULL REFERENCES invoeren (sha256),
    basis         TEXT NOT NULL REFERENCES invoeren (sha256),
    beslissingen  INTEGER NOT NULL,
    voorganger    TEXT REFERENCES berekeningen (id),
    -- The batch it belongs to; its plan counts only once accepted.
    herberekening TEXT REFERENCES herberekeningen (id),
    programma     TEXT NOT NULL,
    UNIQUE (lichting, nummer)
) STRICT;

CREATE TABLE vragen (
    id         TEXT PRIMARY KEY REFERENCES taken (id),
    berekening TEXT NOT NULL REFERENCES berekeningen (id),
    -- The same question about the same run is answered once.
    sleutel    TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE beoordelingen (
    lichting   TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat  TEXT NOT NULL,
    gegevens   TEXT NOT NULL,
    berekening TEXT REFERENCES berekeningen (id),
    versie     INTEGER NOT NULL,
    op         INTEGER NOT NULL,
    door       TEXT NOT NULL,
    PRIMARY KEY (lichting, kandidaat)
) STRICT;

CREATE TABLE herberekeningen (
    id            TEXT PRIMARY KEY,
    aanleiding    TEXT NOT NULL,
    toestand      TEXT NOT NULL,
    versie        INTEGER NOT NULL,
    aangemaakt_op INTEGER NOT NULL
) STRICT;

CREATE TABLE herberekening_lichtingen (
    herberekening TEXT NOT NULL REFERENCES herberekeningen (id),
    lichting      TEXT NOT NULL REFERENCES lichtingen (id),
    berekening    TEXT NOT NULL REFERENCES berekeningen (id),
    -- The wave's own file once accepted: without who or what dropped out, with its own policy.
    invoer_na     TEXT NOT NULL REFERENCES invoeren (sha256),
    -- The wave's version when the batch began: accepted only while it still is.
    lichting_versie INTEGER NOT NULL,
    toestand      TEXT NOT NULL CHECK (toestand IN ('voorstel', 'aanvaard', 'afgewezen')),
    opmerkingen   TEXT NOT NULL,
    PRIMARY KEY (herberekening, lichting)
) STRICT;

-- Published placements use up seats and coach hours until they end.
CREATE TABLE plaatsingen (
    lichting    TEXT NOT NULL REFERENCES lichtingen (id),
    kandidaat   TEXT NOT NULL,
    school      TEXT NOT NULL,
    plek        TEXT NOT NULL,
    bouw        TEXT NOT NULL,
    coach       TEXT NOT NULL,
    uren        INTEGER NOT NULL,
    van         TEXT NOT NULL,
    tot         TEXT NOT NULL,
    -- Why it ended before its time.
    einde_reden TEXT,
    PRIMARY KEY (lichting, kandidaat, van)
) STRICT;
CREATE INDEX plaatsingen_school ON plaatsingen (school, plek);
CREATE INDEX plaatsingen_coach ON plaatsingen (coach);

-- The log: appended to, never changed. The hash covers a salted digest of the content, so that content and salt can be erased.
CREATE TABLE logboek (
    nummer    INTEGER PRIMARY KEY,
    op        INTEGER NOT NULL,
    wie       TEXT NOT NULL,
    wat       TEXT NOT NULL,
    onderwerp TEXT NOT NULL,
    digest    TEXT NOT NULL,
    vorige    TEXT NOT NULL,
    hash      TEXT NOT NULL
) STRICT;
CREATE TABLE logboek_inhoud (
    nummer    INTEGER PRIMARY KEY REFERENCES logboek (nummer),
    zout      TEXT NOT NULL,
    inhoud    TEXT NOT NULL
) STRICT;
CREATE TRIGGER logboek_blijft BEFORE UPDATE ON logboek BEGIN SELECT RAISE(ABORT, 'het logboek verandert niet'); END;
CREATE TRIGGER logboek_groeit BEFORE DELETE ON logboek BEGIN SELECT RAISE(ABORT, 'het logboek verandert niet'); END;
CREATE TRIGGER logboek_inhoud_blijft BEFORE UPDATE ON logboek_inhoud BEGIN SELECT RAISE(ABORT, 'het logboek verandert niet'); END;

CREATE TABLE idempotentie (
    sleutel      TEXT PRIMARY KEY,
    vingerafdruk TEXT NOT NULL,
    -- Absent while the first request is still at work.
    status       INTEGER,
    koppen       TEXT,
    lichaam      BLOB,
    op           INTEGER NOT NULL
) STRICT;
