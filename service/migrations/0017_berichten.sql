-- Messages to people, each written in the change of its deed. A row holds neither an address, nor a text, nor a secret: all of these are
-- looked up or made when it is sent.
CREATE TABLE berichten (
    -- Also its Message-ID, however often it is tried.
    id          TEXT PRIMARY KEY,
    -- Of which deed it tells: the same deed never mails somebody twice.
    daad        TEXT NOT NULL,
    soort       TEXT NOT NULL CHECK (soort IN ('plekken-bevestigen', 'vraag', 'herinnering', 'gewijzigd', 'vastgesteld', 'uitval', 'agenda', 'account')),
    aan_soort   TEXT NOT NULL CHECK (aan_soort IN ('account', 'kandidaat', 'coach', 'bestuur')),
    aan         TEXT NOT NULL,
    -- The board for which an account gets it.
    bestuur     TEXT,
    -- What it is about: a path below the address of the service, of pseudonyms.
    over        TEXT NOT NULL,
    toestand    TEXT NOT NULL CHECK (toestand IN ('wachtend', 'concept', 'verstuurd', 'mislukt', 'afgehandeld')),
    -- Why it was not sent, or came back: a code.
    reden       TEXT,
    pogingen    INTEGER NOT NULL DEFAULT 0,
    volgende_op INTEGER NOT NULL,
    -- Who is sending it, and until when nobody else may.
    werker      TEXT,
    huur_tot    INTEGER,
    gemaakt_op  INTEGER NOT NULL,
    verstuurd_op INTEGER,
    -- When it came back, failed for good, or was seen to by hand.
    einde_op    INTEGER,
    UNIQUE (daad, aan_soort, aan, soort)
) STRICT;
CREATE INDEX berichten_toestand ON berichten (toestand, volgende_op);
CREATE INDEX berichten_aan ON berichten (aan_soort, aan);

-- The boards are asked to confirm their seats for the period of a wave.
CREATE TABLE opvragen (
    lichting    TEXT PRIMARY KEY REFERENCES lichtingen (id),
    -- The last day.
    uiterlijk   TEXT NOT NULL,
    gevraagd_op INTEGER NOT NULL,
    versie      INTEGER NOT NULL
) STRICT;
CREATE TABLE opvraag_besturen (
    lichting      TEXT NOT NULL REFERENCES opvragen (lichting),
    bestuur       TEXT NOT NULL REFERENCES besturen (id),
    -- When and in which role all seats were confirmed at once; seats that changed since then tell for themselves.
    bevestigd_op  INTEGER,
    door          TEXT,
    herinnerd_op  INTEGER,
    herinneringen INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (lichting, bestuur)
) STRICT;
-- In which role seats were confirmed last: by the board, or for it.
ALTER TABLE plekken ADD COLUMN bevestigd_door TEXT;

-- What one more seat would bring a board is asked before anybody wants to know: since when that is wanted, when it was asked last, and when
-- the board's seats changed last.
CREATE TABLE opbrengst_wensen (
    bestuur       TEXT PRIMARY KEY REFERENCES besturen (id),
    gewenst_op    INTEGER NOT NULL,
    gevraagd_op   INTEGER,
    veranderd_op  INTEGER
) STRICT;
CREATE INDEX taken_vraag ON taken (vraag) WHERE soort = 'schaarste';
