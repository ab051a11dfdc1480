-- Accounts: who may sign in, in which roles and for whom. Of every secret only a hash is kept; names stand here and nowhere else.
CREATE TABLE accounts (
    id           TEXT PRIMARY KEY,
    naam         TEXT NOT NULL,
    -- The address that links go to; lower case. Absent for a script's account.
    adres        TEXT UNIQUE,
    wachtwoord   TEXT,
    -- The second factor's secret, and the last step of it that was used: a code counts once.
    factor       BLOB,
    factor_stap  INTEGER NOT NULL DEFAULT 0,
    -- One that was offered and of which no code was given yet.
    factor_nieuw BLOB,
    gemaakt_op   INTEGER NOT NULL,
    geeindigd_op INTEGER,
    versie       INTEGER NOT NULL
) STRICT;

-- Roles of an account; `van` is the board or the coach it is for, empty for the other roles.
CREATE TABLE account_rollen (
    account TEXT NOT NULL REFERENCES accounts (id),
    rol     TEXT NOT NULL CHECK (rol IN ('beheerder', 'intermediair', 'bestuur', 'coach', 'lezer')),
    van     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (account, rol, van)
) STRICT;

-- Tokens for programs: of one account, in one of its roles, until a moment.
CREATE TABLE sleutels (
    id           TEXT PRIMARY KEY,
    hash         TEXT NOT NULL UNIQUE,
    account      TEXT NOT NULL REFERENCES accounts (id),
    naam         TEXT NOT NULL,
    rol          TEXT NOT NULL,
    gemaakt_op   INTEGER NOT NULL,
    tot          INTEGER NOT NULL,
    gebruikt_op  INTEGER,
    geeindigd_op INTEGER
) STRICT;
CREATE INDEX sleutels_account ON sleutels (account);

-- Who is signed in: one account in one of its roles. Another role is another session.
CREATE TABLE sessies (
    id           TEXT PRIMARY KEY,
    hash         TEXT NOT NULL UNIQUE,
    account      TEXT NOT NULL REFERENCES accounts (id),
    rol          TEXT NOT NULL,
    -- What a form of this session has to send along.
    formulier    TEXT NOT NULL,
    begonnen_op  INTEGER NOT NULL,
    gezien_op    INTEGER NOT NULL,
    geeindigd_op INTEGER
) STRICT;
CREATE INDEX sessies_account ON sessies (account);

-- Links that can be used once: to begin as the first administrator, to answer an invitation, for a forgotten password.
CREATE TABLE koppelingen (
    hash        TEXT PRIMARY KEY,
    soort       TEXT NOT NULL CHECK (soort IN ('uitnodiging', 'wachtwoord')),
    account     TEXT NOT NULL REFERENCES accounts (id),
    gemaakt_op  INTEGER NOT NULL,
    tot         INTEGER NOT NULL,
    gebruikt_op INTEGER
) STRICT;

-- Codes for whoever lost the second factor; each counts once.
CREATE TABLE herstelcodes (
    account     TEXT NOT NULL REFERENCES accounts (id),
    hash        TEXT NOT NULL,
    gebruikt_op INTEGER,
    PRIMARY KEY (account, hash)
) STRICT;
