//! What the history of decisions says: what somebody can take back, what others built on it, how long was looked, and how often a proposal
//! was not followed.

use std::collections::{BTreeMap, BTreeSet};

use loket_solver::matching::facts::words::Word;
use serde_json::json;

use super::fits::Clash;
use crate::records::decision::Decided;
use crate::records::review::{Opened, Past, Step};

/// After so many milliseconds in which nothing was told, nobody is looking any more.
pub const PAUSE: i64 = 30 * 60_000;
/// Who told so many milliseconds ago at most that something is open, has it open.
pub const PRESENT: i64 = 5 * 60_000;
/// How long, in milliseconds, somebody can take back a step.
pub const UNDOABLE: i64 = 60 * 60_000;

/// How long somebody looked before deciding, seconds; nothing when nobody knows.
pub fn seconds(opened: &Opened, now: i64) -> Option<i64> {
    let began = opened.began.filter(|began| *began <= now && now - opened.seen <= PAUSE)?;
    Some((now - began) / 1_000)
}

/// The newest of somebody's own steps that was not taken back: one, or all of one group. `own` has the last step first.
pub fn newest(own: &[Past]) -> Vec<&Past> {
    let undone: BTreeSet<i64> = own.iter().filter_map(|it| it.undoes).collect();
    let open = |it: &&Past| matches!(it.step, Step::Decided | Step::Withdrawn) && !undone.contains(&it.number);
    let Some(last) = own.iter().find(open) else { return Vec::new() };
    match &last.group {
        None => vec![last],
        Some(group) => own.iter().filter(open).filter(|it| it.group.as_ref() == Some(group)).collect(),
    }
}

/// What would stand when a step were taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Back {
    /// The step.
    pub step: Past,
    /// What stood before it.
    pub then: Option<Decided>,
}

/// What taking back a step comes to, of all steps about its candidate; or what others built on it.
///
/// # Errors
/// Everything that stands in the way.
pub fn back(step: &Past, all: &[Past]) -> Result<Back, Vec<Clash>> {
    let undoes = |it: &Past| it.undoes.filter(|number| *number > step.number);
    let undone: BTreeSet<i64> = all.iter().filter_map(undoes).collect();
    // What was taken back since, together with its taking back, changed nothing.
    let later = all.iter().filter(|it| it.number > step.number && undoes(it).is_none() && !undone.contains(&it.number));
    let wrong: Vec<Clash> = later.filter(|it| it.who != step.who || it.step == Step::Lapsed).map(built).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let then = match step.before {
        None => None,
        Some(number) => match all.iter().find(|it| it.number == number) {
            Some(before) => before.stands.clone(),
            None => return Err(vec![erased(&step.candidate)]),
        },
    };
    Ok(Back { step: step.clone(), then })
}

fn built(it: &Past) -> Clash {
    let (who, role) = (&it.candidate, it.role.code());
    let what = match it.step {
        Step::Lapsed => format!("het besluit over kandidaat {who} is intussen vervallen"),
        Step::Decided => format!("een ander ({role}) besloot daarna over kandidaat {who}"),
        Step::Withdrawn => format!("een ander ({role}) trok daarna het besluit over kandidaat {who} in"),
        Step::Undone => format!("een ander ({role}) maakte daarna een besluit over kandidaat {who} ongedaan"),
    };
    let remedy = "bekijk wat er nu geldt en besluit zo nodig opnieuw";
    let data = json!({ "soort": it.step.code(), "kandidaat": who, "rol": role, "door": it.who, "nummer": it.number });
    Clash { data, ..Clash::new("voortgebouwd", "", what, remedy) }
}

fn erased(candidate: &str) -> Clash {
    let what = format!("wat eerder over kandidaat {candidate} besloten was, is gewist");
    let data = json!({ "soort": "gewist", "kandidaat": candidate });
    Clash { data, ..Clash::new("gewist", "", what, "trek het besluit in, of besluit opnieuw") }
}

