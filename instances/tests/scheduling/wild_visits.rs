//! Random tiny rosters of coach visits by seed; see `wild`.

use serde_json::{Map, Value, json};

use crate::wild::{DAYS, Draw, absent, codes, may, names, person, status};

/// The keys that only rosters of visits have.
pub fn visits(draw: &mut Draw) -> Map<String, Value> {
    let mut file = Map::new();
    file.insert("kalender".into(), json!({ "van": DAYS[0], "tot": draw.one(&["2026-09-18", "2026-09-25"]) }));
    let mut policy = Map::new();
    may(draw, &mut policy, 60, "max_tussen", |draw| json!(1 + draw.below(2)));
    may(draw, &mut policy, 60, "landing_weken", |draw| json!(1 + draw.below(2)));
    may(draw, &mut policy, 60, "landing_bezoeken", |draw| json!(draw.below(3)));
    may(draw, &mut policy, 30, "bezoeken_per_week", |draw| json!(1 + draw.below(2)));
    may(draw, &mut policy, 30, "dagdeel_minuten", |draw| json!(150 + draw.below(100)));
    may(draw, &mut policy, 30, "per_dagdeel", |draw| json!(1 + draw.below(3)));
    may(draw, &mut policy, 30, "duur", |draw| json!(40 + draw.below(60)));
    file.insert("beleid".into(), json!(policy));
    let schools: Vec<Value> = ["S1", "S2"]
        .iter()
        .map(|id| {
            let mut row = Map::new();
            row.insert("id".into(), json!(id));
            may(draw, &mut row, 30, "afwezig", absent);
            Value::Object(row)
        })
        .collect();
    file.insert("scholen".into(), json!(schools));
    let coaches = names("K", 1 + draw.below(2));
    let mut people = Vec::new();
    for id in &coaches {
        let mut row = Map::new();
        row.insert("id".into(), json!(id));
        row.insert("rollen".into(), json!(["coach"]));
        let half_days: Vec<&str> = if draw.chance(50) { vec!["di-o", "do-m"] } else { vec!["ma-o", "ma-m"] };
        row.insert("dagdelen".into(), json!(half_days));
        may(draw, &mut row, 25, "afwezig", absent);
        may(draw, &mut row, 25, "per_dagdeel", |draw| json!(1 + draw.below(3)));
        may(draw, &mut row, 25, "per_dag", |draw| json!(draw.below(2)));
        may(draw, &mut row, 25, "per_week", |draw| json!(1 + draw.below(2)));
        may(draw, &mut row, 20, "maximum", |draw| json!(1 + draw.below(3)));
        may(draw, &mut row, 30, "uren", |draw| json!(2 + draw.below(5)));
        people.push(row);
    }
    if draw.chance(20) {
        people.push(person(draw, "X1", &["x"], &["K1".to_owned()]));
    }
    file.insert("personen".into(), json!(people));
    let (mut placements, mut units, mut roads) = (Vec::new(), Vec::new(), Vec::new());
    for coach in &coaches {
        for number in 0..1 + draw.below(3) {
            let id = format!("{coach}-{number}");
            let mut row = Map::new();
            row.insert("id".into(), json!(id));
            row.insert("school".into(), json!(draw.one(&["S1", "S2"])));
            row.insert("coach".into(), json!(coach));
            if draw.chance(70) {
                row.insert("bezoeken".into(), json!(draw.below(4)));
            } else {
                row.insert("uren".into(), json!(1 + draw.below(4)));
            }
            may(draw, &mut row, 40, "duur", |draw| json!(50 + draw.below(120)));
            may(draw, &mut row, 30, "dagdelen", |draw| codes(draw, 70));
            may(draw, &mut row, 25, "afwezig", absent);
            may(draw, &mut row, 15, "van", |_| json!("2026-09-09"));
            may(draw, &mut row, 15, "tot", |_| json!("2026-09-16"));
            may(draw, &mut row, 40, "voorkeur", |draw| codes(draw, 50));
            may(draw, &mut row, 30, "landing", |draw| json!(draw.chance(50)));
            placements.push(row);
            units.push(id);
        }
        for school in ["S1", "S2"] {
            roads.push(json!({ "van": coach, "naar": school, "minuten": draw.below(40) }));
            if draw.chance(30) {
                roads.push(json!({ "van": school, "naar": coach, "minuten": draw.below(40) }));
            }
        }
    }
    roads.push(json!({ "van": "S1", "naar": "S2", "minuten": draw.below(60) }));
    if draw.chance(30) {
        roads.push(json!({ "van": "S2", "naar": "S1", "minuten": draw.below(60) }));
    }
    file.insert("plaatsingen".into(), json!(placements));
    file.insert("reistijden".into(), json!(roads));
    let moments = ["2026-09-07-o", "2026-09-08-o", "2026-09-10-m", "2026-09-14-o", "2026-09-15-o", "2026-09-17-m"];
    for (list, percent) in [("vast", 12), ("verboden", 15), ("vorig", 25)] {
        if !draw.chance(50) {
            continue;
        }
        let mut made = Vec::new();
        for id in &units {
            for moment in &moments {
                if draw.chance(percent) {
                    let mut row = json!({ "plaatsing": id, "dagdeel": moment });
                    match list {
                        "verboden" => row["reden"] = json!("proef"),
                        "vorig" => row["status"] = json!(status(draw)),
                        _ => {}
                    }
                    made.push(row);
                }
            }
        }
        file.insert(list.into(), json!(made));
    }
    file
}
