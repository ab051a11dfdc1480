//! Random tiny rosters by seed: every key of the format is used sometimes, and small enough that every plan can be looked at.

use serde_json::{Map, Value, json};

use crate::wild_visits::visits;

/// Numbers by seed: the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(0x9e37_79b9_7f4a_7c15))
    }
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// From 0 to `most`, not included.
    pub fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).expect("a small number")
    }
    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
    /// Each of these so many times in a hundred.
    pub fn some<T: Clone>(&mut self, of: &[T], percent: usize) -> Vec<T> {
        of.iter().filter(|_| self.chance(percent)).cloned().collect()
    }
}

/// Sets a key so many times in a hundred.
pub fn may(draw: &mut Draw, row: &mut Map<String, Value>, percent: usize, key: &str, value: impl FnOnce(&mut Draw) -> Value) {
    if draw.chance(percent) {
        let value = value(draw);
        row.insert(key.into(), value);
    }
}

pub const DAYS: [&str; 5] = ["2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11"];
const CODES: [&str; 6] = ["ma-o", "ma-m", "di-o", "di-m", "wo-m", "do-m"];

pub fn absent(draw: &mut Draw) -> Value {
    let mut row = Map::new();
    row.insert("van".into(), json!(draw.one(&DAYS[..4])));
    may(draw, &mut row, 50, "dagdeel", |draw| json!(draw.one(&["o", "m"])));
    json!([row])
}

pub fn codes(draw: &mut Draw, percent: usize) -> Value {
    json!(draw.some(&CODES, percent))
}

pub fn names(kind: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{kind}{number}")).collect()
}

/// A roster of a kind.
pub fn roster(kind: &str, seed: u64) -> Value {
    let draw = &mut Draw::new(seed ^ (kind.len() as u64) << 40);
    let mut file = match kind {
        "gesprekken" => interviews(draw),
        "intervisie" => groups(draw),
        "bezoeken" => visits(draw),
        _ => courses(draw),
    };
    file.insert("formaat".into(), json!("loket-rooster/1"));
    file.insert("id".into(), json!(format!("wild-{seed}")));
    file.insert("soort".into(), json!(kind));
    let policy = file.entry("beleid").or_insert_with(|| json!({})).as_object_mut().expect("a policy");
    may(draw, policy, 25, "max_wijzigingen", |draw| json!(draw.below(2)));
    may(draw, policy, 15, "vasthouden", |draw| json!({ "voorgesteld": draw.below(3), "akkoord": 7 }));
    may(draw, policy, 30, "seed", |draw| json!(draw.below(9)));
    if draw.chance(35) {
        let terms = terms(kind);
        let mut goals = vec![json!({ "naam": "gepland", "punten": { "gepland": 1 } })];
        for number in 0..1 + draw.below(4) {
            let mut points = Map::new();
            for _ in 0..1 + draw.below(2) {
                points.insert((*draw.one(terms)).into(), json!(draw.below(10)));
            }
            let tolerance = *draw.one(&[0, 0, 5, 10, 30]);
            goals.push(json!({ "naam": format!("d{number}"), "punten": points, "tolerantie_procent": tolerance }));
        }
        policy.insert("doelen".into(), json!(goals));
    }
    Value::Object(file)
}

fn terms(kind: &str) -> &'static [&'static str] {
    match kind {
        "gesprekken" => &[
            "voorkeur",
            "wachttijd",
            "belasting",
            "ongewijzigd",
            "ongewijzigd_persoon",
            "afspraak",
            "afspraak_persoon",
            "snel",
            "coachwens",
            "gids",
            "dagdelen",
            "komdagen",
            "besturen",
            "ongewijzigd_moment",
        ],
        "intervisie" => &[
            "voorkeur",
            "wachttijd",
            "belasting",
            "ongewijzigd",
            "ongewijzigd_moment",
            "ongewijzigd_persoon",
            "afspraak",
            "afspraak_moment",
            "afspraak_persoon",
            "botsing",
            "aanwezig",
            "reistijd",
            "mix_bestuur",
            "mix_bouw",
            "grootte",
            "groepen",
            "kosten",
        ],
        "bezoeken" => &[
            "voorkeur",
            "ongewijzigd",
            "ongewijzigd_moment",
            "afspraak",
            "afspraak_moment",
            "dagdelen",
            "reistijd",
            "gat",
            "landing",
            "weekspreiding",
        ],
        _ => &[
            "voorkeur",
            "wachttijd",
            "belasting",
            "ongewijzigd",
            "ongewijzigd_moment",
            "ongewijzigd_persoon",
            "afspraak",
            "afspraak_moment",
            "afspraak_persoon",
            "aanwezig",
            "mix_bestuur",
            "kosten",
            "leervraag",
            "scholen",
            "aanbod",
            "saldo",
        ],
    }
}