/// That somebody else asked a run that knows a step.
pub fn asked(run: &str, who: &str) -> Clash {
    let what = format!("een ander vroeg daarna berekening {run} aan, die met dit besluit rekent");
    let data = json!({ "soort": "berekening", "berekening": run, "rol": "intermediair", "door": who });
    Clash { data, ..Clash::new("voortgebouwd", "", what, "besluit opnieuw en vraag zelf een berekening") }
}

/// What stood before, as it stands again under another number. `current` is the run under review, with the number of decisions that it was
/// made with: when it was made with the very same decision, nothing has changed for it.
pub fn again(then: Decided, step: i64, number: i64, current: Option<(&str, i64)>) -> Decided {
    match current.filter(|(_, known)| then.version <= *known && *known < step) {
        Some((run, _)) if then.lapsed.is_none() => Decided { version: number, run: Some(run.to_owned()), kept: true, ..then },
        _ => Decided { version: number, ..then },
    }
}

/// How somebody, or everybody, reviewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// How many decisions stand or were replaced by a later one: not those that were undone.
    pub decided: usize,
    /// Of those: how many set the proposal aside.
    pub overruled: usize,
    /// The median of how long was looked before deciding, seconds; groups aside.
    pub median: Option<i64>,
    /// How many groups were accepted.
    pub groups: usize,
    /// How many decisions were part of one.
    pub in_groups: usize,
}

/// How all of these steps reviewed.
fn rates<'a>(steps: impl Iterator<Item = &'a Past>) -> Rates {
    let (mut rates, mut looked, mut groups) = (Rates::default(), Vec::new(), BTreeSet::new());
    for it in steps {
        rates.decided += 1;
        rates.overruled += usize::from(it.stands.as_ref().is_some_and(|it| it.decision.overrules() && !it.kept));
        rates.in_groups += usize::from(it.group.is_some());
        groups.extend(it.group.as_deref());
        looked.extend(it.seconds);
    }
    looked.sort_unstable();
    rates.groups = groups.len();
    rates.median = match (looked.len(), looked.len() / 2) {
        (0, _) => None,
        (odd, half) if odd % 2 == 1 => looked.get(half).copied(),
        (_, half) => looked.get(half - 1).zip(looked.get(half)).map(|(low, high)| (low + high) / 2),
    };
    rates
}

