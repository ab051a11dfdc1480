//! The columns of every sheet: key, header, other names, kind, example and what it means.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDay, PairKind, Phase, Quality, SchoolKind, Status, Transport, Word};

use super::{Column, Kind};

fn codes<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|it| it.code()).collect()
}

const BOUWEN: fn() -> Vec<&'static str> = codes::<Bouw>;
const KINDS: fn() -> Vec<&'static str> = codes::<SchoolKind>;
const DAYS: fn() -> Vec<&'static str> = codes::<HalfDay>;

/// Rules that a lock may overrule.
fn rules() -> Vec<&'static str> {
    RuleCode::ALL.iter().map(|it| it.code()).collect()
}

const fn column(
    key: &'static str,
    header: &'static str,
    also: &'static [&'static str],
    kind: Kind,
    example: &'static str,
    help: &'static str,
) -> Column {
    Column { key, header, also, kind, needed: false, example, help }
}

const fn needed(
    key: &'static str,
    header: &'static str,
    also: &'static [&'static str],
    kind: Kind,
    example: &'static str,
    help: &'static str,
) -> Column {
    Column { key, header, also, kind, needed: true, example, help }
}

const NOTE: Column = column(
    "toelichting",
    "Toelichting",
    &["opmerking", "opmerkingen", "notitie"],
    Kind::Text,
    "",
    "Vrije tekst; daar wordt niets mee gedaan.",
);
const LAT: Column = column(
    "lat",
    "Breedtegraad",
    &["lat", "latitude", "breedte"],
    Kind::Decimal,
    "52,3702",
    "Met de lengtegraad samen de plaats. Mag leeg blijven als de postcode is ingevuld.",
);
const LON: Column = column(
    "lon",
    "Lengtegraad",
    &["lon", "lng", "longitude", "lengte"],
    Kind::Decimal,
    "4,8952",
    "Met de breedtegraad samen de plaats. Mag leeg blijven als de postcode is ingevuld.",
);
const POSTCODE: Column = column(
    "postcode",
    "Postcode",
    &["pc4", "pc", "postcode4", "pc6"],
    Kind::Postcode,
    "",
    "De vier cijfers zijn genoeg; ze staan voor de plaats als breedte- en lengtegraad leeg zijn.",
);
const TRANSPORT: Column = column(
    "vervoer",
    "Vervoer",
    &["vervoermiddel", "reist met", "vervoerswijze"],
    Kind::Word(codes::<Transport>),
    "fiets",
    "Fiets, ov of auto. Leeg: fiets.",
);

pub(super) const BOARDS: [Column; 5] = [
    needed(
        "id",
        "Bestuur",
        &["id", "bestuursnummer", "bestuur id", "bevoegd gezag nummer", "nummer"],
        Kind::Text,
        "B1",
        "De code waarmee het bestuur overal wordt aangewezen.",
    ),
    column("naam", "Naam", &["naam bestuur", "bestuursnaam"], Kind::Text, "Stichting Voorbeeld", "Hoe mensen het bestuur kennen."),
    column(
        "noodplan",
        "Noodplan",
        &["doet mee", "noodplan getekend"],
        Kind::Flag,
        "ja",
        "Of het bestuur het noodplan heeft getekend. Leeg: ja.",
    ),
    column(
        "maximum",
        "Maximum",
        &["max plaatsingen", "max"],
        Kind::Whole,
        "20",
        "Het grootste aantal plaatsingen bij dit bestuur. Leeg: geen grens.",
    ),
    NOTE,
];

