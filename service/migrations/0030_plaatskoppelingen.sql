-- Personal links after publication: whoever is placed, coaches somebody or has no place sees that without an account. Of the secret only a
-- hash is kept; one for each person in a wave.
CREATE TABLE plaats_koppelingen (
    lichting   TEXT NOT NULL REFERENCES lichtingen (id),
    partij     TEXT NOT NULL CHECK (partij IN ('kandidaat', 'coach')),
    -- The candidate or the coach.
    wie        TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    gemaakt_op INTEGER NOT NULL,
    tot        INTEGER NOT NULL,
    PRIMARY KEY (lichting, partij, wie)
) STRICT, WITHOUT ROWID;
