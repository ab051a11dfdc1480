//! Seeded, made-up rosters of each kind at the sizes of a year: 220 interviews in six weeks, 180 people in peer groups, 50 coaches with their
//! visits, 300 participants and 20 offers. Everybody in them is made up.

use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::calendar::{Day, Moment};
use loket_solver::scheduling::facts::codes::Kind;
use serde_json::{Map, Value, json};

use super::draw::Draw;

/// The first Monday of the calendars.
const MONDAY: (i32, u32, u32) = (2026, 9, 7);
const CODES: [&str; 10] = ["ma-o", "ma-m", "di-o", "di-m", "wo-o", "wo-m", "do-o", "do-m", "vr-o", "vr-m"];

/// A made-up roster; `size` is the number of candidates, participants or coaches, absent the size of a year.
pub fn roster(kind: Kind, size: Option<u32>, seed: u64) -> Value {
    let mut draw = Draw::new(&format!("rooster-{}", kind.code()), seed);
    let (usual, weeks) = match kind {
        Kind::Interviews => (220, 6),
        Kind::PeerGroups => (180, 16),
        Kind::Visits => (50, 20),
        Kind::Courses => (300, 12),
    };
    let size = size.unwrap_or(usual) as usize;
    let mut file = Map::new();
    let mut put = |key: &str, value: Value| file.insert(key.to_owned(), value);
    put("formaat", json!("loket-rooster/1"));
    put("id", json!(format!("verzonnen-{}-{size}-{seed}", kind.code())));
    put("naam", json!(format!("Verzonnen rooster: {}", kind.code())));
    put("soort", json!(kind.code()));
    put("toelichting", json!("Verzonnen gegevens, gemaakt door loket generate."));
    put("kalender", json!({ "van": day(0).to_string(), "tot": day(7 * weeks - 3).to_string() }));
    let own = match kind {
        Kind::Interviews => interviews(&mut draw, size),
        Kind::PeerGroups => groups(&mut draw, size),
        Kind::Visits => visits(&mut draw, size),
        Kind::Courses => courses(&mut draw, size),
    };
    for (key, value) in own {
        put(key, value);
    }
    Value::Object(file)
}

type Parts = Vec<(&'static str, Value)>;

fn day(after: i32) -> Day {
    Day(Day::of(MONDAY.0, MONDAY.1, MONDAY.2).0 + after)
}

fn moment(week: u32, code: usize) -> String {
    let after = i32::try_from(7 * week).unwrap_or(0) + i32::try_from(code / 2).unwrap_or(0);
    Moment { day: day(after), afternoon: code % 2 == 1 }.to_string()
}

/// Some half-days of the week, in order.
fn half_days(draw: &mut Draw, count: u32) -> Vec<&'static str> {
    let mut drawn = draw.some(&CODES, count as usize);
    drawn.sort_by_key(|code| CODES.iter().position(|other| other == code));
    drawn
}

/// A place in and around the city, degrees.
fn place(draw: &mut Draw) -> (f64, f64) {
    let near = |draw: &mut Draw, most: u32| draw.offset(most) as f64 / 10_000.0;
    (52.36 + near(draw, 450), 4.9 + near(draw, 700))
}

fn boards() -> Value {
    (1..=12).map(|number| json!({ "id": format!("B{number}"), "aandeel": 4 + number % 5 })).collect()
}

fn interviews(draw: &mut Draw, size: usize) -> Parts {
    let tags = ["engels", "so", "nt2", "rekenen"];
    let mut people = Vec::new();
    let seats = |share: usize| (size * share / 220).max(2);
    for (prefix, role, count) in
        [("K", "coach", seats(16)), ("A", "oud-kandidaat", seats(12)), ("H", "hr", seats(14)), ("I", "intermediair", seats(7))]
    {
        for number in 1..=count {
            let days = draw.between(5, 8);
            people.push(json!({
                "id": format!("{prefix}{number}"), "rollen": [role], "dagdelen": half_days(draw, days), "lopend": draw.below(5),
                "bestuur": format!("B{}", draw.between(1, 12)), "ruimte": draw.between(2, 18), "kenmerken": draw.some(&tags, 2),
            }));
        }
    }
    let staff: Vec<String> = people.iter().filter_map(|row: &Value| row["id"].as_str().map(str::to_owned)).collect();
    let candidates = (1..=size).map(|number| {
        let days = draw.between(3, 8);
        let mut row = json!({
            "id": format!("Z{number:04}"), "dagdelen": half_days(draw, days), "wachtrondes": draw.below(3),
            "aangemeld": day(-i32::try_from(draw.below(30)).unwrap_or(0)).to_string(),
            "coach_wensen": draw.some(&tags, 1), "voorkeur": half_days(draw, 2),
        });
        if draw.percent(10) {
            row["niet_met"] = json!([staff[draw.index(staff.len())]]);
        }
        if draw.percent(10) {
            row["coach_eisen"] = json!([draw.pick(&tags)]);
        }
        row
    });
    let candidates: Vec<Value> = candidates.collect();
    vec![
        ("besturen", boards()),
        ("locaties", json!([{ "id": "L1", "zalen": 1 }, { "id": "L2", "zalen": 1 }])),
        ("personen", json!(people)),
        ("deelnemers", json!(candidates)),
    ]
}

