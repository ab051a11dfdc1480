-- The middle of each postcode area, in units of 0.00001 degree.
CREATE TABLE pc4_plaatsen (
    pc4 TEXT PRIMARY KEY,
    lat INTEGER NOT NULL,
    lon INTEGER NOT NULL
) STRICT;

-- What the last files of open data said of a school: the next ones are held against it, so that what people mended in the register stays.
CREATE TABLE school_bronnen (
    school   TEXT PRIMARY KEY REFERENCES scholen (id),
    gegevens TEXT NOT NULL,
    op       INTEGER NOT NULL
) STRICT;

-- Imports of open data: each is a proposal until it is taken over or withdrawn. `gemeente` is absent for the whole country.
CREATE TABLE open_edities (
    id            TEXT PRIMARY KEY,
    toestand      TEXT NOT NULL CHECK (toestand IN ('voorstel', 'overgenomen', 'ingetrokken')),
    gemeente      TEXT,
    tellingen     TEXT NOT NULL,
    meldingen     TEXT NOT NULL,
    versie        INTEGER NOT NULL,
    op            INTEGER NOT NULL,
    door          TEXT NOT NULL,
    besloten_op   INTEGER,
    besloten_door TEXT
) STRICT;
CREATE INDEX open_edities_op ON open_edities (op);

-- Their files; the bytes go when the import is taken over or withdrawn.
CREATE TABLE open_bestanden (
    editie  TEXT NOT NULL REFERENCES open_edities (id),
    soort   TEXT NOT NULL CHECK (soort IN ('vestigingen', 'leerlingen', 'scores', 'pc4')),
    sha256  TEXT NOT NULL,
    jaar    INTEGER,
    bestand BLOB,
    PRIMARY KEY (editie, soort)
) STRICT;

-- What an import changes, a row for each board, school or postcode area.
CREATE TABLE open_verschillen (
    editie   TEXT NOT NULL REFERENCES open_edities (id),
    nummer   INTEGER NOT NULL,
    wat      TEXT NOT NULL,
    gegevens TEXT NOT NULL,
    PRIMARY KEY (editie, nummer)
) STRICT;
