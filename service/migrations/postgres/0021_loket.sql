-- Everything the service keeps, as SQLite has it after its migration of the same number; what the tables and columns mean stands there,
-- in ../0001_loket.sql and on. From here on a migration has one number and two files. Whole numbers are BIGINT (yes and no are 1 and 0),
-- and text is ordered by its bytes whatever the database's own order is, as SQLite does.
CREATE TABLE besturen (
    id TEXT COLLATE "C" PRIMARY KEY,
    gegevens TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL,
    plekken_weg BIGINT NOT NULL DEFAULT 0,
    tot TEXT COLLATE "C",
    einde_reden TEXT COLLATE "C"
);
CREATE TABLE scholen (
    id TEXT COLLATE "C" PRIMARY KEY,
    bestuur TEXT COLLATE "C" NOT NULL REFERENCES besturen (id),
    gegevens TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL,
    brin TEXT COLLATE "C",
    tot TEXT COLLATE "C",
    einde_reden TEXT COLLATE "C"
);
CREATE TABLE plekken (
    school TEXT COLLATE "C" NOT NULL REFERENCES scholen (id),
    id TEXT COLLATE "C" NOT NULL,
    van TEXT COLLATE "C" NOT NULL,
    tot TEXT COLLATE "C",
    bouw TEXT COLLATE "C" NOT NULL,
    aantal BIGINT NOT NULL CHECK (aantal >= 0),
    gegevens TEXT COLLATE "C" NOT NULL,
    open BIGINT NOT NULL DEFAULT 1,
    reden TEXT COLLATE "C",
    bevestigd_op BIGINT,
    versie BIGINT NOT NULL,
    bevestigd_door TEXT COLLATE "C",
    PRIMARY KEY (school, id, van)
);
CREATE TABLE coaches (
    id TEXT COLLATE "C" PRIMARY KEY,
    gegevens TEXT COLLATE "C" NOT NULL,
    van TEXT COLLATE "C",
    tot TEXT COLLATE "C",
    versie BIGINT NOT NULL,
    einde_reden TEXT COLLATE "C",
    eigen TEXT COLLATE "C" NOT NULL DEFAULT '{}'
);
CREATE TABLE kandidaten (
    id TEXT COLLATE "C" PRIMARY KEY,
    gegevens TEXT COLLATE "C" NOT NULL,
    toestand TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('wacht', 'geplaatst', 'gestopt')),
    versie BIGINT NOT NULL,
    eigen TEXT COLLATE "C" NOT NULL DEFAULT '{}'
);
CREATE TABLE personen (
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('kandidaat', 'coach')),
    id TEXT COLLATE "C" NOT NULL,
    gegevens TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (soort, id)
);
CREATE TABLE invoeren (
    sha256 TEXT COLLATE "C" PRIMARY KEY,
    bytes BYTEA NOT NULL
);
CREATE TABLE lichtingen (
    id TEXT COLLATE "C" PRIMARY KEY,
    naam TEXT COLLATE "C" NOT NULL,
    fase TEXT COLLATE "C" NOT NULL,
    van TEXT COLLATE "C" NOT NULL,
    tot TEXT COLLATE "C" NOT NULL,
    toestand TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('concept', 'ingediend', 'berekend', 'in-beoordeling', 'vastgesteld', 'gesloten')),
    zaad BIGINT,
    invoer TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    beslissingen BIGINT NOT NULL DEFAULT 0,
    geldend TEXT COLLATE "C",
    versie BIGINT NOT NULL,
    aangemaakt_op BIGINT NOT NULL,
    besloten_tot BIGINT NOT NULL DEFAULT 0,
    beleid_naam TEXT COLLATE "C",
    beleid_nummer BIGINT
);
CREATE TABLE taken (
    id TEXT COLLATE "C" PRIMARY KEY,
    baan TEXT COLLATE "C" NOT NULL,
    groep TEXT COLLATE "C" NOT NULL,
    soort TEXT COLLATE "C" NOT NULL,
    vraag TEXT COLLATE "C" NOT NULL,
    delen TEXT COLLATE "C" NOT NULL,
    toestand TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('wachtrij', 'bezig', 'klaar', 'mislukt', 'afgebroken')),
    pogingen BIGINT NOT NULL DEFAULT 0,
    werker TEXT COLLATE "C",
    huur_tot BIGINT,
    stop BIGINT NOT NULL DEFAULT 0,
    voortgang TEXT COLLATE "C",
    tussenstand TEXT COLLATE "C",
    resultaat TEXT COLLATE "C",
    status TEXT COLLATE "C",
    melding TEXT COLLATE "C",
    aangemaakt_op BIGINT NOT NULL,
    begonnen_op BIGINT,
    klaar_op BIGINT,
    slagen BIGINT NOT NULL DEFAULT 0,
    door TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE TABLE taak_gebeurtenissen (
    taak TEXT COLLATE "C" NOT NULL REFERENCES taken (id),
    nummer BIGINT NOT NULL,
    soort TEXT COLLATE "C" NOT NULL,
    gegevens TEXT COLLATE "C" NOT NULL,
    op BIGINT NOT NULL,
    PRIMARY KEY (taak, nummer)
);
CREATE TABLE herberekeningen (
    id TEXT COLLATE "C" PRIMARY KEY,
    aanleiding TEXT COLLATE "C" NOT NULL,
    toestand TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL,
    aangemaakt_op BIGINT NOT NULL,
    voorbereiding TEXT COLLATE "C",
    voor_te_bereiden BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE plaatsingen (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    school TEXT COLLATE "C" NOT NULL,
    plek TEXT COLLATE "C" NOT NULL,
    bouw TEXT COLLATE "C" NOT NULL,
    coach TEXT COLLATE "C" NOT NULL,
    uren BIGINT NOT NULL,
    van TEXT COLLATE "C" NOT NULL,
    tot TEXT COLLATE "C" NOT NULL,
    einde_reden TEXT COLLATE "C",
    PRIMARY KEY (lichting, kandidaat, van)
);
CREATE TABLE logboek (
    nummer BIGINT PRIMARY KEY,
    op BIGINT NOT NULL,
    wie TEXT COLLATE "C" NOT NULL,
    wat TEXT COLLATE "C" NOT NULL,
    onderwerp TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    vorige TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL
);
CREATE TABLE logboek_inhoud (
    nummer BIGINT PRIMARY KEY REFERENCES logboek (nummer),
    zout TEXT COLLATE "C" NOT NULL,
    inhoud TEXT COLLATE "C" NOT NULL
);
CREATE TABLE idempotentie (
    sleutel TEXT COLLATE "C" PRIMARY KEY,
    vingerafdruk TEXT COLLATE "C" NOT NULL,
    status BIGINT,
    koppen TEXT COLLATE "C",
    lichaam BYTEA,
    op BIGINT NOT NULL,
    gevolg TEXT COLLATE "C"
);
CREATE TABLE berekeningen (
    id TEXT COLLATE "C" PRIMARY KEY REFERENCES taken (id),
    probleem TEXT COLLATE "C" NOT NULL,
    onderwerp TEXT COLLATE "C" NOT NULL,
    nummer BIGINT NOT NULL,
    invoer TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    basis TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    beslissingen BIGINT NOT NULL,
    voorganger TEXT COLLATE "C" REFERENCES berekeningen (id),
    herberekening TEXT COLLATE "C" REFERENCES herberekeningen (id),
    programma TEXT COLLATE "C" NOT NULL,
    lichting TEXT COLLATE "C" GENERATED ALWAYS AS (onderwerp) STORED,
    UNIQUE (probleem, onderwerp, nummer)
);
CREATE TABLE vragen (
    id TEXT COLLATE "C" PRIMARY KEY REFERENCES taken (id),
    berekening TEXT COLLATE "C" NOT NULL REFERENCES berekeningen (id),
    sleutel TEXT COLLATE "C" NOT NULL UNIQUE
);
CREATE TABLE beoordelingen (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    gegevens TEXT COLLATE "C" NOT NULL,
    berekening TEXT COLLATE "C" REFERENCES berekeningen (id),
    versie BIGINT NOT NULL,
    op BIGINT NOT NULL,
    door TEXT COLLATE "C" NOT NULL,
    vervallen TEXT COLLATE "C",
    gevolgd BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (lichting, kandidaat)
);
CREATE TABLE herberekening_lichtingen (
    herberekening TEXT COLLATE "C" NOT NULL REFERENCES herberekeningen (id),
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    berekening TEXT COLLATE "C" NOT NULL REFERENCES berekeningen (id),
    invoer_na TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    lichting_versie BIGINT NOT NULL,
    toestand TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('voorstel', 'aanvaard', 'afgewezen')),
    opmerkingen TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (herberekening, lichting)
);
CREATE TABLE logboek_personen (
    nummer BIGINT NOT NULL REFERENCES logboek (nummer),
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('kandidaat', 'coach')),
    persoon TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (nummer, soort, persoon)
);
CREATE TABLE invoer_ids (
    invoer TEXT COLLATE "C" NOT NULL REFERENCES invoeren (sha256),
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('kandidaat', 'coach', 'school', 'plek')),
    van TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (invoer, soort, van, id)
);
CREATE TABLE voorstellen (
    berekening TEXT COLLATE "C" NOT NULL REFERENCES taken (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    school TEXT COLLATE "C" NOT NULL,
    plek TEXT COLLATE "C" NOT NULL,
    coach TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (berekening, kandidaat)
);
CREATE TABLE gronden (
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('invoer', 'berekening')),
    van TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (soort, van)
);
CREATE TABLE beoordelingen_eerder (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL,
    tot BIGINT NOT NULL,
    PRIMARY KEY (lichting, kandidaat, versie)
);
CREATE TABLE plaatsingen_vervallen (
    nummer BIGINT PRIMARY KEY,
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    school TEXT COLLATE "C" NOT NULL,
    plek TEXT COLLATE "C" NOT NULL,
    bouw TEXT COLLATE "C" NOT NULL,
    coach TEXT COLLATE "C" NOT NULL,
    uren BIGINT NOT NULL,
    van TEXT COLLATE "C" NOT NULL,
    tot TEXT COLLATE "C" NOT NULL,
    reden TEXT COLLATE "C" NOT NULL,
    op BIGINT NOT NULL
);
CREATE TABLE schrijfproef (
    nummer BIGINT PRIMARY KEY CHECK (nummer = 1),
    inhoud BYTEA NOT NULL
);
CREATE TABLE accounts (
    id TEXT COLLATE "C" PRIMARY KEY,
    naam TEXT COLLATE "C" NOT NULL,
    adres TEXT COLLATE "C" UNIQUE,
    wachtwoord TEXT COLLATE "C",
    factor BYTEA,
    factor_stap BIGINT NOT NULL DEFAULT 0,
    factor_nieuw BYTEA,
    gemaakt_op BIGINT NOT NULL,
    geeindigd_op BIGINT,
    versie BIGINT NOT NULL
);
CREATE TABLE account_rollen (
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    rol TEXT COLLATE "C" NOT NULL CHECK (rol IN ('beheerder', 'intermediair', 'bestuur', 'coach', 'lezer')),
    van TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (account, rol, van)
);
CREATE TABLE sleutels (
    id TEXT COLLATE "C" PRIMARY KEY,
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    naam TEXT COLLATE "C" NOT NULL,
    rol TEXT COLLATE "C" NOT NULL,
    gemaakt_op BIGINT NOT NULL,
    tot BIGINT NOT NULL,
    gebruikt_op BIGINT,
    geeindigd_op BIGINT
);
CREATE TABLE sessies (
    id TEXT COLLATE "C" PRIMARY KEY,
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    rol TEXT COLLATE "C" NOT NULL,
    formulier TEXT COLLATE "C" NOT NULL,
    begonnen_op BIGINT NOT NULL,
    gezien_op BIGINT NOT NULL,
    geeindigd_op BIGINT
);
CREATE TABLE koppelingen (
    hash TEXT COLLATE "C" PRIMARY KEY,
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('uitnodiging', 'wachtwoord')),
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    gemaakt_op BIGINT NOT NULL,
    tot BIGINT NOT NULL,
    gebruikt_op BIGINT
);
CREATE TABLE herstelcodes (
    account TEXT COLLATE "C" NOT NULL REFERENCES accounts (id),
    hash TEXT COLLATE "C" NOT NULL,
    gebruikt_op BIGINT,
    PRIMARY KEY (account, hash)
);
CREATE TABLE coach_bladen (
    coach TEXT COLLATE "C" PRIMARY KEY REFERENCES coaches (id),
    vrije_dagen TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    vrije_dagen_versie BIGINT NOT NULL DEFAULT 0,
    gegeven_uren_versie BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE gegeven_uren (
    coach TEXT COLLATE "C" NOT NULL REFERENCES coaches (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    maand TEXT COLLATE "C" NOT NULL,
    kwartieren BIGINT NOT NULL CHECK (kwartieren > 0),
    PRIMARY KEY (coach, kandidaat, maand)
);
CREATE TABLE meldingen_uitval (
    id TEXT COLLATE "C" PRIMARY KEY,
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('coach', 'plek', 'kandidaat')),
    wie TEXT COLLATE "C" NOT NULL,
    plek TEXT COLLATE "C",
    vanaf TEXT COLLATE "C" NOT NULL,
    reden TEXT COLLATE "C" NOT NULL,
    door TEXT COLLATE "C" NOT NULL,
    toestand TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('open', 'overgenomen', 'niet-nodig')),
    herberekening TEXT COLLATE "C" REFERENCES herberekeningen (id),
    niet_nodig TEXT COLLATE "C",
    gemeld_op BIGINT NOT NULL,
    afgehandeld_op BIGINT,
    versie BIGINT NOT NULL
);
CREATE TABLE instellingen (
    naam TEXT COLLATE "C" PRIMARY KEY,
    waarde BIGINT NOT NULL,
    versie BIGINT NOT NULL,
    gezet_op BIGINT NOT NULL,
    gezet_door TEXT COLLATE "C" NOT NULL
);
CREATE TABLE instellingen_eerder (
    naam TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL,
    waarde BIGINT NOT NULL,
    gezet_op BIGINT NOT NULL,
    gezet_door TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (naam, versie)
);
CREATE TABLE identiteiten (
    uitgever TEXT COLLATE "C" NOT NULL,
    onderwerp TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES accounts (id),
    rollen TEXT COLLATE "C" NOT NULL,
    gemaakt_op BIGINT NOT NULL,
    bevestigd_op BIGINT,
    bevestigd_door TEXT COLLATE "C",
    PRIMARY KEY (uitgever, onderwerp)
);
CREATE TABLE oidc_rondes (
    hash TEXT COLLATE "C" PRIMARY KEY,
    tot BIGINT NOT NULL,
    gebruikt_op BIGINT
);
CREATE TABLE besluiten (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    nummer BIGINT NOT NULL,
    stap TEXT COLLATE "C" NOT NULL CHECK (stap IN ('besluit', 'intrekking', 'ongedaan', 'vervallen')),
    gegevens TEXT COLLATE "C",
    berekening TEXT COLLATE "C",
    gevolgd BIGINT NOT NULL DEFAULT 0,
    vervallen TEXT COLLATE "C",
    van TEXT COLLATE "C",
    van_op BIGINT,
    eerder BIGINT,
    terug BIGINT,
    groep TEXT COLLATE "C",
    getoond TEXT COLLATE "C" NOT NULL,
    seconden BIGINT,
    door TEXT COLLATE "C" NOT NULL,
    rol TEXT COLLATE "C" NOT NULL,
    op BIGINT NOT NULL,
    PRIMARY KEY (lichting, kandidaat, nummer)
);
CREATE TABLE inzagen (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    berekening TEXT COLLATE "C" NOT NULL,
    door TEXT COLLATE "C" NOT NULL,
    geopend TEXT COLLATE "C" NOT NULL,
    begonnen_op BIGINT,
    gezien_op BIGINT NOT NULL,
    PRIMARY KEY (lichting, kandidaat, berekening, door)
);
CREATE TABLE notities (
    id TEXT COLLATE "C" PRIMARY KEY,
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    tekst TEXT COLLATE "C" NOT NULL,
    door TEXT COLLATE "C" NOT NULL,
    gemaakt_op BIGINT NOT NULL,
    veranderd_op BIGINT NOT NULL,
    versie BIGINT NOT NULL
);
CREATE TABLE proeven (
    id TEXT COLLATE "C" PRIMARY KEY,
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    berekening TEXT COLLATE "C" NOT NULL REFERENCES berekeningen (id),
    naam TEXT COLLATE "C",
    veranderingen TEXT COLLATE "C" NOT NULL,
    taak TEXT COLLATE "C" NOT NULL,
    door TEXT COLLATE "C" NOT NULL,
    gemaakt_op BIGINT NOT NULL,
    bewaard_op BIGINT,
    versie BIGINT NOT NULL
);
CREATE TABLE plaatsen (
    berekening TEXT COLLATE "C" NOT NULL REFERENCES taken (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    school TEXT COLLATE "C" NOT NULL,
    bestuur TEXT COLLATE "C" NOT NULL,
    plek TEXT COLLATE "C" NOT NULL,
    bouw TEXT COLLATE "C" NOT NULL,
    coach TEXT COLLATE "C" NOT NULL,
    dagdelen TEXT COLLATE "C" NOT NULL,
    uren BIGINT NOT NULL,
    reistijd BIGINT NOT NULL,
    coachreistijd BIGINT NOT NULL,
    plekken BIGINT NOT NULL,
    PRIMARY KEY (berekening, kandidaat)
);
CREATE TABLE plaatsen_van (
    berekening TEXT COLLATE "C" PRIMARY KEY REFERENCES taken (id)
);
CREATE TABLE antwoorden (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    partij TEXT COLLATE "C" NOT NULL CHECK (partij IN ('kandidaat', 'bestuur', 'coach')),
    school TEXT COLLATE "C" NOT NULL,
    bestuur TEXT COLLATE "C" NOT NULL,
    plek TEXT COLLATE "C" NOT NULL,
    bouw TEXT COLLATE "C" NOT NULL,
    coach TEXT COLLATE "C" NOT NULL,
    dagdelen TEXT COLLATE "C" NOT NULL,
    ronde BIGINT NOT NULL,
    gevraagd_op BIGINT NOT NULL,
    gevraagd_door TEXT COLLATE "C" NOT NULL,
    voor TEXT COLLATE "C" NOT NULL,
    herinnerd_op BIGINT,
    herinneringen BIGINT NOT NULL DEFAULT 0,
    antwoord TEXT COLLATE "C" CHECK (antwoord IN ('ja', 'nee')),
    reden TEXT COLLATE "C",
    tot TEXT COLLATE "C",
    toelichting TEXT COLLATE "C",
    hoe TEXT COLLATE "C",
    antwoord_op BIGINT,
    antwoord_door TEXT COLLATE "C",
    versie BIGINT NOT NULL,
    PRIMARY KEY (lichting, kandidaat, partij)
);
CREATE TABLE antwoord_koppelingen (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    partij TEXT COLLATE "C" NOT NULL CHECK (partij IN ('kandidaat', 'coach')),
    hash TEXT COLLATE "C" NOT NULL UNIQUE,
    ronde BIGINT NOT NULL,
    gemaakt_op BIGINT NOT NULL,
    tot BIGINT NOT NULL,
    PRIMARY KEY (lichting, kandidaat, partij)
);
CREATE TABLE verboden (
    id TEXT COLLATE "C" PRIMARY KEY,
    lichting TEXT COLLATE "C" NOT NULL,
    partij TEXT COLLATE "C" NOT NULL CHECK (partij IN ('kandidaat', 'bestuur', 'coach')),
    reikwijdte TEXT COLLATE "C" NOT NULL,
    kandidaat TEXT COLLATE "C" NOT NULL,
    school TEXT COLLATE "C",
    plek TEXT COLLATE "C",
    bouw TEXT COLLATE "C",
    coach TEXT COLLATE "C",
    van_hoeveel BIGINT,
    reden TEXT COLLATE "C",
    tot TEXT COLLATE "C",
    gemaakt_op BIGINT NOT NULL,
    gemaakt_door TEXT COLLATE "C" NOT NULL,
    ingetrokken_op BIGINT,
    ingetrokken_door TEXT COLLATE "C",
    intrekreden TEXT COLLATE "C",
    versie BIGINT NOT NULL
);
CREATE TABLE verbod_lichtingen (
    verbod TEXT COLLATE "C" NOT NULL REFERENCES verboden (id),
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    versie BIGINT NOT NULL,
    tot BIGINT,
    PRIMARY KEY (verbod, lichting)
);
CREATE TABLE berichten (
    id TEXT COLLATE "C" PRIMARY KEY,
    daad TEXT COLLATE "C" NOT NULL,
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('plekken-bevestigen', 'vraag', 'herinnering', 'gewijzigd', 'vastgesteld', 'uitval', 'agenda', 'account')),
    aan_soort TEXT COLLATE "C" NOT NULL CHECK (aan_soort IN ('account', 'kandidaat', 'coach', 'bestuur')),
    aan TEXT COLLATE "C" NOT NULL,
    bestuur TEXT COLLATE "C",
    over TEXT COLLATE "C" NOT NULL,
    toestand TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('wachtend', 'concept', 'verstuurd', 'mislukt', 'afgehandeld')),
    reden TEXT COLLATE "C",
    pogingen BIGINT NOT NULL DEFAULT 0,
    volgende_op BIGINT NOT NULL,
    werker TEXT COLLATE "C",
    huur_tot BIGINT,
    gemaakt_op BIGINT NOT NULL,
    verstuurd_op BIGINT,
    einde_op BIGINT,
    UNIQUE (daad, aan_soort, aan, soort)
);
CREATE TABLE opvragen (
    lichting TEXT COLLATE "C" PRIMARY KEY REFERENCES lichtingen (id),
    uiterlijk TEXT COLLATE "C" NOT NULL,
    gevraagd_op BIGINT NOT NULL,
    versie BIGINT NOT NULL
);
CREATE TABLE opvraag_besturen (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES opvragen (lichting),
    bestuur TEXT COLLATE "C" NOT NULL REFERENCES besturen (id),
    bevestigd_op BIGINT,
    door TEXT COLLATE "C",
    herinnerd_op BIGINT,
    herinneringen BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (lichting, bestuur)
);
CREATE TABLE opbrengst_wensen (
    bestuur TEXT COLLATE "C" PRIMARY KEY REFERENCES besturen (id),
    gewenst_op BIGINT NOT NULL,
    gevraagd_op BIGINT,
    veranderd_op BIGINT
);
CREATE TABLE beleid (
    naam TEXT COLLATE "C" NOT NULL,
    nummer BIGINT NOT NULL,
    fase TEXT COLLATE "C",
    toestand TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('concept', 'goedgekeurd', 'ingetrokken')),
    inhoud TEXT COLLATE "C" NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    lichting TEXT COLLATE "C",
    opgesteld_door TEXT COLLATE "C" NOT NULL,
    opgesteld_op BIGINT NOT NULL,
    gewijzigd_door TEXT COLLATE "C",
    gewijzigd_op BIGINT,
    goedgekeurd_door TEXT COLLATE "C",
    goedgekeurd_op BIGINT,
    ingetrokken_door TEXT COLLATE "C",
    ingetrokken_op BIGINT,
    versie BIGINT NOT NULL,
    PRIMARY KEY (naam, nummer)
);
CREATE TABLE berekening_beleid (
    berekening TEXT COLLATE "C" PRIMARY KEY,
    naam TEXT COLLATE "C" NOT NULL,
    nummer BIGINT NOT NULL
);
CREATE TABLE register_versies (
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('bestuur', 'school', 'coach', 'kandidaat')),
    id TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL,
    op BIGINT,
    door TEXT COLLATE "C",
    inhoud TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (soort, id, versie)
);
CREATE TABLE kandidaat_fasen (
    kandidaat TEXT COLLATE "C" NOT NULL,
    nummer BIGINT NOT NULL,
    fase TEXT COLLATE "C" NOT NULL CHECK (fase IN ('aangemeld', 'intake', 'voortraject', 'assessment', 'opleiding', 'jaar-2', 'diploma', 'gestopt')),
    van TEXT COLLATE "C",
    reden TEXT COLLATE "C",
    op BIGINT,
    door TEXT COLLATE "C",
    PRIMARY KEY (kandidaat, nummer)
);
CREATE TABLE schooljaren (
    jaar BIGINT PRIMARY KEY,
    van TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL
);
CREATE TABLE overdrachten (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    kandidaat TEXT COLLATE "C" NOT NULL,
    naar TEXT COLLATE "C" NOT NULL,
    op BIGINT NOT NULL,
    door TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (lichting, kandidaat)
);
CREATE TABLE privacyverzoeken (
    id TEXT COLLATE "C" PRIMARY KEY,
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('inzage', 'verbetering', 'beperking', 'wissing')),
    persoon_soort TEXT COLLATE "C" NOT NULL CHECK (persoon_soort IN ('kandidaat', 'coach')),
    persoon TEXT COLLATE "C" NOT NULL,
    gevraagd_op TEXT COLLATE "C" NOT NULL,
    uiterlijk TEXT COLLATE "C" NOT NULL,
    gedaan_op BIGINT,
    gedaan_door TEXT COLLATE "C",
    versie BIGINT NOT NULL
);
CREATE TABLE beperkingen (
    persoon_soort TEXT COLLATE "C" NOT NULL CHECK (persoon_soort IN ('kandidaat', 'coach')),
    persoon TEXT COLLATE "C" NOT NULL,
    sinds TEXT COLLATE "C" NOT NULL,
    tot TEXT COLLATE "C",
    versie BIGINT NOT NULL,
    PRIMARY KEY (persoon_soort, persoon)
);
CREATE TABLE verbeteringen (
    lichting TEXT COLLATE "C" NOT NULL REFERENCES lichtingen (id),
    persoon_soort TEXT COLLATE "C" NOT NULL CHECK (persoon_soort IN ('kandidaat', 'coach')),
    persoon TEXT COLLATE "C" NOT NULL,
    velden TEXT COLLATE "C" NOT NULL,
    op TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (lichting, persoon_soort, persoon, op)
);
CREATE TABLE standen (
    kandidaat TEXT COLLATE "C" PRIMARY KEY,
    toestand TEXT COLLATE "C" NOT NULL,
    sinds TEXT COLLATE "C" NOT NULL
);
CREATE TABLE dagtaken (
    naam TEXT COLLATE "C" PRIMARY KEY,
    dag TEXT COLLATE "C" NOT NULL
);
CREATE TABLE pc4_plaatsen (
    pc4 TEXT COLLATE "C" PRIMARY KEY,
    lat BIGINT NOT NULL,
    lon BIGINT NOT NULL
);
CREATE TABLE school_bronnen (
    school TEXT COLLATE "C" PRIMARY KEY REFERENCES scholen (id),
    gegevens TEXT COLLATE "C" NOT NULL,
    op BIGINT NOT NULL
);
CREATE TABLE open_edities (
    id TEXT COLLATE "C" PRIMARY KEY,
    toestand TEXT COLLATE "C" NOT NULL CHECK (toestand IN ('voorstel', 'overgenomen', 'ingetrokken')),
    gemeente TEXT COLLATE "C",
    tellingen TEXT COLLATE "C" NOT NULL,
    meldingen TEXT COLLATE "C" NOT NULL,
    versie BIGINT NOT NULL,
    op BIGINT NOT NULL,
    door TEXT COLLATE "C" NOT NULL,
    besloten_op BIGINT,
    besloten_door TEXT COLLATE "C"
);
CREATE TABLE open_bestanden (
    editie TEXT COLLATE "C" NOT NULL REFERENCES open_edities (id),
    soort TEXT COLLATE "C" NOT NULL CHECK (soort IN ('vestigingen', 'leerlingen', 'scores', 'pc4')),
    sha256 TEXT COLLATE "C" NOT NULL,
    jaar BIGINT,
    bestand BYTEA,
    PRIMARY KEY (editie, soort)
);
CREATE TABLE open_verschillen (
    editie TEXT COLLATE "C" NOT NULL REFERENCES open_edities (id),
    nummer BIGINT NOT NULL,
    wat TEXT COLLATE "C" NOT NULL,
    gegevens TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (editie, nummer)
);