pub(super) const SCHOOLS: [Column; 16] = [
    needed(
        "id",
        "School",
        &["id", "vestigingscode", "brin", "school id", "brin nummer", "instellingscode"],
        Kind::Text,
        "21QZ00",
        "De code waarmee de school overal wordt aangewezen, zoals het BRIN met vestiging.",
    ),
    column("naam", "Naam", &["naam school", "schoolnaam", "vestigingsnaam"], Kind::Text, "De Vlieger", "Hoe mensen de school kennen."),
    needed(
        "bestuur",
        "Bestuur",
        &["bestuur id", "bevoegd gezag nummer", "bestuursnummer"],
        Kind::Text,
        "B1",
        "De code van het bestuur, zoals op het blad Besturen.",
    ),
    column("soort", "Soort", &["soort onderwijs", "schoolsoort"], Kind::Word(KINDS), "bo", "bo, sbo of so. Leeg: bo."),
    POSTCODE,
    LAT,
    LON,
    column(
        "doelgroep",
        "Doelgroepleerlingen (%)",
        &["doelgroep", "doelgroepleerlingen", "percentage doelgroep"],
        Kind::Whole,
        "42",
        "Van 0 tot en met 100. Leeg: 0.",
    ),
    column(
        "tekort",
        "Tekort (%)",
        &["tekort", "lerarentekort"],
        Kind::Whole,
        "15",
        "Hoeveel procent van de leraren de school te kort komt. Leeg: 0.",
    ),
    column(
        "concept",
        "Concept",
        &["onderwijsconcept", "schoolconcept"],
        Kind::Text,
        "montessori",
        "Zoals montessori of dalton; kandidaten kunnen erom vragen.",
    ),
    column("denominatie", "Denominatie", &["richting"], Kind::Text, "openbaar", "Zoals openbaar; kandidaten kunnen er een uitsluiten."),
    column(
        "kwaliteit",
        "Kwaliteit",
        &["basiskwaliteit"],
        Kind::Word(codes::<Quality>),
        "voldoet",
        "Of de school mag opleiden. Leeg: voldoet.",
    ),
    column(
        "maximum",
        "Maximum",
        &["max plaatsingen", "max"],
        Kind::Whole,
        "3",
        "Het grootste aantal plaatsingen op deze school. Leeg: geen grens.",
    ),
    column(
        "teamgrootte",
        "Teamgrootte",
        &["team", "aantal leraren"],
        Kind::Whole,
        "25",
        "Mensen in het team; met de starters samen voor de grens op starters.",
    ),
    column("starters", "Starters", &["aantal starters"], Kind::Whole, "2", "Starters die er nu al zijn. Leeg: 0."),
    NOTE,
];

pub(super) const SEATS: [Column; 7] = [
    needed(
        "school",
        "School",
        &["school id", "vestigingscode", "brin"],
        Kind::Text,
        "21QZ00",
        "De code van de school, zoals op het blad Scholen.",
    ),
    column(
        "id",
        "Plek",
        &["id", "plek id", "groep"],
        Kind::Text,
        "",
        "Alleen nodig als een school in één bouw meer soorten plekken heeft. Leeg: de bouw.",
    ),
    needed("bouw", "Bouw", &["groepen"], Kind::Word(BOUWEN), "onderbouw", "onderbouw, middenbouw of bovenbouw."),
    needed("aantal", "Aantal", &["plekken", "aantal plekken", "plaatsen"], Kind::Whole, "1", "Hoeveel plekken het zijn."),
    column(
        "dagdelen",
        "Dagdelen duo-collega",
        &["dagdelen", "duo", "werkdagen"],
        Kind::Words(DAYS),
        "ma-o, ma-m, di-o, di-m, do-o",
        "Wanneer de ervaren collega er is: ma-o is maandagochtend, ma-m maandagmiddag, tot en met vr-m.",
    ),
    column("delen", "Delen", &["duo delen"], Kind::Flag, "", "Of kandidaten de duo-collega delen, elk op eigen dagdelen. Leeg: nee."),
    NOTE,
];

