//! What differs between two plans, worked out once: the page and the JSON are both made of this.

use loket_instances::matching::outcome::{Technique, compose};
use loket_instances::words::reasons::reason_text;
use loket_solver::matching::ask::rerun::cause::Why;
use loket_solver::matching::ask::rerun::difference::{Difference, Kind, Moved};
use loket_solver::matching::facts::codes::ReasonCode;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::words::Status;
use loket_solver::matching::judge;

use super::{Compared, why};
use crate::present::names::{self, Spot, spot};
use crate::present::sheet::Unit;

/// A difference with everything that is shown of it.
pub struct Told<'a> {
    /// Of what.
    pub of: &'a Compared<'a>,
    /// How many it touches.
    pub counts: Counts,
    /// Everybody for whom something changes, in the order of the wave.
    pub people: Vec<Person<'a>>,
    /// Everybody who is no longer in the wave, with what they had.
    pub left: Vec<Left<'a>>,
    /// Key figures of both plans.
    pub figures: Vec<Figure>,
    /// The wave's own goals: those that compare with no previous plan.
    pub goals: Vec<Figure>,
}

/// How many people a difference touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Whose old placement cannot be any more.
    pub forced: usize,
    /// For whom something changes that could stay.
    pub changed: usize,
    /// Of these, also forced.
    pub both: usize,
    /// Who was placed and is no longer.
    pub dropped: usize,
}

/// Somebody for whom something changes.
pub struct Person<'a> {
    /// The id.
    pub id: &'a str,
    /// Id and name.
    pub name: String,
    /// How it changes.
    pub kind: Kind,
    /// How far the old placement had come, when that is more than a proposal.
    pub status: Option<Status>,
    /// The old placement.
    pub was: Option<Spot<'a>>,
    /// The new one.
    pub now: Option<Spot<'a>>,
    /// Why.
    pub causes: Vec<Cause<'a>>,
    /// Why there is no placement, elsewhere either: sentences.
    pub nowhere: Vec<String>,
}

/// One cause, with its sentence.
pub struct Cause<'a> {
    /// The cause.
    pub why: &'a Why,
    /// Where there is no room any more, for causes that are about room.
    pub at: Option<Spot<'a>>,
    /// In words.
    pub text: String,
}

/// Somebody who is no longer in the wave.
pub struct Left<'a> {
    /// The id.
    pub id: &'a str,
    /// Id and name.
    pub name: String,
    /// The placement before.
    pub was: Option<Spot<'a>>,
}

/// A figure before and after.
pub struct Figure {
    /// Its name in Dutch.
    pub name: String,
    /// What it counts in.
    pub unit: Unit,
    /// Before.
    pub was: i64,
    /// After.
    pub now: i64,
}

impl Counts {
    /// Of a difference.
    pub fn of(difference: &Difference) -> Counts {
        let count = |holds: &dyn Fn(&Moved) -> bool| difference.people.iter().filter(|moved| holds(moved)).count();
        Counts {
            forced: count(&|moved| moved.kind.forced()),
            changed: count(&|moved| moved.kind.changed()),
            both: count(&|moved| moved.kind == Kind::ForcedAndChosen),
            dropped: count(&|moved| moved.from.is_some() && moved.to.is_none()),
        }
    }
}

impl<'a> Told<'a> {
    /// Works out everything that is shown of a difference.
    pub fn new(of: &'a Compared<'a>) -> Told<'a> {
        let left = of.difference.left.iter().map(|&it| Left {
            id: &of.before.wave.candidates[it].id,
            name: names::person(of.before, it),
            was: of.old[it].map(|from| spot(of.before, from)),
        });
        Told {
            of,
            counts: Counts::of(of.difference),
            people: of.difference.people.iter().map(|moved| person(of, moved)).collect(),
            left: left.collect(),
            figures: figures(of),
            goals: goals(of),
        }
    }
}

fn person<'a>(of: &'a Compared<'a>, moved: &'a Moved) -> Person<'a> {
    let row = &of.after.wave.candidates[moved.candidate];
    let status = row.previous.as_ref().map(|it| it.status).filter(|&it| it != Status::Voorgesteld && moved.from.is_some());
    Person {
        id: &row.id,
        name: names::person(of.after, moved.candidate),
        kind: moved.kind,
        status,
        was: moved.from.map(|from| spot(of.before, from)),
        now: moved.to.map(|to| spot(of.after, to)),
        causes: moved.why.iter().map(|why| cause(of, moved, why)).collect(),
        nowhere: nowhere(of, moved),
    }
}

fn cause<'a>(of: &'a Compared<'a>, moved: &Moved, why: &'a Why) -> Cause<'a> {
    let at = match why {
        Why::Full { at, .. } | Why::Less { at, .. } => Some(spot(of.after, *at)),
        Why::CoachGone
        | Why::SchoolGone
        | Why::SeatGone
        | Why::CoachForbidden(_)
        | Why::SeatForbidden(_)
        | Why::Locked
        | Why::Better { .. }
        | Why::Equal => None,
    };
    Cause { why, at, text: why::sentence(of, moved, why) }
}

/// Why somebody without a place has none, elsewhere either: the reasons of the outcome.
fn nowhere(of: &Compared<'_>, moved: &Moved) -> Vec<String> {
    let unplaced = of.outcome.unplaced.iter().find(|(who, _)| *who == moved.candidate);
    let reasons = unplaced.map_or(&[][..], |(_, reasons)| reasons);
    let arrived = moved.kind == Kind::Arrived;
    let mut sentences: Vec<String> = reasons
        .iter()
        .map(|reason| match arrived || reason.code == ReasonCode::Goal {
            true => reason_text(reason),
            false => format!("Ook elders niet: {}", small_letter(&reason_text(reason))),
        })
        .collect();
    if arrived && !sentences.is_empty() && of.outcome.least_changes.is_some() && of.trade_off.is_none() {
        sentences.push("Misschien is er wel plek als er iemand opschuift: kijk met --trade-off.".into());
    }
    sentences
}

fn small_letter(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn figures(of: &Compared<'_>) -> Vec<Figure> {
    let technique = Technique { version: String::new(), engine: String::new(), seed: 0, seconds: 0.0, memory_mib: None };
    let counted = |loaded, plan: &Plan| {
        let mut outcome = of.outcome.clone();
        outcome.plan = Some(plan.clone());
        outcome.unplaced.clear();
        compose(loaded, &outcome, &technique).figures
    };
    let (was, now) = (counted(of.before, of.old), counted(of.after, of.new));
    let figure = |name: &str, unit, was, now| Figure { name: name.into(), unit, was, now };
    vec![
        figure("geplaatst", Unit::One, was.placed, now.placed),
        figure("bouw van 1e keus", Unit::One, was.first_bouw, now.first_bouw),
        figure("reistijd gemiddeld", Unit::Minutes, was.mean_travel, now.mean_travel),
        figure("kosten", Unit::Cents, was.cost_cents, now.cost_cents),
    ]
}

fn goals(of: &Compared<'_>) -> Vec<Figure> {
    let goals = of.after.wave.policy.goals.iter().filter(|goal| !goal.keeps_agreements());
    goals
        .map(|goal| Figure {
            name: goal.name.clone(),
            unit: Unit::One,
            was: judge::value(&of.before.wave, goal, of.old),
            now: judge::value(&of.after.wave, goal, of.new),
        })
        .collect()
}
