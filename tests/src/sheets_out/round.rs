//! wave → outcome → workbook → rows: on random waves, with ids that a spreadsheet would like to change.

use std::collections::BTreeMap;

use loket_instances::generate;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::sheets::outcome_book::{self, PlaceOf, PlaceRow};
use loket_service::present::sheet::Cell;
use loket_service::present::sheet::separated::separated;
use loket_solver::matching::facts::words::Status;
use serde_json::{Value, json};

use super::{Solved, column, read, written};
use crate::support::{Dice, from_environment, nth_seed, seed};

/// Ids that a spreadsheet takes for something else, or that an import could.
const ODD: [&str; 20] = [
    "=1+1",
    "+31",
    "-1",
    "@x",
    "'=x",
    "''-",
    "'",
    "007",
    "1e5",
    "TRUE",
    "#REF!",
    "_x0041_",
    "a;b,c",
    "zeg \"ja\"",
    "<b>&amp;",
    "2026-09-01",
    "Zoë\u{202e}x",
    "👩‍🏫",
    "12,5",
    "=HYPERLINK(\"x\")",
];

/// Puts other ids in the place of these, wherever a text is one of them.
fn renamed(value: &mut Value, ids: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(other) = ids.get(text) {
                *text = other.clone();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|it| renamed(it, ids)),
        Value::Object(object) => object.values_mut().for_each(|it| renamed(it, ids)),
        _ => {}
    }
}

/// The wave with odd ids for some of its people, schools and coaches, and odd names for all people.
fn odd(mut wave: Value, dice: &mut Dice) -> Value {
    let mut ids = BTreeMap::new();
    for (kind, letter) in [("kandidaten", "z"), ("scholen", "s"), ("coaches", "k")] {
        for (at, row) in wave[kind].as_array().into_iter().flatten().enumerate() {
            let id = row["id"].as_str().expect("an id").to_owned();
            let taken = ids.contains_key(&id);
            let odd = ODD[dice.throw(ODD.len())];
            // No two are the same, and what is odd stands in front.
            let other = if kind == "kandidaten" && at < ODD.len() { ODD[at].to_owned() } else { format!("{odd}{letter}{at}") };
            if !taken && dice.throw(3) > 0 {
                ids.insert(id, other);
            }
        }
    }
    for row in wave["kandidaten"].as_array_mut().into_iter().flatten() {
        row["naam"] = json!(format!("{} Verzonnen", ODD[dice.throw(ODD.len())].trim()));
    }
    renamed(&mut wave, &ids);
    wave
}

/// What the plan says, in the order of the file.
fn right(solved: &Solved) -> Vec<PlaceRow> {
    let wave = &solved.loaded.wave;
    let row = |candidate| PlaceRow {
        candidate: wave.candidates[candidate].id.clone(),
        place: solved.plan[candidate].map(|it| PlaceOf {
            school: wave.school_of(it.seat).id.clone(),
            seat: wave.seats[it.seat].id.clone(),
            coach: wave.coaches[it.coach].id.clone(),
        }),
    };
    wave.candidates_by_row().into_iter().map(row).collect()
}

