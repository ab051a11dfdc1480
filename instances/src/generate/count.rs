//! Counts the placements that the pair rules of docs/model.md allow in a generated wave, straight from its JSON; for tests only.
//!
//! Leaves out what only wild waves have (own travel times, prohibitions, overruled rules), so there the count is an estimate.

use serde_json::Value;

fn text<'a>(row: &'a Value, key: &str, default: &'a str) -> &'a str {
    row[key].as_str().unwrap_or(default)
}

fn texts<'a>(row: &'a Value, key: &str) -> Vec<&'a str> {
    row[key].as_array().map_or(Vec::new(), |list| list.iter().filter_map(Value::as_str).collect())
}

fn kinds(row: &Value) -> Vec<&str> {
    match texts(row, "soorten") {
        none if none.is_empty() => vec!["bo"],
        some => some,
    }
}

fn minutes(from: &Value, to: &Value) -> u64 {
    let (start, rate) = match text(from, "vervoer", "fiets") {
        "ov" => (12, 35),
        "auto" => (6, 26),
        _ => (3, 46),
    };
    let at = |row: &Value, key: &str| row[key].as_f64().unwrap_or(0.0).to_radians();
    let half = |key: &str| ((at(from, key) - at(to, key)) / 2.0).sin().powi(2);
    let h = half("lat") + at(from, "lat").cos() * at(to, "lat").cos() * half("lon");
    let metres = (2.0 * 6_371_008.8 * h.sqrt().asin()).round() as u64;
    start + (rate * metres).div_ceil(10_000)
}

/// A school that may take part, with its seat groups that have seats and the coaches who could come to each.
struct Open<'a> {
    school: &'a Value,
    place: [f64; 2],
    groups: Vec<(&'a Value, Vec<&'a Value>)>,
}

fn place(row: &Value) -> [f64; 2] {
    ["lat", "lon"].map(|key| row[key].as_f64().unwrap_or(0.0))
}

/// Nobody here travels a third of a degree: most pairs of a country need no more than this look.
fn close(one: [f64; 2], other: [f64; 2]) -> bool {
    (0..2).all(|axis| (one[axis] - other[axis]).abs() < 0.33)
}

/// Allowed placements of each candidate, in the wave's order.
pub(super) fn allowed(wave: &Value) -> Vec<u64> {
    let list = |key: &str| wave[key].as_array().map_or(&[][..], Vec::as_slice);
    let coaches: Vec<([f64; 2], &Value)> = list("coaches").iter().map(|one| (place(one), one)).collect();
    let noodplan = wave["beleid"]["alleen_noodplan"].as_bool().unwrap_or(true);
    let unsigned = |board: &&Value| noodplan && board["noodplan"] == false;
    let closed: Vec<&Value> = list("besturen").iter().filter(unsigned).map(|board| &board["id"]).collect();
    let open: Vec<Open> = list("scholen")
        .iter()
        .filter(|school| school["kwaliteit"] != "voldoet_niet" && !closed.contains(&&school["bestuur"]))
        .map(|school| open(school, &coaches))
        .filter(|open| !open.groups.is_empty())
        .collect();
    list("kandidaten").iter().map(|one| of_candidate(wave, one, &open)).collect()
}

fn open<'a>(school: &'a Value, coaches: &[([f64; 2], &'a Value)]) -> Open<'a> {
    let at = place(school);
    let comes = |coach: &Value| {
        kinds(coach).contains(&text(school, "soort", "bo"))
            && coach["eigen_school"] != school["id"]
            && !texts(coach, "uitgesloten_scholen").contains(&text(school, "id", ""))
            && minutes(coach, school) <= coach["max_reistijd"].as_u64().unwrap_or(45)
    };
    let here: Vec<&Value> = coaches.iter().filter(|(home, coach)| close(*home, at) && comes(coach)).map(|(_, coach)| *coach).collect();
    let groups = school["plekken"].as_array().map_or(&[][..], Vec::as_slice);
    let knows = |coach: &Value, group: &Value| {
        let bouwen = texts(coach, "bouwen");
        bouwen.is_empty() || bouwen.contains(&text(group, "bouw", ""))
    };
    Open {
        school,
        place: at,
        groups: groups
            .iter()
            .filter(|group| group["aantal"] != 0)
            .map(|group| (group, here.iter().copied().filter(|coach| knows(coach, group)).collect()))
            .collect(),
    }
}

fn of_candidate(wave: &Value, one: &Value, open: &[Open]) -> u64 {
    let home = place(one);
    let kinds = kinds(one);
    let only = texts(one, "besturen");
    let bouwen = texts(one, "bouwen");
    let mine = texts(one, "dagdelen");
    let needs = texts(one, "coach_eisen");
    let never = |key: &str, row: &Value, field: &str| texts(&one["uitgesloten"], key).contains(&text(row, field, ""));
    let furthest = one["max_reistijd"].as_u64().unwrap_or(60);
    let shared = wave["beleid"]["dagdelen_samen"].as_u64().unwrap_or(4) as usize;
    let goes = |school: &Value| {
        kinds.contains(&text(school, "soort", "bo"))
            && (only.is_empty() || only.contains(&text(school, "bestuur", "")))
            && !never("scholen", school, "id")
            && !never("besturen", school, "bestuur")
            && !never("denominaties", school, "denominatie")
            && minutes(one, school) <= furthest
    };
    let together = |group: &Value| {
        let theirs = texts(group, "dagdelen");
        let both = mine.iter().filter(|day| theirs.contains(day)).count();
        mine.is_empty() || theirs.is_empty() || both >= shared.min(mine.len()).min(theirs.len())
    };
    let able = |coach: &Value| {
        let tags = texts(coach, "kenmerken");
        needs.iter().all(|tag| tags.contains(tag)) && !never("coaches", coach, "id")
    };
    let anybody = needs.is_empty() && texts(&one["uitgesloten"], "coaches").is_empty();
    open.iter()
        .filter(|open| close(open.place, home) && goes(open.school))
        .flat_map(|open| &open.groups)
        .filter(|(group, _)| bouwen.contains(&text(group, "bouw", "")) && together(group))
        .map(|(_, coaches)| match anybody {
            true => coaches.len() as u64,
            false => coaches.iter().filter(|coach| able(coach)).count() as u64,
        })
        .sum()
}
