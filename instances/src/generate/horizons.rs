//! Seeded, made-up multi-year plans: four waves a year, 47 boards, two kinds of coaches and the lines of a project of this kind. Everything in
//! them is made up.

use serde_json::{Map, Value, json};

use super::draw::Draw;

/// Boards of a plan.
const BOARDS: usize = 47;

/// Months of the year's waves, counted from September.
const MONTHS: [u32; 4] = [0, 3, 5, 8];

/// A made-up plan of so many school years, 1 to 10, from September 2026.
pub fn horizon(years: u32, seed: u64) -> Value {
    let years = years.clamp(1, 10);
    let mut draw = Draw::new("meerjarenplan", seed);
    let names: Vec<String> = (0..years).map(|year| format!("{}-{}", 2026 + year, 2027 + year)).collect();
    let mut seats = 0;
    let boards: Vec<Value> = (1..=BOARDS)
        .map(|nth| {
            let own: Vec<u32> = (0..years).map(|_| draw.around(1, 7)).collect();
            seats += own.iter().sum::<u32>();
            json!({ "id": format!("B{nth:02}"), "naam": format!("Bestuur {nth}"), "plekken": own })
        })
        .collect();
    // A seat is held for five months, so that about two waves a year can use it.
    let each = seats / years / 2;
    let waves: Vec<Value> = (0..years)
        .flat_map(|year| MONTHS.map(|month| (year, month)))
        .enumerate()
        .map(|(nth, (year, month))| {
            let (later, number) = ((month + 8) / 12, (month + 8) % 12 + 1);
            let target = each.saturating_sub(5) + draw.between(0, 10);
            json!({ "id": format!("L{:02}", nth + 1), "maand": format!("{}-{number:02}", 2026 + year + later), "doel": target })
        })
        .collect();
    let hires: Vec<u32> = (0..years).map(|year| if year < 2 { draw.between(8, 14) } else { draw.between(0, 5) }).collect();
    let kinds = json!([
        { "id": "intern", "naam": "Interne coaches", "begin": 4, "aanname_max": hires, "uren": 690, "tarief_cent": 5000 },
        { "id": "extern", "naam": "Externe coaches", "extern": true, "aanname_max": 3, "diensttijd": 2, "uren": 690, "tarief_cent": 8000,
          "fasen": ["werkervaring", "opleiding", "opleiding_jaar2"], "overdracht": "intern" }
    ]);
    let line = |id: &str, activity: &str, sort: &str, per: &str, price: u64| json!({ "id": id, "activiteit": activity, "soort": sort, "per": per, "prijs_cent": price });
    let with = |mut line: Value, key: &str, value: Value| {
        line[key] = value;
        line
    };
    let costs = vec![
        line("intake", "A", "personeel", "aangemeld", 5_000),
        line("werkervaring", "A", "personeel", "voortraject", 525_000),
        with(line("intervisie", "A", "overig", "voortraject", 48_400), "groep", json!(6)),
        line("dubbele-bezetting", "B", "personeel", "opleiding", 1_550_000),
        with(line("intervisie-jaar1", "B", "personeel", "opleiding", 75_000), "groep", json!(6)),
        with(line("intervisie-jaar2", "B", "personeel", "jaar2", 50_000), "groep", json!(6)),
        line("opleiding-jaar1", "C", "overig", "opleiding", 600_000),
        line("opleiding-jaar2", "C", "overig", "jaar2", 600_000),
        with(line("coaching-intern", "C", "personeel", "opleiding", 300_000), "coachsoort", json!("intern")),
        with(line("coaching-extern", "C", "overig", "opleiding", 580_800), "coachsoort", json!("extern")),
        line("inductie", "D", "personeel", "diploma", 75_000),
        line("werving-coach", "F", "overig", "aanname", 250_000),
        line("coach-scholing", "F", "overig", "coaches", 40_000),
        line("project", "F", "personeel", "vast", 9_000_000),
    ];
    let incomes = json!([
        { "id": "rijk", "soort": "rijk", "per": "opleiding", "prijs_cent": 2_000_000 },
        { "id": "gemeente", "soort": "subsidie", "per": "vast", "prijs_cent": 110_000_000 + 1_000_000 * u64::from(draw.between(0, 40)) }
    ]);
    let mut file = Map::new();
    let mut put = |key: &str, value: Value| file.insert(key.to_owned(), value);
    put("formaat", json!("loket-meerjarenplan/1"));
    put("id", json!(format!("verzonnen-meerjarenplan-{years}-{seed}")));
    put("naam", json!("Verzonnen meerjarenplan"));
    put("toelichting", json!("Verzonnen gegevens, gemaakt door loket generate."));
    put("start", json!("2026-09"));
    put("jaren", json!(names));
    put("lichtingen", json!(waves));
    put("besturen", json!(boards));
    put("coachsoorten", kinds);
    put("posten", json!(costs));
    put("inkomsten", incomes);
    put("beleid", json!({ "max_extern_procent": 25, "voorschot_cent": 50_000_000 }));
    Value::Object(file)
}