/// Who can be staff: some of the keys that a kind uses.
pub fn person(draw: &mut Draw, id: &str, roles: &[&str], members: &[String]) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("id".into(), json!(id));
    row.insert("rollen".into(), json!(roles));
    may(draw, &mut row, 40, "bestuur", |draw| json!(draw.one(&["B1", "B2"])));
    may(draw, &mut row, 40, "school", |draw| json!(draw.one(&["S1", "S2"])));
    may(draw, &mut row, 25, "dagdelen", |draw| codes(draw, 70));
    may(draw, &mut row, 25, "afwezig", absent);
    may(draw, &mut row, 15, "locaties", |draw| json!(draw.some(&["L1", "L2"], 70)));
    may(draw, &mut row, 15, "niet_met", |draw| json!([draw.one(members)]));
    may(draw, &mut row, 15, "per_dagdeel", |draw| json!(1 + draw.below(2)));
    may(draw, &mut row, 15, "per_dag", |draw| json!(draw.below(2)));
    may(draw, &mut row, 15, "per_week", |draw| json!(1 + draw.below(2)));
    may(draw, &mut row, 30, "maximum", |draw| json!(1 + draw.below(3)));
    may(draw, &mut row, 30, "lopend", |draw| json!(draw.below(4)));
    may(draw, &mut row, 25, "uren", |draw| json!(2 + draw.below(6)));
    may(draw, &mut row, 25, "tarief_cent", |draw| json!(draw.below(7_001)));
    may(draw, &mut row, 30, "soort", |draw| json!(draw.one(&["intern", "extern"])));
    may(draw, &mut row, 60, "ruimte", |draw| json!(draw.below(3)));
    may(draw, &mut row, 50, "kenmerken", |draw| json!(draw.some(&["engels", "so", "didactiek"], 50)));
    row
}

fn member(draw: &mut Draw, id: &str, others: &[String]) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("id".into(), json!(id));
    may(draw, &mut row, 60, "school", |draw| json!(draw.one(&["S1", "S2", "S3"])));
    may(draw, &mut row, 60, "bestuur", |draw| json!(draw.one(&["B1", "B2"])));
    may(draw, &mut row, 60, "bouw", |draw| json!(draw.one(&["onderbouw", "middenbouw", "bovenbouw"])));
    may(draw, &mut row, 30, "koppel", |draw| json!(draw.one(&["D1", "D2"])));
    may(draw, &mut row, 70, "functie", |draw| json!(draw.one(&["leraar", "hr"])));
    may(draw, &mut row, 25, "dagdelen", |draw| codes(draw, 60));
    may(draw, &mut row, 30, "afwezig", absent);
    may(draw, &mut row, 25, "aangemeld", |draw| json!(draw.one(&["2026-08-30", "2026-09-08"])));
    may(draw, &mut row, 15, "vanaf", |draw| json!(draw.one(&DAYS[..3])));
    may(draw, &mut row, 15, "uiterlijk", |draw| json!(draw.one(&DAYS[2..])));
    may(draw, &mut row, 40, "voorkeur", |draw| codes(draw, 40));
    may(draw, &mut row, 10, "locaties", |draw| json!(draw.some(&["L1", "L2"], 70)));
    may(draw, &mut row, 15, "niet_met", |draw| json!([draw.one(others)]));
    may(draw, &mut row, 30, "wachtrondes", |draw| json!(draw.below(12)));
    may(draw, &mut row, 40, "coach_wensen", |draw| json!(draw.some(&["engels", "so"], 60)));
    may(draw, &mut row, 30, "coach_eisen", |draw| json!(draw.some(&["engels"], 60)));
    may(draw, &mut row, 30, "max_reistijd", |draw| json!(20 + draw.below(40)));
    row
}

fn location(draw: &mut Draw, id: &str) -> Value {
    let mut row = Map::new();
    row.insert("id".into(), json!(id));
    may(draw, &mut row, 25, "zalen", |draw| json!(draw.below(3)));
    may(draw, &mut row, 20, "afwezig", absent);
    may(draw, &mut row, 20, "dagdelen", |draw| codes(draw, 80));
    Value::Object(row)
}

