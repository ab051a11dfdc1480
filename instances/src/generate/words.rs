//! Made-up names, tags and other words that generated waves draw from.

use super::draw::Draw;

/// Tags of coaches, asked for by candidates.
pub(super) const TAGS: [&str; 10] =
    ["taal", "rekenen", "engels", "jonge kind", "gedrag", "nt2", "klassenmanagement", "muziek", "ict", "speciale zorg"];

/// Concepts of schools.
pub(super) const CONCEPTS: [&str; 5] = ["montessori", "dalton", "jenaplan", "vrijeschool", "ogo"];

/// Denominations, the most common first.
pub(super) const DENOMINATIONS: [&str; 5] = ["openbaar", "protestants-christelijk", "rooms-katholiek", "algemeen bijzonder", "islamitisch"];

/// How often a denomination occurs, of a hundred schools.
pub(super) const DENOMINATION_WEIGHTS: [u32; 5] = [47, 18, 16, 12, 7];

/// The half-days of a week.
pub(super) const HALF_DAYS: [&str; 10] = ["ma-o", "ma-m", "di-o", "di-m", "wo-o", "wo-m", "do-o", "do-m", "vr-o", "vr-m"];

const FIRST: [&str; 40] = [
    "Anouk", "Bilal", "Carlijn", "Daan", "Esra", "Floris", "Gülsen", "Hanna", "Ilias", "Jip", "Karima", "Lars", "Maud", "Noud", "Oumaima",
    "Pim", "Quinty", "Ruben", "Sanne", "Tarik", "Umut", "Vera", "Wout", "Xandra", "Yara", "Zoë", "Amber", "Bram", "Chayenne", "Dewi",
    "Eline", "Farid", "Geert", "Hilde", "Imane", "Joris", "Kees", "Loes", "Mehmet", "Nadia",
];

const LAST: [&str; 40] = [
    "Akkerman",
    "Bakboord",
    "Çelik",
    "Duinker",
    "El Idrissi",
    "Fonteyn",
    "van Gaasbeek",
    "Hoogduin",
    "IJzerman",
    "Jongeneel",
    "Kleiweg",
    "Lindhout",
    "Merkelbach",
    "van Nes",
    "Oosterdok",
    "Pinas",
    "Quist",
    "Roosendaal",
    "Spaanderman",
    "Tuinstra",
    "Uitenboogaard",
    "Vlietland",
    "Westerkade",
    "Yıldız",
    "Zandstra",
    "Amarouch",
    "Brouwershoek",
    "de Clercq",
    "Dijkgraaf",
    "Emanuels",
    "Friezema",
    "Groenewoud",
    "ter Horst",
    "Isarin",
    "Koornstra",
    "Lachmon",
    "Molenbeek",
    "Nieuwkerk",
    "Overtoom",
    "Poelgeest",
];

const WHAT: [&str; 30] = [
    "Regenboog",
    "Vlieger",
    "Wilgenhof",
    "Zonnewijzer",
    "Lantaarn",
    "Kring",
    "Boomgaard",
    "Horizon",
    "Ark",
    "Vuurtoren",
    "Sleutelbloem",
    "Tuimelaar",
    "Zwaluw",
    "Kameleon",
    "Waterlelie",
    "Kompas",
    "Sterrenboog",
    "Duif",
    "Pionier",
    "Weerhaan",
    "Meander",
    "Eikenhorst",
    "Klaver",
    "Springplank",
    "Ontdekker",
    "Parel",
    "Touwladder",
    "Buizerd",
    "Notenkraker",
    "Brug",
];

const SORT: [&str; 5] = ["Basisschool De", "De", "Kindcentrum De", "Brede school De", "School De"];

/// A made-up name of a person.
pub(super) fn person(draw: &mut Draw) -> String {
    format!("{} {}", draw.pick(&FIRST), draw.pick(&LAST))
}

/// A made-up name of a school.
pub(super) fn school(draw: &mut Draw) -> String {
    let sort = draw.pick(&SORT);
    format!("{sort} {}", draw.pick(&WHAT))
}
