-- What people set while the service runs. A row is there once somebody set it; the first of these is version 2, since 1 is what is usual.
CREATE TABLE instellingen (
    naam       TEXT PRIMARY KEY,
    waarde     INTEGER NOT NULL,
    versie     INTEGER NOT NULL,
    gezet_op   INTEGER NOT NULL,
    -- The account that set it.
    gezet_door TEXT NOT NULL
) STRICT;

-- Every value that was set, the one that holds now as well.
CREATE TABLE instellingen_eerder (
    naam       TEXT NOT NULL,
    versie     INTEGER NOT NULL,
    waarde     INTEGER NOT NULL,
    gezet_op   INTEGER NOT NULL,
    gezet_door TEXT NOT NULL,
    PRIMARY KEY (naam, versie)
) STRICT;

-- Who somebody is at an OpenID provider: issuer and subject together, never an address. Nobody acts with it until an administrator
-- confirmed it; `rollen` is what the provider said last, as JSON.
CREATE TABLE identiteiten (
    uitgever       TEXT NOT NULL,
    onderwerp      TEXT NOT NULL,
    account        TEXT NOT NULL UNIQUE REFERENCES accounts (id),
    rollen         TEXT NOT NULL,
    gemaakt_op     INTEGER NOT NULL,
    bevestigd_op   INTEGER,
    bevestigd_door TEXT,
    PRIMARY KEY (uitgever, onderwerp)
) STRICT;

-- Rounds past an OpenID provider that were begun: each comes back once, and not after its time.
CREATE TABLE oidc_rondes (
    hash        TEXT PRIMARY KEY,
    tot         INTEGER NOT NULL,
    gebruikt_op INTEGER
) STRICT;
