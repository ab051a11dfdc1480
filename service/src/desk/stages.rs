//! Counts of candidates by stage, as somebody may see them: a small number could tell of one person.

use loket_solver::matching::facts::words::Word;

use crate::access::Role;
use crate::records::stage::Stage;

/// Numbers below this, but not none, are shown to nobody who sees no names.
pub const SMALL: i64 = 5;

/// Every stage with how many there are, as this role sees it, and below which number none is shown.
pub fn shown_to(role: Role, counts: &[(Stage, i64)]) -> (Vec<(Stage, Option<i64>)>, Option<i64>) {
    let all = matches!(role, Role::Intermediair | Role::Systeem);
    let count = |stage: Stage| counts.iter().find(|it| it.0 == stage).map_or(0, |it| it.1);
    let mut shown: Vec<(Stage, Option<i64>)> =
        Stage::ALL.iter().map(|&stage| (stage, Some(count(stage)).filter(|&it| all || it == 0 || it >= SMALL))).collect();
    // One hidden number follows from the others and their sum: the next smallest goes with it.
    if shown.iter().filter(|it| it.1.is_none()).count() == 1
        && let Some(next) = shown.iter_mut().filter(|it| it.1.is_some_and(|count| count > 0)).min_by_key(|it| it.1)
    {
        next.1 = None;
    }
    (shown, (!all).then_some(SMALL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_shown_to_the_intermediary_alone_and_never_one_hidden_alone() {
        let counts = [(Stage::Intake, 3), (Stage::Opleiding, 40), (Stage::Diploma, 12)];
        let (all, under) = shown_to(Role::Intermediair, &counts);
        assert_eq!((all.len(), all[1], under), (8, (Stage::Intake, Some(3)), None));
        let (few, under) = shown_to(Role::Lezer, &counts);
        let of = |stage: Stage| few.iter().find(|it| it.0 == stage).and_then(|it| it.1);
        assert_eq!((of(Stage::Intake), of(Stage::Diploma), of(Stage::Opleiding), of(Stage::Gestopt)), (None, None, Some(40), Some(0)));
        assert_eq!(under, Some(5));
    }
}