CREATE INDEX scholen_bestuur ON scholen (bestuur);
CREATE INDEX taken_open ON taken (baan, toestand, aangemaakt_op) WHERE toestand IN ('wachtrij', 'bezig');
CREATE INDEX taken_groep ON taken (groep, begonnen_op);
CREATE INDEX plaatsingen_school ON plaatsingen (school, plek);
CREATE INDEX plaatsingen_coach ON plaatsingen (coach);
CREATE INDEX logboek_personen_persoon ON logboek_personen (persoon, soort, nummer);
CREATE INDEX plaatsingen_vervallen_kandidaat ON plaatsingen_vervallen (kandidaat);
CREATE INDEX taken_beurten ON taken (baan, door, groep, soort, begonnen_op);
CREATE INDEX sleutels_account ON sleutels (account);
CREATE INDEX sessies_account ON sessies (account);
CREATE INDEX gegeven_uren_kandidaat ON gegeven_uren (kandidaat);
CREATE INDEX meldingen_uitval_wie ON meldingen_uitval (soort, wie);
CREATE INDEX besluiten_nummer ON besluiten (lichting, nummer);
CREATE INDEX notities_kandidaat ON notities (kandidaat, lichting);
CREATE INDEX proeven_lichting ON proeven (lichting, gemaakt_op);
CREATE INDEX antwoorden_bestuur ON antwoorden (bestuur, partij);
CREATE INDEX antwoorden_coach ON antwoorden (coach, partij);
CREATE INDEX verboden_kandidaat ON verboden (kandidaat);
CREATE INDEX verbod_lichtingen_lichting ON verbod_lichtingen (lichting);
CREATE INDEX berichten_toestand ON berichten (toestand, volgende_op);
CREATE INDEX berichten_aan ON berichten (aan_soort, aan);
CREATE INDEX taken_vraag ON taken USING hash (vraag) WHERE soort = 'schaarste';
CREATE INDEX scholen_brin ON scholen (brin);
CREATE INDEX beleid_sha256 ON beleid (sha256);
CREATE INDEX privacyverzoeken_persoon ON privacyverzoeken (persoon_soort, persoon);
CREATE INDEX open_edities_op ON open_edities (op);