pub(super) const COACHES: [Column; 20] = [
    needed(
        "id",
        "Coach",
        &["id", "coach id", "nummer", "coachnummer"],
        Kind::Text,
        "K1",
        "De code waarmee de coach overal wordt aangewezen.",
    ),
    column("naam", "Naam", &["naam coach"], Kind::Text, "Vink Verzonnen", "Hoe mensen de coach kennen."),
    column(
        "soort",
        "Soort",
        &["soort coach", "dienstverband"],
        Kind::Word(codes::<CoachKind>),
        "intern",
        "intern of extern. Leeg: intern.",
    ),
    column("bestuur", "Bestuur", &["bestuur id"], Kind::Text, "B1", "Bij welk bestuur de coach werkt, als dat zo is."),
    POSTCODE,
    LAT,
    LON,
    TRANSPORT,
    column(
        "max_reistijd",
        "Maximale reistijd (minuten)",
        &["max reistijd", "maximale reistijd", "reistijd"],
        Kind::Whole,
        "45",
        "Hoe ver de coach hoogstens reist. Leeg: 45.",
    ),
    needed(
        "maximum",
        "Maximum kandidaten",
        &["maximum", "max kandidaten", "max"],
        Kind::Whole,
        "9",
        "Het grootste aantal kandidaten tegelijk.",
    ),
    needed("uren", "Uren", &["uren beschikbaar", "beschikbare uren"], Kind::Whole, "540", "Uren begeleiding in dit jaar."),
    column(
        "uren_vervolg",
        "Uren vervolg",
        &["uren volgend jaar", "uren vervolgjaar"],
        Kind::Whole,
        "270",
        "Uren in het jaar erna. Leeg: geen grens.",
    ),
    column("lopend", "Lopend", &["lopende kandidaten", "kandidaten nu"], Kind::Whole, "0", "Kandidaten van eerdere lichtingen. Leeg: 0."),
    column(
        "tarief_cent",
        "Tarief (cent per uur)",
        &["tarief cent", "tarief"],
        Kind::Whole,
        "5000",
        "In centen. Leeg: 5000 (intern) of 9680 (extern).",
    ),
    column("bouwen", "Bouwen", &["bouw"], Kind::Words(BOUWEN), "onderbouw, middenbouw", "Waar de coach begeleidt. Leeg: overal."),
    column("soorten", "Schoolsoorten", &["soorten", "soorten onderwijs"], Kind::Words(KINDS), "bo", "Leeg: bo."),
    column(
        "kenmerken",
        "Kenmerken",
        &["specialisaties", "talen"],
        Kind::Texts,
        "engels; autisme",
        "Waar kandidaten om kunnen vragen, met puntkomma's ertussen.",
    ),
    column(
        "eigen_school",
        "Eigen school",
        &["werkt op school"],
        Kind::Text,
        "",
        "De code van de school waar de coach zelf werkt; daar begeleidt hij niet.",
    ),
    column(
        "uitgesloten_scholen",
        "Niet op scholen",
        &["uitgesloten scholen"],
        Kind::Texts,
        "",
        "Codes van scholen, met puntkomma's ertussen.",
    ),
    NOTE,
];

pub(super) const CANDIDATES: [Column; 25] = [
    needed(
        "id",
        "Kandidaat",
        &["id", "kandidaat id", "nummer", "kandidaatnummer", "code"],
        Kind::Text,
        "Z1",
        "De code waarmee de kandidaat overal wordt aangewezen.",
    ),
    column("naam", "Naam", &["naam kandidaat", "volledige naam"], Kind::Text, "Zoë Verzonnen", "Hoe mensen de kandidaat kennen."),
    POSTCODE,
    LAT,
    LON,
    TRANSPORT,
    column(
        "max_reistijd",
        "Maximale reistijd (minuten)",
        &["max reistijd", "maximale reistijd", "reistijd"],
        Kind::Whole,
        "50",
        "Hoe ver de kandidaat hoogstens reist. Leeg: 60.",
    ),
    column("fase", "Fase", &["opleidingsfase"], Kind::Word(codes::<Phase>), "", "Alleen als die anders is dan die van de lichting."),
    column("uren", "Uren begeleiding", &["uren", "begeleidingsuren"], Kind::Whole, "", "Alleen als die anders zijn dan het beleid zegt."),
    needed(
        "bouwen",
        "Bouwen",
        &["bouw", "voorkeur", "voorkeuren", "bouwvoorkeur", "voorkeur bouw"],
        Kind::Words(BOUWEN),
        "bovenbouw, middenbouw",
        "De eerste keuze voorop; wat er niet staat, kan niet.",
    ),
    column("soorten", "Schoolsoorten", &["soorten", "soorten onderwijs"], Kind::Words(KINDS), "bo", "Leeg: bo."),
    column(
        "besturen",
        "Besturen",
        &["alleen bij besturen", "voorkeur bestuur"],
        Kind::Texts,
        "",
        "Codes van besturen waar de kandidaat graag heen wil, met puntkomma's ertussen.",
    ),
    column("concepten", "Concepten", &["voorkeur concept"], Kind::Texts, "dalton", "Met puntkomma's ertussen."),
    column(
        "dagdelen",
        "Dagdelen",
        &["beschikbaar", "beschikbaarheid", "werkdagen"],
        Kind::Words(DAYS),
        "ma-o, ma-m, di-o, di-m, wo-o",
        "Wanneer de kandidaat op school kan zijn; studiedagen zijn er al af.",
    ),
    column(
        "wachtrondes",
        "Wachtrondes",
        &["rondes gewacht", "eerder niet geplaatst"],
        Kind::Whole,
        "0",
        "Hoe vaak er eerder geen plek was. Leeg: 0.",
    ),
    column("coach_wensen", "Wensen coach", &["coach wensen"], Kind::Texts, "engels", "Kenmerken die fijn zijn, met puntkomma's ertussen."),
    column(
        "coach_eisen",
        "Eisen coach",
        &["coach eisen"],
        Kind::Texts,
        "",
        "Kenmerken zonder welke het niet kan, met puntkomma's ertussen.",
    ),
    column("huidige_coach", "Huidige coach", &["coach nu"], Kind::Text, "", "De code van de coach die de kandidaat al heeft."),
    column("huidige_school", "Huidige school", &["school nu"], Kind::Text, "", "De code van de school waar de kandidaat al werkt."),
    column("uitgesloten/scholen", "Niet op scholen", &["uitgesloten scholen"], Kind::Texts, "", "Codes, met puntkomma's ertussen."),
    column("uitgesloten/besturen", "Niet bij besturen", &["uitgesloten besturen"], Kind::Texts, "", "Codes, met puntkomma's ertussen."),
    column(
        "uitgesloten/denominaties",
        "Niet bij denominaties",
        &["uitgesloten denominaties"],
        Kind::Texts,
        "",
        "Met puntkomma's ertussen.",
    ),
    column("uitgesloten/coaches", "Niet bij coaches", &["uitgesloten coaches"], Kind::Texts, "", "Codes, met puntkomma's ertussen."),
    column("uitgesloten/toelichting", "Waarom niet", &["reden uitgesloten"], Kind::Text, "", "Vrije tekst bij wat is uitgesloten."),
    NOTE,
];

