//! Coaches and candidates of a small rich wave.

use loket_solver::matching::facts::words::{Bouw, Phase, SchoolKind, Transport, Word};
use serde_json::{Value, json};

use super::world::place;
use super::{Row, Size, ids, ids_of, maybe};
use crate::generate::draw::Draw;
use crate::generate::words;

/// Few tags, so that wishes and needs are met now and then.
const TAGS: &[&str] = &["taal", "rekenen", "engels"];

fn codes<T: Word>(draw: &mut Draw, least: usize) -> Vec<&'static str> {
    // The larger of two draws: most people know most bouwen.
    let more = T::ALL.len() - least + 1;
    let count = least + draw.index(more).max(draw.index(more));
    draw.some(T::ALL, count).into_iter().map(Word::code).collect()
}

fn kinds(draw: &mut Draw) -> Vec<&'static str> {
    let mut kinds = vec!["bo"];
    kinds.extend(SchoolKind::ALL[1..].iter().filter(|_| draw.percent(50)).map(|kind| kind.code()));
    draw.shuffle(&mut kinds);
    kinds
}

/// One of these, or now and then an id the wave does not have.
fn known_or_gone(list: &[&str], draw: &mut Draw) -> String {
    if list.is_empty() || draw.percent(12) { "weg".into() } else { draw.pick(list).into() }
}

/// Coaches, with hours from far too few to plenty.
pub(super) fn coaches(size: &Size, schools: &[Row], boards: &[Row], phase: Phase, draw: &mut Draw) -> Vec<Row> {
    let (schools, boards) = (ids_of(schools), ids_of(boards));
    let per_coach = size.candidates.div_ceil(size.coaches) as u32;
    let hours = [15, 60, 30, 15][phase as usize];
    ids("K", size.coaches, draw)
        .into_iter()
        .map(|id| {
            let mut row = Row::new();
            row.insert("id".into(), json!(id));
            maybe(&mut row, &draw.chance(50), "naam", words::person(draw));
            let external = draw.percent(30);
            if external || draw.percent(30) {
                row.insert("soort".into(), json!(if external { "extern" } else { "intern" }));
            }
            let board = known_or_gone(&boards, draw);
            maybe(&mut row, &draw.chance(40), "bestuur", board);
            place(&mut row, 4500, draw);
            let transport = draw.pick(Transport::ALL).code();
            maybe(&mut row, &draw.chance(60), "vervoer", transport);
            let travel = draw.between(25, 60);
            maybe(&mut row, &draw.chance(60), "max_reistijd", travel);
            let maximum = draw.between(1, per_coach + 1);
            row.insert("maximum".into(), json!(if draw.percent(4) { 0 } else { maximum }));
            let share = draw.pick(&[40, 70, 100, 100, 150, 400]);
            let odd = draw.between(0, 9);
            row.insert("uren".into(), json!(maximum * hours * share / 100 + odd));
            let next = maximum * draw.pick(&[15, 30, 60]) * draw.pick(&[50, 100, 150]) / 100;
            maybe(&mut row, &draw.chance(25), "uren_vervolg", next);
            let running = draw.between(0, 4);
            maybe(&mut row, &draw.chance(40), "lopend", running);
            let rate = draw.between(3000, 11_000);
            maybe(&mut row, &draw.chance(40), "tarief_cent", rate);
            let bouwen = codes::<Bouw>(draw, 1);
            maybe(&mut row, &draw.chance(40), "bouwen", bouwen);
            let kinds = kinds(draw);
            maybe(&mut row, &draw.chance(50), "soorten", kinds);
            let tags = draw.between(0, 3) as usize;
            let tags = draw.some(TAGS, tags);
            maybe(&mut row, &draw.chance(75), "kenmerken", tags);
            let own = known_or_gone(&schools, draw);
            maybe(&mut row, &draw.chance(30), "eigen_school", own);
            let not = known_or_gone(&schools, draw);
            maybe(&mut row, &draw.chance(12), "uitgesloten_scholen", vec![not]);
            row
        })
        .collect()
}

/// Candidates with wishes, needs and what they have now.
pub(super) fn candidates(size: &Size, schools: &[Row], coaches: &[Row], boards: &[Row], draw: &mut Draw) -> Vec<Row> {
    let (schools, coaches, boards) = (ids_of(schools), ids_of(coaches), ids_of(boards));
    let mixed = draw.percent(45);
    ids("Z", size.candidates, draw)
        .into_iter()
        .map(|id| {
            let mut row = Row::new();
            row.insert("id".into(), json!(id));
            maybe(&mut row, &draw.chance(50), "naam", words::person(draw));
            place(&mut row, 5000, draw);
            let transport = draw.pick(Transport::ALL).code();
            maybe(&mut row, &draw.chance(60), "vervoer", transport);
            let travel = draw.between(22, 60);
            maybe(&mut row, &draw.chance(65), "max_reistijd", travel);
            let phase = draw.pick(Phase::ALL).code();
            maybe(&mut row, &draw.chance(if mixed { 80 } else { 0 }), "fase", phase);
            let hours = draw.between(0, 70);
            maybe(&mut row, &draw.chance(15), "uren", hours);
            row.insert("bouwen".into(), json!(codes::<Bouw>(draw, 1)));
            let kinds = kinds(draw);
            maybe(&mut row, &draw.chance(55), "soorten", kinds);
            let mut only: Vec<&str> = draw.some(&boards, 2);
            if draw.percent(10) {
                only.push("weg");
            }
            maybe(&mut row, &draw.chance(12), "besturen", only);
            let concepts = draw.between(1, 2) as usize;
            let concepts = draw.some(&words::CONCEPTS[..3], concepts);
            maybe(&mut row, &draw.chance(45), "concepten", concepts);
            let days = draw.between(3, 9) as usize;
            let days = draw.some(&words::HALF_DAYS, days);
            maybe(&mut row, &draw.chance(35), "dagdelen", days);
            let waited = draw.pick(&[0, 0, 1, 2, 3, 5, 9, 12]);
            maybe(&mut row, &draw.chance(55), "wachtrondes", waited);
            let wishes = draw.between(1, 3) as usize;
            let wishes = draw.some(TAGS, wishes);
            maybe(&mut row, &draw.chance(50), "coach_wensen", wishes);
            let need = draw.pick(TAGS);
            maybe(&mut row, &draw.chance(10), "coach_eisen", vec![need]);
            let coach = known_or_gone(&coaches, draw);
            maybe(&mut row, &draw.chance(30), "huidige_coach", coach);
            let school = known_or_gone(&schools, draw);
            maybe(&mut row, &draw.chance(30), "huidige_school", school);
            if draw.percent(18) {
                row.insert("uitgesloten".into(), excluded(&schools, &coaches, &boards, draw));
            }
            row
        })
        .collect()
}

fn excluded(schools: &[&str], coaches: &[&str], boards: &[&str], draw: &mut Draw) -> Value {
    let mut row = Row::new();
    let school = known_or_gone(schools, draw);
    maybe(&mut row, &draw.chance(40), "scholen", vec![school]);
    let board = known_or_gone(boards, draw);
    maybe(&mut row, &draw.chance(20), "besturen", vec![board]);
    let denomination = draw.pick(&words::DENOMINATIONS);
    maybe(&mut row, &draw.chance(40), "denominaties", vec![denomination]);
    let coach = known_or_gone(coaches, draw);
    maybe(&mut row, &draw.chance(40), "coaches", vec![coach]);
    Value::Object(row)
}
