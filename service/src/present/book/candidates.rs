//! A row for each candidate: what was wished beside what it came to. The ids are read back by `loket_instances::sheets::outcome_book`.

use loket_instances::sheets::outcome_book::{CANDIDATE, COACH, SCHOOL, SEAT};
use loket_solver::matching::facts::hours::hours;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::words::{HalfDay, HalfDays, Word};
use loket_solver::matching::judge::fairness::choice;

use super::{Whole, in_order, named};
use crate::present::report::CHOICES;
use crate::present::sheet::{Cell, Column, Row, Table, Unit};

/// Columns of words between the ids and the figures.
const PLACE: [&str; 10] = ["naam", "geplaatst", SCHOOL, "schoolnaam", "bestuur", "bestuursnaam", SEAT, "bouw", COACH, "coachnaam"];
const WISHES: [&str; 6] = ["gewenste bouwen", "keus", "hoogste reistijd", "gewenste concepten", "concept", "gewenst in een coach"];
const SAID: [&str; 5] = ["besluit", "stand", "antwoord kandidaat", "antwoord bestuur", "antwoord coach"];

pub(super) fn table(whole: &Whole<'_>) -> Table {
    let mut columns: Vec<Column> = PLACE.into_iter().map(Column::words).collect();
    columns.push(Column::words("dagdelen"));
    columns.extend(["uren", "reistijd", "reistijd coach"].map(Column::figures));
    columns.extend(WISHES.map(|heading| if heading == "hoogste reistijd" { Column::figures(heading) } else { Column::words(heading) }));
    if whole.known.is_some() {
        columns.extend(SAID.map(Column::words));
    }
    Table {
        key: "kandidaten",
        heading: CANDIDATE.into(),
        columns,
        rows: whole.wave().candidates_by_row().into_iter().map(|it| row(whole, it)).collect(),
        meaning: "",
    }
}

fn row(whole: &Whole<'_>, candidate: CandidateId) -> Row {
    let person = &whole.wave().candidates[candidate];
    let placement = whole.plan[candidate];
    let mut cells = vec![named(&whole.loaded.names.candidates, &person.id)];
    match placement {
        Some(placement) => cells.extend(place(whole, candidate, placement)),
        None => {
            cells.push(text("nee"));
            cells.resize(PLACE.len() + 4, text(""));
        }
    }
    let choice = placement.map_or(CHOICES[3], |placement| CHOICES[choice(whole.wave(), candidate, placement)]);
    let school = placement.map(|it| &whole.wave().schools[it.school(whole.wave())]);
    cells.extend([
        text(in_order(&person.bouwen)),
        text(choice),
        Cell::figure(person.max_travel, Unit::Minutes),
        text(person.concepts.join(", ")),
        text(school.and_then(|it| it.concept.clone()).unwrap_or_default()),
        text(person.coach_wishes.join(", ")),
    ]);
    if let Some(known) = whole.known {
        let (stand, answers) = known.stands.get(&person.id).copied().unwrap_or_default();
        cells.push(text(known.decided.get(&person.id).copied().unwrap_or_default()));
        cells.push(text(stand));
        cells.extend(answers.map(text));
    }
    Row::new(person.id.as_str(), cells)
}

/// Where somebody is, from "geplaatst" to the journey of the coach.
fn place(whole: &Whole<'_>, candidate: CandidateId, placement: Placement) -> Vec<Cell> {
    let (wave, names) = (whole.wave(), &whole.loaded.names);
    let (seat, school, coach) = (&wave.seats[placement.seat], wave.school_of(placement.seat), &wave.coaches[placement.coach]);
    let (board, at) = (&wave.boards[school.board], placement.school(wave));
    vec![
        text("ja"),
        text(school.id.as_str()),
        named(&names.schools, &school.id),
        text(board.id.as_str()),
        named(&names.boards, &board.id),
        text(seat.id.as_str()),
        text(seat.bouw.code()),
        text(coach.id.as_str()),
        named(&names.coaches, &coach.id),
        text(together(wave.candidates[candidate].half_days, seat.half_days)),
        Cell::figure(hours(wave, candidate, at), Unit::Hours),
        Cell::figure(wave.travel.candidate(candidate, at), Unit::Minutes),
        Cell::figure(wave.travel.coach(placement.coach, at), Unit::Minutes),
    ]
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// Half-days that both are there; who names none is there all week.
pub(super) fn together(one: HalfDays, other: HalfDays) -> String {
    let both = match (one.is_empty(), other.is_empty()) {
        (true, true) => return "hele week".into(),
        (true, false) => other,
        (false, true) => one,
        (false, false) => one.shared(other),
    };
    HalfDay::ALL.iter().filter(|day| both.has(**day)).map(|day| day.code()).collect::<Vec<_>>().join(", ")
}