const CANDIDATE: Column =
    needed("kandidaat", "Kandidaat", &["id", "kandidaat id", "kandidaatnummer"], Kind::Text, "Z1", "De code van de kandidaat.");

pub(super) const LOCKS: [Column; 7] = [
    CANDIDATE,
    column("school", "School", &["school id", "vestigingscode"], Kind::Text, "21QZ00", "De code van de school."),
    column("plek", "Plek", &["plek id"], Kind::Text, "", "De plek op die school; alleen nodig als er meer zijn."),
    column("bouw", "Bouw", &[], Kind::Word(BOUWEN), "onderbouw", "In welke bouw."),
    column("coach", "Coach", &["coach id"], Kind::Text, "K1", "De code van de coach."),
    column("ondanks", "Ondanks", &["ondanks regels", "regels"], Kind::Words(rules), "", "Regels waar hiervoor van wordt afgeweken."),
    NOTE,
];

pub(super) const BANS: [Column; 8] = [
    CANDIDATE,
    column("school", "School", &["school id", "vestigingscode"], Kind::Text, "21QZ00", "De code van de school."),
    column("plek", "Plek", &["plek id"], Kind::Text, "", "De plek op die school."),
    column("bouw", "Bouw", &[], Kind::Word(BOUWEN), "", "In welke bouw niet."),
    column("bestuur", "Bestuur", &["bestuur id"], Kind::Text, "", "De code van het bestuur."),
    column("coach", "Coach", &["coach id"], Kind::Text, "", "De code van de coach."),
    needed("reden", "Reden", &["waarom"], Kind::Text, "wens van de school", "Waarom dit niet mag."),
    NOTE,
];

pub(super) const TRAVEL: [Column; 4] = [
    needed("van", "Van", &["van id", "kandidaat of coach", "from", "from id"], Kind::Text, "Z1", "De code van een kandidaat of coach."),
    needed("naar", "Naar", &["naar id", "school", "to", "to id"], Kind::Text, "21QZ00", "De code van een school."),
    needed("minuten", "Minuten", &["reistijd", "min", "travel time"], Kind::Whole, "31", "Van deur tot deur."),
    NOTE,
];

pub(super) const PREVIOUS: [Column; 6] = [
    CANDIDATE,
    column("school", "School", &["school id", "vestigingscode"], Kind::Text, "21QZ00", "De code van de school; leeg als er geen plek was."),
    column("plek", "Plek", &["plek id"], Kind::Text, "onderbouw", "De plek op die school."),
    column("coach", "Coach", &["coach id"], Kind::Text, "K1", "De code van de coach."),
    needed("status", "Status", &["stand"], Kind::Word(codes::<Status>), "akkoord", "voorgesteld, akkoord of gestart."),
    NOTE,
];

pub(super) const PAIRS: [Column; 4] = [
    needed("kandidaten", "Kandidaten", &["paar"], Kind::Texts, "Z1; Z2", "De codes van twee kandidaten, met een puntkomma ertussen."),
    needed("soort", "Soort", &[], Kind::Word(codes::<PairKind>), "samen", "samen, apart, zelfde_coach of andere_coach."),
    needed("reden", "Reden", &["waarom"], Kind::Text, "wens van beiden", "Waarom dit zo moet."),
    NOTE,
];
