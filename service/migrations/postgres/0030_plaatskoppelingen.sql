-- Personal links after publication: whoever is placed, coaches somebody or has no place sees that without an account. Of the secret only a
-- hash is kept; one for each person in a wave.
CREATE TABLE plaats_koppelingen (
    lichting   TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    partij     TEXT COLLATE "C" NOT NULL CHECK (partij IN ('kandidaat', 'coach')),
    -- The candidate or the coach.
    wie        TEXT COLLATE "C" NOT NULL,
    hash       TEXT COLLATE "C" NOT NULL UNIQUE,
    gemaakt_op BIGINT NOT NULL,
    tot        BIGINT NOT NULL,
    PRIMARY KEY (lichting, partij, wie)
);
