-- Multi-year plans: how many can start, with which coaches, for what money. `invoer` is the file of the newest version.
CREATE TABLE meerjarenplannen (
    id            TEXT COLLATE "C" PRIMARY KEY,
    naam          TEXT COLLATE "C" NOT NULL,
    -- First month, "2026-09", and how many school years.
    van           TEXT COLLATE "C" NOT NULL,
    jaren         BIGINT NOT NULL,
    invoer        TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    -- Grows with every change; each is a version of its file.
    versie        BIGINT NOT NULL,
    aangemaakt_op BIGINT NOT NULL
);

-- Every version of a plan's file.
CREATE TABLE meerjarenplan_versies (
    plan        TEXT COLLATE "C" NOT NULL REFERENCES meerjarenplannen (id),
    versie      BIGINT NOT NULL,
    invoer      TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    toelichting TEXT COLLATE "C" NOT NULL,
    op          BIGINT NOT NULL,
    door        TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (plan, versie)
);

-- The funnel of a wave, completed by hand where the service cannot know: a stage and a key of docs/planning.md, one number each.
CREATE TABLE trechter_aanvullingen (
    lichting TEXT COLLATE "C" NOT NULL,
    wat      TEXT COLLATE "C" NOT NULL,
    aantal   BIGINT NOT NULL,
    op       BIGINT NOT NULL,
    door     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (lichting, wat)
);

-- Snapshots of the funnel: each stays as it was; a correction is a new one that names what it corrects.
CREATE TABLE trechter_metingen (
    id               TEXT COLLATE "C" PRIMARY KEY,
    peildatum        TEXT COLLATE "C" NOT NULL,
    -- loket-trechter/1, and its hash.
    bestand          TEXT COLLATE "C" NOT NULL,
    sha256           TEXT COLLATE "C" NOT NULL,
    plan             TEXT COLLATE "C",
    plan_versie      BIGINT,
    verbetert        TEXT COLLATE "C" REFERENCES trechter_metingen (id),
    toelichting      TEXT COLLATE "C" NOT NULL,
    op               BIGINT NOT NULL,
    door             TEXT COLLATE "C" NOT NULL,
    goedgekeurd_op   BIGINT,
    goedgekeurd_door TEXT COLLATE "C"
);
CREATE INDEX trechter_metingen_peildatum ON trechter_metingen (peildatum, op);