/// How each person reviewed, and all of them together.
pub fn rated(all: &[Past]) -> (BTreeMap<String, Rates>, Rates) {
    let undone: BTreeSet<(&str, i64)> = all.iter().filter_map(|it| Some((it.candidate.as_str(), it.undoes?))).collect();
    let counts: Vec<&Past> =
        all.iter().filter(|it| it.step == Step::Decided && !undone.contains(&(it.candidate.as_str(), it.number))).collect();
    let people: BTreeSet<&str> = counts.iter().map(|it| it.who.as_str()).collect();
    let of = |who: &str| rates(counts.iter().copied().filter(|it| it.who == who));
    (people.into_iter().map(|who| (who.to_owned(), of(who))).collect(), rates(counts.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::desk::decision::{Decision, Reason, Scope, Spot};
    use crate::records::decision::Shown;

    fn spot() -> Spot {
        Spot { school: "S1".into(), seat: "p".into(), coach: "K1".into() }
    }

    fn step(number: i64, who: &str, step: Step) -> Past {
        let decided = |decision| Decided {
            candidate: "Z1".into(),
            decision,
            run: Some("r1".into()),
            version: number,
            at: number,
            who: who.into(),
            lapsed: None,
            kept: true,
        };
        Past {
            candidate: "Z1".into(),
            number,
            step,
            stands: (step == Step::Decided).then(|| decided(Decision::Fixed(spot()))),
            before: None,
            undoes: None,
            group: None,
            shown: Shown::default(),
            seconds: None,
            who: who.into(),
            role: Role::Intermediair,
            at: number,
        }
    }

    fn undo(number: i64, who: &str, undoes: i64) -> Past {
        Past { undoes: Some(undoes), ..step(number, who, Step::Undone) }
    }

    fn numbers(steps: Vec<&Past>) -> Vec<i64> {
        steps.into_iter().map(|it| it.number).collect()
    }

    #[test]
    fn the_newest_step_is_the_last_that_was_not_taken_back_and_a_group_is_one() {
        let own = [undo(5, "a", 4), step(4, "a", Step::Decided), step(2, "a", Step::Withdrawn), step(1, "a", Step::Decided)];
        assert_eq!(numbers(newest(&own)), [2]);
        let grouped = |number| Past { group: Some("g".into()), ..step(number, "a", Step::Decided) };
        assert_eq!(numbers(newest(&[grouped(7), grouped(6), step(5, "a", Step::Decided)])), [7, 6]);
        assert_eq!(numbers(newest(&own[..2])), Vec::<i64>::new());
    }

    #[test]
    fn a_step_on_which_somebody_else_built_stays_and_one_that_they_took_back_is_nothing_built() {
        let mine = Past { before: Some(1), ..step(2, "a", Step::Decided) };
        let first = step(1, "b", Step::Decided);
        let found = back(&mine, &[first.clone(), mine.clone()]).expect("nobody built on it");
        assert_eq!(found.then, first.stands);
        let theirs = step(3, "b", Step::Withdrawn);
        let wrong = back(&mine, &[first.clone(), mine.clone(), theirs.clone()]).expect_err("somebody built on it");
        assert_eq!((wrong.len(), wrong[0].data["door"].as_str(), wrong[0].data["soort"].as_str()), (1, Some("b"), Some("intrekking")));
        let taken_back = [first.clone(), mine.clone(), theirs, undo(4, "b", 3)];
        assert!(back(&mine, &taken_back).is_ok());
        assert!(back(&mine, &[first, mine.clone(), step(3, "a", Step::Lapsed)]).is_err(), "also one's own lapsing");
        assert_eq!(back(&mine, std::slice::from_ref(&mine)).expect_err("the one before is gone")[0].code, "gewist");
    }

    #[test]
    fn what_stands_again_is_known_to_a_run_that_was_made_with_it() {
        let then = step(2, "b", Step::Decided).stands.expect("a decision");
        let told = |current| {
            let again = again(Decided { kept: false, ..then.clone() }, 5, 6, current);
            (again.version, again.run, again.kept)
        };
        assert_eq!(told(Some(("r9", 4))), (6, Some("r9".into()), true));
        assert_eq!(told(Some(("r9", 5))), (6, Some("r1".into()), false));
        assert_eq!(told(Some(("r9", 1))), (6, Some("r1".into()), false));
        assert_eq!(told(None), (6, Some("r1".into()), false));
    }

    #[test]
    fn rates_leave_out_what_was_undone_and_the_median_is_of_what_was_looked_at() {
        let mut rejected = step(3, "b", Step::Decided);
        rejected.stands = rejected.stands.map(|it| Decided {
            decision: Decision::Rejected { spot: spot(), scope: Scope::Coach, reason: Some(Reason::Other), until: None },
            kept: false,
            ..it
        });
        let looked = |number, seconds| Past { seconds: Some(seconds), ..step(number, "a", Step::Decided) };
        let all = [looked(1, 10), looked(2, 40), Past { seconds: Some(70), ..rejected }, looked(4, 99), undo(5, "a", 4)];
        let (people, total) = rated(&all);
        assert_eq!(people["a"], Rates { decided: 2, overruled: 0, median: Some(25), groups: 0, in_groups: 0 });
        assert_eq!(people["b"], Rates { decided: 1, overruled: 1, median: Some(70), groups: 0, in_groups: 0 });
        assert_eq!((total.decided, total.overruled, total.median), (3, 1, Some(40)));
    }

    #[test]
    fn how_long_was_looked_is_known_while_somebody_was_there() {
        let opened = |began, seen| Opened { candidate: "Z1".into(), run: "r".into(), who: "a".into(), parts: vec![], began, seen };
        assert_eq!(seconds(&opened(Some(1_000), 1_000), 43_500), Some(42));
        assert_eq!(seconds(&opened(Some(1_000), 1_000), 1_000 + PAUSE + 1), None, "the page was left open");
        assert_eq!(seconds(&opened(None, 1_000), 2_000), None, "decided already");
    }
}
