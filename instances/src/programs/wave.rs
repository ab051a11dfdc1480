//! What the columns and rows of a wave's programs are called: words and ids of the wave file, never the name of a person.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::{CandidateId, SeatId};
use loket_solver::matching::facts::together::{Half, Share, Together};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{HalfDay, Word};
use loket_solver::matching::judge::rules::Members;
use loket_solver::matching::solve::plain::{ColumnName, RowName, Series};

use super::names::Names;

/// Names for the columns and rows as they are now.
pub fn names(wave: &Wave, series: &Series<'_>) -> Names {
    let mut names = Names::default();
    for column in series.column_names() {
        match column {
            ColumnName::Placed(candidate, placement) => {
                let [school, seat] = at(wave, placement.seat);
                names.add_column("plaats", &[&wave.candidates[candidate].id, school, seat, &wave.coaches[placement.coach].id]);
            }
            ColumnName::Step(coach, nth) => names.add_column("trede", &[&wave.coaches[coach].id, &nth.to_string()]),
        }
    }
    add_rows(wave, series, &mut names);
    names
}

/// Names for the rows that came since.
pub fn add_rows(wave: &Wave, series: &Series<'_>, names: &mut Names) {
    for row in series.row_names().iter().skip(names.rows.len()) {
        match *row {
            RowName::Candidate(candidate) => names.add_row("kandidaat", &[&wave.candidates[candidate].id]),
            RowName::Locked(candidate) => names.add_row("regel", &[&rule(RuleCode::Vast), &wave.candidates[candidate].id]),
            RowName::Limit(limit) => {
                let code = &*rule(limit.rule);
                match limit.members {
                    Members::Seat(seat) => {
                        let [school, seat] = at(wave, seat);
                        names.add_row("regel", &[code, school, seat]);
                    }
                    Members::School(school) => names.add_row("regel", &[code, &wave.schools[school].id]),
                    Members::Board(board) => names.add_row("regel", &[code, &wave.boards[board].id]),
                    Members::Coach(coach) => names.add_row("regel", &[code, &wave.coaches[coach].id]),
                    Members::External | Members::All => names.add_row("regel", &[code]),
                    Members::Pair(..) | Members::Shared(_) => {
                        let parts = limit.together.map(|row| together(wave, row)).unwrap_or_default();
                        let parts: Vec<&str> = std::iter::once(code).chain(parts.iter().map(String::as_str)).collect();
                        names.add_row("regel", &parts);
                    }
                }
            }
            RowName::Steps(coach) => names.add_row("treden", &[&wave.coaches[coach].id]),
            RowName::Kept => names.add_row("regel", &[&rule(RuleCode::Wijzigingen)]),
            RowName::Goal(number) => names.add_row("doel", &[&(number + 1).to_string(), &wave.policy.goals[number].name]),
        }
    }
}

/// Who and where a row about people together is; halves by number.
fn together(wave: &Wave, row: Together) -> Vec<String> {
    let people = |one, other| [one, other].map(|it: CandidateId| wave.candidates[it].id.clone()).to_vec();
    let half = |half: Half| format!("{}", 2 * half.digit + u32::from(half.set));
    let share = |share: Share| {
        let days: Vec<&str> = HalfDay::ALL.iter().filter(|&&day| share.days.has(day)).map(|day| day.code()).collect();
        format!("{} {}", share.asks, days.join(" "))
    };
    let mut parts = match row {
        Together::Schools(one, other, _) | Together::School(one, other, _) => people(one, other),
        Together::Coaches(one, other, _) | Together::Coach(one, other, _) => people(one, other),
        Together::Shares(seat, ..) | Together::ShareWith(seat, ..) => at(wave, seat).map(String::from).to_vec(),
    };
    match row {
        Together::Schools(_, _, it) | Together::Coaches(_, _, it) => parts.push(half(it)),
        Together::School(_, _, school) => parts.push(wave.schools[school].id.clone()),
        Together::Coach(_, _, coach) => parts.push(wave.coaches[coach].id.clone()),
        Together::Shares(_, one, other) => parts.extend([share(one), share(other)]),
        Together::ShareWith(_, person, other) => parts.extend([wave.candidates[person].id.clone(), share(other)]),
    }
    parts
}

fn at(wave: &Wave, seat: SeatId) -> [&str; 2] {
    [&wave.school_of(seat).id, &wave.seats[seat].id]
}

/// A rule's code with _ where it has a hyphen, which would be written as ~2D; no code has a _ of its own.
fn rule(code: RuleCode) -> String {
    code.code().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_rules_stay_apart_without_their_hyphens() {
        assert!(RuleCode::ALL.iter().all(|code| !code.code().contains('_')));
    }
}