fn groups(draw: &mut Draw, size: usize) -> Parts {
    let locations: Vec<Value> = (1..=4)
        .map(|number| {
            let (lat, lon) = place(draw);
            json!({ "id": format!("L{number}"), "zalen": 2, "lat": lat, "lon": lon })
        })
        .collect();
    let people: Vec<Value> =
        (1..=(size / 15).max(1)).map(|number| json!({ "id": format!("F{number}"), "rollen": ["begeleider"], "maximum": 4 })).collect();
    let bouwen = ["onderbouw", "middenbouw", "bovenbouw"];
    let participants: Vec<Value> = (1..=size)
        .map(|number| {
            let (lat, lon) = place(draw);
            let school = draw.between(1, u32::try_from(size / 2 + 1).unwrap_or(1));
            let days = draw.between(4, 8);
            json!({
                "id": format!("P{number:04}"), "school": format!("S{school}"), "bestuur": format!("B{}", school % 12 + 1), "bouw": draw.pick(&bouwen),
                "dagdelen": half_days(draw, days), "voorkeur": half_days(draw, 2), "lat": lat, "lon": lon,
            })
        })
        .collect();
    vec![
        ("beleid", json!({ "reeks": { "aantal": 4, "ritme": 4, "dagdelen": CODES } })),
        ("locaties", json!(locations)),
        ("personen", json!(people)),
        ("deelnemers", json!(participants)),
    ]
}

fn visits(draw: &mut Draw, size: usize) -> Parts {
    let (mut schools, mut people, mut placements) = (Vec::new(), Vec::new(), Vec::new());
    for number in 1..=size * 4 {
        let (lat, lon) = place(draw);
        schools.push(json!({ "id": format!("S{number}"), "lat": lat, "lon": lon }));
    }
    for number in 1..=size {
        let (lat, lon) = place(draw);
        people.push(json!({ "id": format!("K{number}"), "rollen": ["coach"], "dagdelen": half_days(draw, 6), "lat": lat, "lon": lon }));
        for nth in 1..=9 {
            let days = draw.between(4, 6);
            placements.push(json!({
                "id": format!("Z{number}-{nth}"), "school": format!("S{}", draw.between(1, u32::try_from(size * 4).unwrap_or(1))),
                "coach": format!("K{number}"), "bezoeken": draw.between(8, 12), "dagdelen": half_days(draw, days),
                "voorkeur": half_days(draw, 2),
            }));
        }
    }
    vec![("scholen", json!(schools)), ("personen", json!(people)), ("plaatsingen", json!(placements))]
}

fn courses(draw: &mut Draw, size: usize) -> Parts {
    let themes: Vec<String> = (1..=12).map(|number| format!("thema-{number}")).collect();
    let functions = ["leraar", "schoolopleider", "hr", "teamleider"];
    let people: Vec<Value> = (1..=8).map(|number| json!({ "id": format!("F{number}"), "rollen": ["begeleider"], "maximum": 4 })).collect();
    let participants: Vec<Value> = (1..=size)
        .map(|number| {
            let asked: Vec<&str> = draw.some(&themes.iter().map(String::as_str).collect::<Vec<_>>(), 3);
            let school = draw.between(1, u32::try_from(size / 6 + 1).unwrap_or(1));
            let days = draw.between(5, 9);
            json!({
                "id": format!("P{number:04}"), "school": format!("S{school}"), "bestuur": format!("B{}", school % 12 + 1),
                "functie": draw.pick(&functions), "leervragen": asked, "dagdelen": half_days(draw, days), "wachtrondes": draw.below(3),
            })
        })
        .collect();
    let offers: Vec<Value> = (1..=20)
        .map(|number| {
            let series: Vec<Value> = (1..=2)
                .map(|nth| {
                    let code = draw.index(CODES.len());
                    let moments: Vec<String> = (0..3).map(|meeting| moment(2 * meeting + nth, code)).collect();
                    json!({ "id": format!("R{nth}"), "dagdelen": moments })
                })
                .collect();
            json!({
                "id": format!("O{number:02}"), "themas": draw.some(&themes.iter().map(String::as_str).collect::<Vec<_>>(), 2), "min": 9, "max": 18,
                "reeksen": series, "bijdrage_cent": 100_000, "subsidie_cent": 400_000, "vaste_kosten_cent": 1_400_000,
            })
        })
        .collect();
    vec![("personen", json!(people)), ("deelnemers", json!(participants)), ("aanbod", json!(offers))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduling::roster_file::read_roster;

    #[test]
    fn rosters_of_every_kind_are_sound_and_a_seed_gives_the_same_again() {
        for &kind in Kind::ALL {
            for size in [Some(6), None] {
                let made = roster(kind, size, 3);
                assert_eq!(made, roster(kind, size, 3));
                assert_ne!(made, roster(kind, size, 4));
                let bytes = serde_json::to_vec(&made).expect("JSON");
                let loaded = read_roster(&bytes).unwrap_or_else(|refusal| panic!("{}: {refusal}", kind.code()));
                assert!(loaded.notices.iter().all(|notice| notice.code == "onbekende-verwijzing"), "{:?}", loaded.notices);
            }
        }
    }
}
