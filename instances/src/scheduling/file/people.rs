//! Reads the rows of a roster file: boards, schools, locations, people, participants, series, placements, offers and travel times.

use loket_solver::common::words::HalfDay;

use super::times::{day, moments, ordered, stretches};
use crate::scheduling::rows::{
    BoardRow, LocationRow, NeedRow, OfferRow, ParticipantRow, PersonRow, PlacementRow, SchoolRow, SeriesRow, TravelRow,
};
use crate::strict::fields::{AMOUNT, At, Fields};
use crate::strict::json::Node;
use crate::strict::rows::{degrees, half_days, name, note, own_id, text, texts};
use crate::strict::spot::show_id;

pub(crate) const BOARD: &[&str] = &["id", "naam", "aandeel"];
pub(crate) const SCHOOL: &[&str] = &["id", "naam", "bestuur", "lat", "lon", "afwezig"];
pub(crate) const LOCATION: &[&str] = &["id", "naam", "zalen", "dagdelen", "afwezig", "lat", "lon"];
pub(crate) const PERSON: &[&str] = &[
    "id",
    "naam",
    "rollen",
    "soort",
    "bestuur",
    "school",
    "dagdelen",
    "afwezig",
    "locaties",
    "niet_met",
    "per_dagdeel",
    "per_dag",
    "per_week",
    "maximum",
    "lopend",
    "uren",
    "tarief_cent",
    "ruimte",
    "kenmerken",
    "lat",
    "lon",
    "vervoer",
];
pub(crate) const PARTICIPANT: &[&str] = &[
    "id",
    "naam",
    "school",
    "bestuur",
    "bouw",
    "koppel",
    "functie",
    "dagdelen",
    "afwezig",
    "aangemeld",
    "vanaf",
    "uiterlijk",
    "voorkeur",
    "locaties",
    "niet_met",
    "wachtrondes",
    "coach_wensen",
    "coach_eisen",
    "leervragen",
    "max_reistijd",
    "lat",
    "lon",
    "vervoer",
];
pub(crate) const SERIES: &[&str] = &["id", "dagdelen"];
pub(crate) const PLACEMENT: &[&str] =
    &["id", "school", "coach", "bezoeken", "uren", "duur", "dagdelen", "afwezig", "van", "tot", "voorkeur", "landing"];
pub(crate) const OFFER: &[&str] = &[
    "id",
    "naam",
    "themas",
    "functies",
    "scholen",
    "min",
    "max",
    "school_min",
    "school_max",
    "rollen",
    "reeksen",
    "locatie",
    "begeleiders",
    "eisen",
    "minuten",
    "voorbereiding",
    "vaste_kosten_cent",
    "bijdrage_cent",
    "subsidie_cent",
];
pub(crate) const TRAVEL: &[&str] = &["van", "naar", "minuten"];

/// A list that may not be empty.
pub(crate) fn not_empty(fields: &Fields<'_>, key: &'static str, remedy: &str) {
    if let Some(at) = fields.get(key)
        && matches!(at.node, Node::List(items) if items.is_empty())
    {
        at.refuse("leeg", "de lijst is leeg", remedy);
    }
}

pub(crate) fn board(fields: &Fields<'_>) -> Option<BoardRow> {
    let share = fields.get("aandeel").and_then(|at| at.count(1..=1_000));
    Some(BoardRow { id: own_id(fields), name: name(fields), share, note: note(fields) })
}

pub(crate) fn school(fields: &Fields<'_>) -> Option<SchoolRow> {
    Some(SchoolRow {
        id: own_id(fields),
        name: name(fields),
        board: text(fields, "bestuur"),
        lat: degrees(fields, "lat", 90.0),
        lon: degrees(fields, "lon", 180.0),
        absent: stretches(fields, "afwezig"),
        note: note(fields),
    })
}

pub(crate) fn location(fields: &Fields<'_>) -> Option<LocationRow> {
    Some(LocationRow {
        id: own_id(fields),
        name: name(fields),
        rooms: fields.get("zalen").and_then(|at| at.count(0..=100)),
        half_days: half_days(fields),
        absent: stretches(fields, "afwezig"),
        lat: degrees(fields, "lat", 90.0),
        lon: degrees(fields, "lon", 180.0),
        note: note(fields),
    })
}