fn locations(draw: &mut Draw) -> Value {
    let count = 1 + draw.below(2);
    names("L", count).iter().map(|id| location(draw, id)).collect()
}

pub fn status(draw: &mut Draw) -> &'static str {
    ["voorgesteld", "akkoord", "gestart"][draw.below(3)]
}

/// Rows about some members, each at most once.
fn rows(draw: &mut Draw, members: &[String], percent: usize, mut fill: impl FnMut(&mut Draw, &mut Map<String, Value>)) -> Value {
    let mut made = Vec::new();
    for id in members {
        if draw.chance(percent) {
            let mut row = Map::new();
            row.insert("deelnemer".into(), json!(id));
            fill(draw, &mut row);
            made.push(Value::Object(row));
        }
    }
    json!(made)
}

fn interviews(draw: &mut Draw) -> Map<String, Value> {
    let (people, members) = (["K1", "K2", "H1", "A1"], names("Z", 2 + draw.below(3)));
    let roles: [&[&str]; 4] = [&["coach"], &["coach", "hr"], &["hr"], &["hr", "x"]];
    let mut file = Map::new();
    file.insert("kalender".into(), json!({ "van": DAYS[0], "tot": DAYS[1] }));
    let mut policy = Map::new();
    policy
        .insert("panel".into(), if draw.chance(70) { json!({ "coach": 1, "hr": 1 }) } else { json!({ "hr": draw.below(3), "coach": 1 }) });
    policy.insert("per_zitting".into(), json!(2 + draw.below(2)));
    may(draw, &mut policy, 25, "min_per_zitting", |_| json!(2));
    file.insert("beleid".into(), json!(policy));
    may(draw, &mut file, 60, "besturen", |draw| json!([{ "id": "B1", "aandeel": 1 + draw.below(3) }, { "id": "B2" }]));
    file.insert("locaties".into(), locations(draw));
    let staff = 2 + draw.below(3);
    let rows_of: Vec<_> = (0..staff).map(|at| person(draw, people[at], roles[at], &members)).collect();
    file.insert("personen".into(), json!(rows_of));
    let all: Vec<String> = people.iter().map(|id| (*id).to_owned()).chain(["onbekend".to_owned()]).collect();
    let candidates: Vec<_> = members.iter().map(|id| member(draw, id, &all)).collect();
    file.insert("deelnemers".into(), json!(candidates));
    let moments = ["2026-09-07-o", "2026-09-07-m", "2026-09-08-o", "2026-09-08-m"];
    if draw.chance(35) {
        let made = rows(draw, &members, 40, |draw, row| {
            may(draw, row, 60, "dagdeel", |draw| json!(draw.one(&moments)));
            may(draw, row, 30, "persoon", |draw| json!(draw.one(&people[..staff])));
            may(draw, row, 30, "locatie", |_| json!("L1"));
        });
        file.insert("vast".into(), made);
    }
    if draw.chance(35) {
        let made = rows(draw, &members, 40, |draw, row| {
            row.insert("reden".into(), json!("proef"));
            row.insert("persoon".into(), json!(draw.one(&people)));
            may(draw, row, 50, "dagdeel", |draw| json!(draw.one(&moments)));
            may(draw, row, 20, "locatie", |draw| json!(draw.one(&["L1", "L2"])));
        });
        file.insert("verboden".into(), made);
    }
    if draw.chance(50) {
        let made = rows(draw, &members, 70, |draw, row| {
            row.insert("dagdeel".into(), json!(draw.one(&moments)));
            row.insert("locatie".into(), json!(draw.one(&["L1", "L1", "L2"])));
            row.insert("status".into(), json!(status(draw)));
            may(draw, row, 70, "personen", |draw| json!(draw.some(&people, 50)));
        });
        file.insert("vorig".into(), made);
    }
    file
}