INSERT INTO schrijfproef (nummer, inhoud) VALUES (1, '\x00');
INSERT INTO beleid (naam, nummer, fase, toestand, inhoud, sha256, opgesteld_door, opgesteld_op, goedgekeurd_door, goedgekeurd_op, versie)
    SELECT 'standaard-' || fase, 1, fase, 'goedgekeurd', '{}', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
        'systeem', 0, 'systeem', 0, 1
    FROM unnest(ARRAY['werkervaring', 'opleiding', 'opleiding_jaar2', 'inductie']) AS fasen (fase);

-- The log is appended to, never changed; a content goes right after the line that names it: an erasure that the chain knows.
CREATE FUNCTION logboek_blijft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'het logboek verandert niet';
END $$;
CREATE FUNCTION logboek_gewist() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wissing TEXT;
BEGIN
    SELECT i.inhoud INTO wissing FROM logboek l JOIN logboek_inhoud i ON i.nummer = l.nummer
        WHERE l.nummer = (SELECT MAX(nummer) FROM logboek) AND l.wat IN ('kandidaat-vergeten', 'coach-vergeten');
    IF wissing IS NULL OR NOT EXISTS (
        SELECT 1 FROM json_array_elements_text(CAST(wissing AS json) -> 'regels') r (value) WHERE r.value = CAST(OLD.nummer AS TEXT))
    THEN
        RAISE EXCEPTION 'inhoud van het logboek verdwijnt alleen met een wissing';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER logboek_blijft BEFORE UPDATE OR DELETE ON logboek FOR EACH ROW EXECUTE FUNCTION logboek_blijft();
CREATE TRIGGER logboek_heel BEFORE TRUNCATE ON logboek FOR EACH STATEMENT EXECUTE FUNCTION logboek_blijft();
CREATE TRIGGER logboek_inhoud_blijft BEFORE UPDATE ON logboek_inhoud FOR EACH ROW EXECUTE FUNCTION logboek_blijft();
CREATE TRIGGER logboek_inhoud_gewist BEFORE DELETE ON logboek_inhoud FOR EACH ROW EXECUTE FUNCTION logboek_gewist();
CREATE TRIGGER logboek_inhoud_heel BEFORE TRUNCATE ON logboek_inhoud FOR EACH STATEMENT EXECUTE FUNCTION logboek_blijft();
CREATE TRIGGER logboek_personen_blijft BEFORE UPDATE OR DELETE ON logboek_personen FOR EACH ROW EXECUTE FUNCTION logboek_blijft();
CREATE TRIGGER logboek_personen_heel BEFORE TRUNCATE ON logboek_personen FOR EACH STATEMENT EXECUTE FUNCTION logboek_blijft();