pub(crate) fn person(fields: &Fields<'_>) -> Option<PersonRow> {
    not_empty(fields, "rollen", "noem minstens één rol");
    Some(PersonRow {
        id: own_id(fields),
        name: name(fields),
        roles: fields.need("rollen").and_then(At::texts).unwrap_or_default(),
        external: fields.get("soort").and_then(|at| at.one_of(&["intern", "extern"])).map(|word| word == "extern"),
        board: text(fields, "bestuur"),
        school: text(fields, "school"),
        half_days: half_days(fields),
        absent: stretches(fields, "afwezig"),
        locations: texts(fields, "locaties"),
        not_with: texts(fields, "niet_met"),
        per_half_day: fields.count("per_dagdeel"),
        per_day: fields.count("per_dag"),
        per_week: fields.count("per_week"),
        maximum: fields.count("maximum"),
        running: fields.count("lopend"),
        hours: fields.count("uren"),
        rate_cents: fields.count("tarief_cent"),
        room: fields.count("ruimte"),
        tags: texts(fields, "kenmerken"),
        lat: degrees(fields, "lat", 90.0),
        lon: degrees(fields, "lon", 180.0),
        transport: fields.get("vervoer").and_then(At::word),
        note: note(fields),
    })
}

fn preference(fields: &Fields<'_>) -> Option<Vec<HalfDay>> {
    fields.get("voorkeur").and_then(|at| at.distinct(At::word))
}

/// `leervragen` are required where they are used.
pub(crate) fn participant(fields: &Fields<'_>, questions: bool) -> Option<ParticipantRow> {
    if questions {
        fields.need("leervragen");
        not_empty(fields, "leervragen", "noem minstens één leervraag");
    }
    let from = fields.get("vanaf").and_then(day);
    let until = fields.get("uiterlijk").and_then(day);
    ordered(fields, "uiterlijk", from, until);
    Some(ParticipantRow {
        id: own_id(fields),
        name: name(fields),
        school: text(fields, "school"),
        board: text(fields, "bestuur"),
        bouw: fields.get("bouw").and_then(At::word),
        pair: text(fields, "koppel"),
        function: text(fields, "functie"),
        half_days: half_days(fields),
        absent: stretches(fields, "afwezig"),
        registered: fields.get("aangemeld").and_then(day),
        from,
        until,
        preference: preference(fields),
        locations: texts(fields, "locaties"),
        not_with: texts(fields, "niet_met"),
        waited: fields.count("wachtrondes"),
        coach_wishes: texts(fields, "coach_wensen"),
        coach_needs: texts(fields, "coach_eisen"),
        questions: texts(fields, "leervragen"),
        max_travel: fields.count("max_reistijd"),
        lat: degrees(fields, "lat", 90.0),
        lon: degrees(fields, "lon", 180.0),
        transport: fields.get("vervoer").and_then(At::word),
        note: note(fields),
    })
}

pub(crate) fn series(fields: &Fields<'_>) -> Option<SeriesRow> {
    Some(SeriesRow { id: own_id(fields), moments: moments(fields), note: note(fields) })
}

pub(crate) fn placement(fields: &Fields<'_>) -> Option<PlacementRow> {
    let (visits, hours) = (fields.get("bezoeken").is_some(), fields.get("uren").is_some());
    if visits == hours {
        let what = if visits { "bezoeken en uren staan er allebei" } else { "bezoeken en uren ontbreken allebei" };
        fields.at.report.problem("samen", &fields.at.spot.key("bezoeken"), what, "vul één van de twee in: bezoeken of uren");
    }
    let from = fields.get("van").and_then(day);
    let until = fields.get("tot").and_then(day);
    ordered(fields, "tot", from, until);
    Some(PlacementRow {
        id: own_id(fields),
        school: fields.need("school").and_then(At::text).unwrap_or_default().to_owned(),
        coach: fields.need("coach").and_then(At::text).unwrap_or_default().to_owned(),
        visits: fields.count("bezoeken"),
        hours: fields.count("uren"),
        minutes: fields.get("duur").and_then(|at| at.count(1..=600)),
        half_days: half_days(fields),
        absent: stretches(fields, "afwezig"),
        from,
        until,
        preference: preference(fields),
        landing: fields.get("landing").and_then(At::flag),
        note: note(fields),
    })
}