fn groups(draw: &mut Draw) -> Map<String, Value> {
    let members = names("P", 3 + draw.below(2));
    let mut file = Map::new();
    file.insert("kalender".into(), json!({ "van": DAYS[0], "tot": "2026-10-02" }));
    let mut policy = Map::new();
    policy.insert("min".into(), json!(1 + draw.below(2)));
    policy.insert("max".into(), json!(2 + draw.below(2)));
    policy.insert("doel".into(), json!(2));
    may(draw, &mut policy, 40, "max_afwezig", |draw| json!(draw.below(2)));
    may(draw, &mut policy, 40, "eigen_school", |draw| json!(draw.chance(50)));
    may(draw, &mut policy, 25, "groepen_max", |draw| json!(1 + draw.below(2)));
    may(draw, &mut policy, 25, "voorbereiding", |draw| json!(draw.below(40)));
    if draw.chance(60) {
        file.insert(
            "reeksen".into(),
            json!([{ "id": "R1", "dagdelen": ["2026-09-08-m", "2026-09-22-m"] }, { "id": "R2", "dagdelen": ["2026-09-10-m", "2026-09-24-m"] }]),
        );
    } else {
        policy.insert("reeks".into(), json!({ "aantal": 2, "ritme": 2, "dagdelen": ["di-m"] }));
    }
    file.insert("beleid".into(), json!(policy));
    let places = locations(draw);
    let count = places.as_array().expect("a list").len();
    file.insert("locaties".into(), places);
    // Somebody may be a member and lead another group.
    let leaders = ["F1", if draw.chance(40) { "P1" } else { "F2" }];
    let mut staff: Vec<_> = leaders.iter().map(|id| person(draw, id, &["begeleider"], &members)).collect();
    if draw.chance(20) {
        staff.push(person(draw, "X1", &["x"], &members));
    }
    file.insert("personen".into(), json!(staff));
    let all: Vec<String> = members.iter().cloned().chain(["F1".to_owned(), "F2".to_owned()]).collect();
    let mut participants: Vec<_> = members.iter().map(|id| member(draw, id, &all)).collect();
    let mut roads = Vec::new();
    for row in &mut participants {
        for place in names("L", count) {
            let id = row["id"].clone();
            let pair = if draw.chance(80) { (id.clone(), json!(place)) } else { (json!(place), id.clone()) };
            roads.push(json!({ "van": pair.0, "naar": pair.1, "minuten": draw.below(70) }));
        }
    }
    file.insert("deelnemers".into(), json!(participants));
    file.insert("reistijden".into(), json!(roads));
    let series: &[&str] = if file.contains_key("reeksen") { &["R1", "R2"] } else { &["di-m+0", "di-m+1"] };
    if draw.chance(35) {
        let made = rows(draw, &members, 30, |draw, row| {
            may(draw, row, 50, "reeks", |draw| json!(draw.one(series)));
            may(draw, row, 30, "persoon", |draw| json!(draw.one(&leaders)));
            may(draw, row, 30, "locatie", |_| json!("L1"));
        });
        file.insert("vast".into(), made);
    }
    if draw.chance(35) {
        let made = rows(draw, &members, 40, |draw, row| {
            row.insert("reden".into(), json!("proef"));
            row.insert("reeks".into(), json!(draw.one(series)));
            may(draw, row, 50, "persoon", |draw| json!(draw.one(&leaders)));
            may(draw, row, 20, "locatie", |draw| json!(draw.one(&["L1", "L2"])));
        });
        file.insert("verboden".into(), made);
    }
    if draw.chance(50) {
        let made = rows(draw, &members, 70, |draw, row| {
            row.insert("status".into(), json!(status(draw)));
            may(draw, row, 80, "groep", |draw| json!(draw.one(&["G1", "G2"])));
            may(draw, row, 40, "reeks", |draw| json!(draw.one(&["R1", "di-m+0", "R9"])));
            may(draw, row, 40, "locatie", |draw| json!(draw.one(&["L1", "L2"])));
            may(draw, row, 50, "persoon", |draw| json!(draw.one(&["F1", "F2", "P1"])));
        });
        file.insert("vorig".into(), made);
    }
    file
}

