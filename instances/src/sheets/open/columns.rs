//! The columns that publishers use, by every name that they have had. Names are compared without capitals; a space, a hyphen and an
//! underscore are the same.

/// A column that a reader looks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// How messages call it.
    pub name: &'static str,
    /// Other names, as [`plain`] has them.
    pub also: &'static [&'static str],
}

const fn column(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also }
}

/// Four characters of a school: its institution.
pub(super) const INSTITUTION: Column = column("INSTELLINGSCODE", &["brin nummer", "brin", "brinnummer", "brin code"]);
/// Six characters, or a number below the institution in older files.
pub(super) const CODE: Column =
    column("VESTIGINGSCODE", &["vestigingsnummer", "vestiging", "vestigingsnr", "brin vestiging", "brinvestiging", "brin6"]);
/// The name of a school.
pub(super) const NAME: Column = column("VESTIGINGSNAAM", &["naam", "naam vestiging", "instellingsnaam vestiging", "schoolnaam"]);
/// The board's number.
pub(super) const BOARD: Column = column("BEVOEGD GEZAG NUMMER", &["bevoegd gezagnummer", "bevoegd gezag code", "bevoegd gezag nr"]);
/// The board's name.
pub(super) const BOARD_NAME: Column = column("BEVOEGD GEZAG NAAM", &["naam bevoegd gezag", "bevoegd gezag", "bestuursnaam"]);
/// A postcode.
pub(super) const POSTCODE: Column = column("POSTCODE", &["postcode vestiging"]);
/// A town.
pub(super) const TOWN: Column = column("PLAATSNAAM", &["plaats", "plaatsnaam vestiging", "place name"]);
/// A municipality.
pub(super) const MUNICIPALITY: Column = column("GEMEENTENAAM", &["gemeente", "gemeentenaam vestiging"]);
/// What a school believes in.
pub(super) const DENOMINATION: Column = column("DENOMINATIE", &["denominatie vestiging"]);
/// BO, SBO, SO or VSO.
pub(super) const KIND: Column = column("SOORT_VESTIGING", &["soort", "soort po", "onderwijssoort", "type po"]);
/// A part of a city.
pub(super) const DISTRICT: Column = column("stadsdeel", &[]);
/// North.
pub(super) const LAT: Column = column("lat", &["latitude", "breedtegraad"]);
/// East.
pub(super) const LON: Column = column("lon", &["lng", "long", "longitude", "lengtegraad"]);
/// Four digits.
pub(super) const PC4: Column = column("pc4", &["postcode4", "postal code", "postcode", "postcode 4"]);
/// Pupils that were paid for in the year of a score.
pub(super) const FUNDED: Column =
    column("leerlingen_bekostigd", &["bekostigde leerlingen", "aantal leerlingen", "aantal bekostigde leerlingen"]);
/// The score before the threshold is taken off.
pub(super) const SCORE: Column = column(
    "achterstandsscore_zonder_drempel",
    &["achterstandsscore zonder drempelwaarde", "achterstandsscore zonder toepassing drempel", "score zonder drempel"],
);
/// Where a traveller begins.
pub(super) const FROM: Column = column("from", &["van", "from id", "origin", "origin id", "herkomst", "source", "source id"]);
/// Where a traveller goes.
pub(super) const TO: Column = column("to", &["naar", "to id", "destination", "destination id", "bestemming", "target", "target id"]);

/// Columns of these publications that no reader needs: they are no news.
const PASSED: &[&str] = &[
    "provincie",
    "straatnaam",
    "straat",
    "huisnummer toevoeging",
    "huisnummer",
    "gemeentenummer",
    "gemeentecode vestiging",
    "telefoonnummer",
    "internetadres",
    "straatnaam correspondentieadres",
    "huisnummer toevoeging correspondentieadres",
    "postcode correspondentieadres",
    "plaatsnaam correspondentieadres",
    "nodaal gebied code",
    "nodaal gebied naam",
    "rpa gebied code",
    "rpa gebied naam",
    "wgr gebied code",
    "wgr gebied naam",
    "coropgebied code",
    "coropgebied naam",
    "onderwijsgebied code",
    "onderwijsgebied naam",
    "rmc regio code",
    "rmc regio naam",
    "vakantieregio",
    "achterstandsscore",
    "zonder drempel onderbouw",
    "zonder drempel bovenbouw",
    "zonder drempel per leerling",
    "coord bron",
    "gebied",
    "wijk",
    "buurtcode",
    "accuracy",
    "distance",
    "distance km",
    "distance m",
    "afstand",
    "mode",
    "percentile",
];

/// Every column that some reader looks for.
const READ: &[Column] = &[
    INSTITUTION,
    CODE,
    NAME,
    BOARD,
    BOARD_NAME,
    POSTCODE,
    TOWN,
    MUNICIPALITY,
    DENOMINATION,
    KIND,
    DISTRICT,
    LAT,
    LON,
    PC4,
    FUNDED,
    SCORE,
    FROM,
    TO,
];

/// A name without capitals, in which a space, a hyphen and an underscore are the same.
pub(super) fn plain(name: &str) -> String {
    let words = name.split(|it: char| it.is_whitespace() || matches!(it, '_' | '-' | '.')).filter(|it| !it.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A plain name and the year that it ends with, if it does.
pub(super) fn with_year(plain: &str) -> (&str, Option<u16>) {
    let Some((before, last)) = plain.rsplit_once(' ') else { return (plain, None) };
    match (last.len(), last.parse::<u16>()) {
        (4, Ok(year)) if (1990..2100).contains(&year) => (before, Some(year)),
        _ => (plain, None),
    }
}

impl Column {
    /// Whether this plain name is one of its names.
    pub fn is(&self, plain_name: &str) -> bool {
        plain(self.name) == plain_name || self.also.contains(&plain_name)
    }
}

/// Whether a column with this plain name is one that we know, read or passed over.
pub(super) fn known(plain_name: &str) -> bool {
    let (name, year) = with_year(plain_name);
    let pupils = name == "leerlingen" && year.is_some();
    pupils || READ.iter().any(|it| it.is(name)) || PASSED.contains(&name) || super::roads::is_time(name)
}