/// Refuses a least number above the most.
fn least_and_most(fields: &Fields<'_>, keys: (&'static str, &'static str), least: Option<i64>, most: Option<i64>) {
    if let Some(most) = most.filter(|most| least.is_some_and(|least| least > *most)) {
        let what = format!("\"{}\" ({}) is meer dan \"{}\" ({most})", keys.0, least.unwrap_or_default(), keys.1);
        fields.at.report.problem("volgorde", &fields.at.spot.key(keys.0), what, "maak het kleinste aantal niet groter dan het grootste");
    }
}

pub(crate) fn offer(fields: &Fields<'_>) -> Option<OfferRow> {
    not_empty(fields, "themas", "noem minstens één thema");
    not_empty(fields, "reeksen", "noem minstens één reeks");
    let mut numbers = Vec::new();
    for key in ["min", "max", "school_min", "school_max", "begeleiders", "minuten", "voorbereiding"] {
        numbers.extend(fields.get(key).and_then(|at| at.integer(AMOUNT)).map(|number| (key, number)));
    }
    for key in ["vaste_kosten_cent", "bijdrage_cent", "subsidie_cent"] {
        numbers.extend(fields.get(key).and_then(|at| at.integer(0..=1_000_000_000)).map(|number| (key, number)));
    }
    let number = |key: &str| numbers.iter().find(|(known, _)| *known == key).map(|(_, number)| *number);
    least_and_most(fields, ("min", "max"), number("min").or(Some(1)), number("max"));
    least_and_most(fields, ("school_min", "school_max"), number("school_min").or(Some(1)), number("school_max"));
    let series = fields.need("reeksen").and_then(|at| at.rows("id")).unwrap_or_default();
    let mut rows: Vec<SeriesRow> = Vec::new();
    for row in &series {
        let Some(read) = row.fields(SERIES).and_then(|fields| self::series(&fields)) else { continue };
        if rows.iter().any(|other| !read.id.is_empty() && other.id == read.id) {
            let what = format!("de id \"{}\" is al gebruikt", show_id(&read.id));
            fields.at.report.problem("dubbel-id", &row.spot.key("id"), what, "geef deze reeks een eigen id");
        }
        rows.push(read);
    }
    let needs = fields.get("rollen").and_then(|at| at.rows("functie"));
    Some(OfferRow {
        id: own_id(fields),
        name: name(fields),
        themes: fields.need("themas").and_then(At::texts).unwrap_or_default(),
        functions: texts(fields, "functies"),
        schools: texts(fields, "scholen"),
        needs: needs.map(|rows| rows.iter().filter_map(need).collect()),
        series: rows,
        location: text(fields, "locatie"),
        tags: texts(fields, "eisen"),
        numbers,
        note: note(fields),
    })
}

fn need(row: &At<'_>) -> Option<NeedRow> {
    let fields = row.fields(&["functie", "min", "max", "per"])?;
    let (least, most) = (fields.count("min"), fields.count("max"));
    least_and_most(&fields, ("min", "max"), least.map(i64::from), most.map(i64::from));
    let per_school = fields.get("per").and_then(|at| at.one_of(&["totaal", "school"])).map(|word| word == "school");
    let function = fields.need("functie").and_then(At::text)?.to_owned();
    Some(NeedRow { function, least, most, per_school, note: note(&fields) })
}

pub(crate) fn travel(fields: &Fields<'_>) -> Option<TravelRow> {
    let (from, to) = (fields.need("van").and_then(At::text), fields.need("naar").and_then(At::text));
    let minutes = fields.need("minuten").and_then(|at| at.count(AMOUNT)).unwrap_or(0);
    Some(TravelRow { from: from?.to_owned(), to: to?.to_owned(), minutes, note: note(fields) })
}