fn courses(draw: &mut Draw) -> Map<String, Value> {
    let members = names("P", 4 + draw.below(2));
    let mut file = Map::new();
    file.insert("kalender".into(), json!({ "van": DAYS[0], "tot": DAYS[4] }));
    let mut policy = Map::new();
    may(draw, &mut policy, 40, "max_afwezig", |draw| json!(draw.below(2)));
    may(draw, &mut policy, 40, "eigen_school", |draw| json!(draw.chance(50)));
    may(draw, &mut policy, 30, "leervraag_punten", |draw| json!([90, draw.below(90)]));
    file.insert("beleid".into(), json!(policy));
    file.insert("locaties".into(), json!([location(draw, "L1"), location(draw, "L2")]));
    let leaders = ["F1", if draw.chance(40) { "P1" } else { "F2" }];
    let mut staff: Vec<_> = leaders.iter().map(|id| person(draw, id, &["begeleider"], &members)).collect();
    if draw.chance(20) {
        staff.push(person(draw, "X1", &["x"], &members));
    }
    file.insert("personen".into(), json!(staff));
    let all: Vec<String> = members.iter().cloned().chain(["F1".to_owned(), "F2".to_owned()]).collect();
    let participants: Vec<_> = members
        .iter()
        .map(|id| {
            let mut row = member(draw, id, &all);
            let mut asked = draw.some(&["a", "b", "c"], 60);
            if asked.is_empty() {
                asked.push("a");
            }
            row.insert("leervragen".into(), json!(asked));
            row
        })
        .collect();
    file.insert("deelnemers".into(), json!(participants));
    let offers: Vec<_> = ["O1", "O2"].iter().map(|id| offer(draw, id)).collect();
    file.insert("aanbod".into(), json!(offers));
    if draw.chance(35) {
        let made = rows(draw, &members, 25, |draw, row| {
            may(draw, row, 60, "aanbod", |draw| json!(draw.one(&["O1", "O2"])));
            may(draw, row, 20, "persoon", |draw| json!(draw.one(&leaders)));
        });
        file.insert("vast".into(), made);
    }
    if draw.chance(35) {
        let made = rows(draw, &members, 40, |draw, row| {
            row.insert("reden".into(), json!("proef"));
            row.insert("aanbod".into(), json!(draw.one(&["O1", "O2", "O9"])));
            may(draw, row, 50, "persoon", |draw| json!(draw.one(&leaders)));
            may(draw, row, 20, "reeks", |draw| json!(draw.one(&["R1", "R2"])));
        });
        file.insert("verboden".into(), made);
    }
    if draw.chance(50) {
        let made = rows(draw, &members, 60, |draw, row| {
            row.insert("status".into(), json!(status(draw)));
            row.insert("aanbod".into(), json!(draw.one(&["O1", "O2", "O9"])));
            may(draw, row, 50, "reeks", |draw| json!(draw.one(&["R1", "R2"])));
            may(draw, row, 50, "persoon", |draw| json!(draw.one(&["F1", "F2", "P1"])));
        });
        file.insert("vorig".into(), made);
    }
    file
}

fn offer(draw: &mut Draw, id: &str) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("id".into(), json!(id));
    row.insert("themas".into(), json!([draw.one(&["a", "b"]), "c"]));
    may(draw, &mut row, 25, "functies", |draw| json!([draw.one(&["leraar", "hr"])]));
    may(draw, &mut row, 20, "scholen", |draw| json!(draw.some(&["S1", "S2", "S3"], 60)));
    may(draw, &mut row, 50, "min", |draw| json!(1 + draw.below(3)));
    may(draw, &mut row, 50, "max", |draw| json!(3 + draw.below(2)));
    may(draw, &mut row, 25, "school_min", |draw| json!(1 + draw.below(2)));
    may(draw, &mut row, 25, "school_max", |draw| json!(2 + draw.below(2)));
    if draw.chance(35) {
        let mut need = Map::new();
        need.insert("functie".into(), json!(draw.one(&["leraar", "hr"])));
        may(draw, &mut need, 60, "min", |_| json!(1));
        may(draw, &mut need, 40, "max", |draw| json!(1 + draw.below(2)));
        may(draw, &mut need, 50, "per", |draw| json!(draw.one(&["totaal", "school"])));
        row.insert("rollen".into(), json!([need]));
    }
    let all = [("R1", vec!["2026-09-08-m", "2026-09-10-m"]), ("R2", vec!["2026-09-09-m"])];
    let count = 1 + draw.below(2);
    let series: Vec<_> = all[..count].iter().map(|(id, moments)| json!({ "id": id, "dagdelen": moments })).collect();
    row.insert("reeksen".into(), json!(series));
    may(draw, &mut row, 40, "locatie", |draw| json!(draw.one(&["L1", "L2"])));
    may(draw, &mut row, 20, "begeleiders", |draw| json!(draw.below(3)));
    may(draw, &mut row, 20, "eisen", |_| json!(["didactiek"]));
    may(draw, &mut row, 20, "voorbereiding", |draw| json!(draw.below(60)));
    may(draw, &mut row, 25, "bijdrage_cent", |_| json!(100));
    may(draw, &mut row, 20, "subsidie_cent", |_| json!(150));
    may(draw, &mut row, 20, "vaste_kosten_cent", |draw| json!(draw.below(450)));
    row
}
