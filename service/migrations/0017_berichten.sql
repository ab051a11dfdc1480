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