#[test]
fn what_a_workbook_says_is_the_plan_and_can_be_the_previous_plan_of_the_next_run() {
    let count = from_environment("LOKET_BOOKS").unwrap_or(40);
    let (mut placed, mut left, mut without) = (0, 0, 0);
    for n in 0..count {
        let wave_seed = nth_seed(seed(), n);
        let mut dice = Dice::new(wave_seed);
        let wave = if n % 5 == 4 { generate::small(wave_seed) } else { generate::tiny(wave_seed) };
        let mut wave = odd(wave, &mut dice);
        let Some(solved) = Solved::of(&wave) else {
            without += 1;
            continue;
        };
        let whole = solved.whole(None);
        let bytes = written(&whole.book());
        let rows = outcome_book::read(&bytes).unwrap_or_else(|found| panic!("seed {wave_seed}: {found}"));
        assert_eq!(rows, right(&solved), "seed {wave_seed}");
        placed += rows.iter().filter(|it| it.place.is_some()).count();
        left += rows.iter().filter(|it| it.place.is_none()).count();
        everything_is_there(&solved, &bytes, wave_seed);
        // The same rows as the previous plan: every part of it is known in the wave.
        wave["vorig_plan"] = json!([]);
        let bytes = serde_json::to_vec(&wave).expect("JSON");
        let mut file = WaveFile::read(&bytes).expect("the wave");
        file.previous = Some(outcome_book::previous(&rows, Status::Voorgesteld));
        let again = file.build(&bytes).unwrap_or_else(|refusal| panic!("seed {wave_seed}: {refusal}"));
        for candidate in again.wave.candidates.ids() {
            let previous = again.wave.candidates[candidate].previous.as_ref();
            let there = previous.map(|it| (it.seat.known().expect("the seat"), it.coach.known().expect("the coach")));
            let id = &again.wave.candidates[candidate].id;
            let before = solved.loaded.wave.candidates.pairs().find(|(_, it)| it.id == *id).expect("the same people").0;
            let ids = |wave: &loket_solver::matching::facts::wave::Wave, seat, coach| {
                let seat = &wave.seats[seat];
                (wave.schools[seat.school].id.clone(), seat.id.clone(), wave.coaches[coach].id.clone())
            };
            let now = there.map(|(seat, coach)| ids(&again.wave, seat, coach));
            let was = solved.plan[before].map(|it| ids(&solved.loaded.wave, it.seat, it.coach));
            assert_eq!(now, was, "seed {wave_seed}");
        }
    }
    println!("{count} waves from seed {}: {placed} placed and {left} left, all read back; {without} without a plan", seed());
    assert!(placed > 0 && left > 0 && without < count / 2, "{placed} {left} {without}");
}

/// Every sheet has its people, schools, coaches and boards, and the sums agree.
fn everything_is_there(solved: &Solved, bytes: &[u8], seed: u64) {
    let (book, wave) = (read(bytes), &solved.loaded.wave);
    let sheet = |name: &str| book.sheet(&[name]).unwrap_or_else(|| panic!("seed {seed}: a sheet {name}"));
    let names: Vec<&str> = book.sheets.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Samenvatting", "Kandidaten", "Niet geplaatst", "Scholen", "Coaches", "Besturen", "Cijfers"]);
    for (name, rows) in [
        ("Kandidaten", wave.candidates.len()),
        ("Niet geplaatst", solved.outcome.unplaced.len()),
        ("Scholen", wave.seats.len()),
        ("Coaches", wave.coaches.len()),
        ("Besturen", wave.boards.len()),
    ] {
        assert_eq!(sheet(name).body().len(), rows, "seed {seed}: {name}");
    }
    let reasons = column(sheet("Niet geplaatst"), "waarom niet");
    for line in &solved.outcome.unplaced {
        let right: Vec<&str> = line.reasons.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(reasons[&line.candidate], right.join("\n"), "seed {seed}");
    }
    let placed = solved.outcome.placements.len();
    let sum = |name: &str, heading: &str| -> usize {
        let table = sheet(name);
        let at = table.column(&[heading]).expect("a column");
        table.body().iter().map(|row| row.cell(at).text().parse::<usize>().expect("a number")).sum()
    };
    for (name, heading) in [("Scholen", "gebruikt"), ("Coaches", "kandidaten"), ("Besturen", "geplaatst")] {
        assert_eq!(sum(name, heading), placed, "seed {seed}: {name}");
    }
    let hours: i64 = solved.outcome.placements.iter().map(|it| it.hours).sum();
    assert_eq!(i64::try_from(sum("Coaches", "uren gebruikt")).expect("hours"), hours, "seed {seed}");
    for (id, minutes) in column(sheet("Kandidaten"), "reistijd") {
        let line = solved.outcome.placements.iter().find(|it| it.candidate == id);
        assert_eq!(minutes, line.map_or(String::new(), |it| it.travel.to_string()), "seed {seed}: {id}");
    }
    // The CSV has the same rows as the sheet.
    let table = solved.whole(None).placements();
    let csv = String::from_utf8(separated(&table)).expect("UTF-8");
    assert!(csv.starts_with("\u{feff}kandidaat;naam;geplaatst;school;"), "{csv:.60}");
    let csv = loket_instances::sheets::csv::read("Kandidaten", csv.as_bytes(), limits_rows()).expect("a CSV file");
    let ids: Vec<String> = csv.body().iter().map(|row| row.cell(0).text().into_owned()).collect();
    let right: Vec<String> = table.rows.iter().map(|row| row.name.clone()).collect();
    assert_eq!(ids, right, "seed {seed}");
    assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len() && !row.cells.contains(&Cell::Hidden)));
}

fn limits_rows() -> u32 {
    loket_instances::sheets::limits::ROWS
}
