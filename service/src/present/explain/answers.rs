//! One question about an outcome: asked of the solver, allowed for who asks, and answered in parts as they are found.

use std::sync::mpsc::channel;

use loket_solver::common::control::Control;
use loket_solver::matching::ask::explain::alternatives::{self, Alternative, Alternatives, By, Start};
use loket_solver::matching::ask::explain::ask::{Answer, ask};
use loket_solver::matching::ask::explain::change::{Change, Spot};
use loket_solver::matching::ask::explain::fits::{Fits, fits};
use loket_solver::matching::ask::explain::none::{self, why_none};
use loket_solver::matching::ask::explain::rest::{Rest, rest};
use loket_solver::matching::ask::explain::scarcity::{Actor, Scarcity, actor, scarcity};
use loket_solver::matching::ask::explain::why::{Why, why};
use loket_solver::matching::ask::explain::{Base, Standing};
use loket_solver::matching::facts::ids::{BoardId, CandidateId};
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use serde_json::{Map, Value};

use super::view::{Lens, View};
use super::{json, pages, seen, terms};
use crate::present::sheet::Sheet;

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Why this placement, or why none, and what else.
    Why {
        /// Who.
        candidate: CandidateId,
        /// How many alternatives at most.
        alternatives: usize,
    },
    /// Who fits here.
    Fits {
        /// Where or with whom.
        spot: Spot,
        /// How many candidates are worked out at most.
        most: usize,
    },
    /// What one seat, coach place or ten minutes more would bring.
    Scarcity {
        /// How many changes are worked out at most.
        most: usize,
        /// Only what this board can change.
        board: Option<BoardId>,
        /// Also what it takes to place the rest.
        rest: bool,
    },
    /// What if all of this holds.
    WhatIf(Vec<Change>),
}

impl Question {
    /// Whether prices learned from one more solve are worth it: for several questions in a row, not for one.
    pub fn asks_often(&self) -> bool {
        !matches!(self, Question::WhatIf(_))
    }
}

/// Whether this view may ask this.
///
/// # Errors
/// Why not, Dutch.
pub fn allowed(view: View, wave: &Wave, plan: &Plan, question: &Question) -> Result<(), &'static str> {
    match (view, question) {
        (View::Intermediary, _) => Ok(()),
        (View::Candidate(own), Question::Why { candidate, .. }) if own == *candidate => Ok(()),
        (View::Candidate(_), _) => Err("Een kandidaat kan alleen vragen naar de eigen plaatsing."),
        (View::Board(board), question) => {
            let own = |school| wave.schools[school].board == board;
            match question {
                Question::Why { candidate, .. } if plan[*candidate].is_some_and(|it| own(it.school(wave))) => Ok(()),
                Question::Why { .. } => Err("Een bestuur kan alleen vragen naar wie op een eigen school geplaatst is."),
                Question::Fits { spot, .. } => {
                    let school = spot.school.or_else(|| spot.seat.map(|seat| wave.seats[seat].school));
                    let may = spot.coach.is_none() && school.is_some_and(own);
                    if may { Ok(()) } else { Err("Een bestuur kan alleen vragen naar eigen scholen, en niet naar coaches.") }
                }
                Question::Scarcity { board: Some(of), rest: false, .. } if *of == board => Ok(()),
                Question::Scarcity { .. } => Err("Een bestuur kan alleen vragen wat het zelf kan veranderen."),
                Question::WhatIf(_) => Err("Een bestuur kan geen wat-als vragen."),
            }
        }
    }
}

/// A whole answer for machines, part by part: each under its key, the same in sentences (`uitleg`), and what the terms in it mean
/// (`begrippen`).
#[derive(Clone, Debug, Default)]
pub struct Page {
    parts: Map<String, Value>,
    sentences: Vec<String>,
}

impl Page {
    /// Adds a part.
    pub fn add(&mut self, part: &Part<'_>, lens: &Lens<'_>) {
        self.sentences.extend(part.sheet(lens).sentences());
        if let Some((key, value)) = part.json(lens) {
            self.parts.insert(key.to_owned(), value);
        }
    }

    /// The whole.
    pub fn json(mut self, lens: &Lens<'_>) -> Value {
        let terms = terms::found(lens.policy(), &self.parts);
        self.parts.insert("uitleg".into(), self.sentences.into());
        self.parts.insert("begrippen".into(), serde_json::to_value(terms).unwrap_or_default());
        Value::Object(self.parts)
    }
}

/// A part of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Part<'p> {
    /// How the plan itself stands, when it was not proven.
    Standing(&'p Standing),
    /// Why this placement.
    Why(CandidateId, &'p Why),
    /// Why none.
    WhyNone(CandidateId, &'p none::Why),
    /// What would be chosen next, before anything else is worked out; it comes back in full among the alternatives.
    Next(CandidateId, &'p Alternative),
    /// Alternatives follow.
    AlternativesHead(CandidateId),
    /// One alternative, with its position from 1 among those that may be seen.
    Alternative(CandidateId, usize, &'p Alternative),
    /// All alternatives together.
    Alternatives(&'p Alternatives),
    /// Who fits.
    Fits(Spot, &'p Fits),
    /// What is scarce.
    Scarcity(&'p Scarcity),
    /// What it takes to place the rest.
    Rest(&'p Rest),
    /// What if.
    WhatIf(&'p [Change], &'p Answer),
}

impl Part<'_> {
    /// For machines: its key in the answer and its value; nothing where the whole answer says it.
    pub fn json(&self, lens: &Lens<'_>) -> Option<(&'static str, Value)> {
        let (key, value) = match self {
            Part::Standing(it) => ("plan", serde_json::to_value(json::standing(lens, it))),
            Part::Why(candidate, it) => ("waarom", serde_json::to_value(json::why(lens, *candidate, it))),
            Part::WhyNone(candidate, it) => ("waarom_geen", serde_json::to_value(json::why_none(lens, *candidate, it))),
            Part::Next(..) | Part::AlternativesHead(_) | Part::Alternative(..) => return None,
            Part::Alternatives(it) => ("alternatieven", serde_json::to_value(json::alternatives(lens, it))),
            Part::Fits(_, it) => ("passen", serde_json::to_value(json::fits(lens, it))),
            Part::Scarcity(it) => ("schaarste", serde_json::to_value(json::scarcity(lens, it))),
            Part::Rest(it) => ("rest", serde_json::to_value(json::rest(lens, it))),
            Part::WhatIf(_, it) => ("wat_als", serde_json::to_value(json::answer(lens, it))),
        };
        // Nothing in these types can fail to be written.
        Some((key, value.unwrap_or_default()))
    }

    /// For people.
    pub fn sheet(&self, lens: &Lens<'_>) -> Sheet {
        match self {
            Part::Standing(it) => pages::standing(lens, it),
            Part::Why(candidate, it) => pages::why(lens, *candidate, it),
            Part::WhyNone(candidate, it) => pages::none(lens, *candidate, it),
            Part::Next(candidate, it) => pages::next(lens, *candidate, it),
            Part::AlternativesHead(candidate) => pages::alternatives_head(lens, *candidate),
            Part::Alternative(candidate, position, it) => pages::alternative(lens, *candidate, *position, it),
            Part::Alternatives(it) => pages::alternatives_end(lens, it),
            Part::Fits(spot, it) => pages::fits(lens, *spot, it),
            Part::Scarcity(it) => pages::scarcity(lens, it),
            Part::Rest(it) => pages::rest(lens, it),
            Part::WhatIf(changes, it) => pages::what_if(lens, changes, it),
        }
    }

    /// Whether it was stopped before everything was worked out.
    pub fn stopped(&self) -> bool {
        match self {
            Part::Why(_, it) => it.stopped,
            Part::Alternatives(it) => it.stopped,
            Part::Fits(_, it) => it.stopped,
            Part::Scarcity(it) => it.stopped,
            Part::Rest(it) => it.stopped,
            Part::WhatIf(_, it) => matches!(it, Answer::Stopped),
            Part::WhyNone(_, it) => it.stopped(),
            Part::Standing(_) | Part::Next(..) | Part::AlternativesHead(_) | Part::Alternative(..) => false,
        }
    }

    /// Whether what was asked cannot be.
    pub fn impossible(&self) -> bool {
        matches!(self, Part::WhatIf(_, Answer::Impossible(_) | Answer::Contradiction(_)))
    }
}

/// Answers a question; each part is told as soon as it is found, in the order of the page.
///
/// # Errors
/// What `tell` could not do; nothing more is told then.
pub fn answer<E: Send>(
    base: &Base<'_>,
    lens: &Lens<'_>,
    question: &Question,
    control: &dyn Control,
    tell: &mut dyn FnMut(Part<'_>) -> Result<(), E>,
) -> Result<(), E> {
    if let Some(standing) = base.standing() {
        tell(Part::Standing(&standing))?;
    }
    match question {
        Question::Why { candidate, alternatives } => about(base, lens, (*candidate, *alternatives), control, tell),
        Question::Fits { spot, most } => tell(Part::Fits(*spot, &fits(base, *spot, *most, control))),
        Question::Scarcity { most, board, rest: more } => {
            let own = |change: &Change| board.is_none_or(|board| actor(base.wave, change) == Actor::Board(board));
            tell(Part::Scarcity(&scarcity(base, *most, &own, control)))?;
            if *more { tell(Part::Rest(&rest(base, control))) } else { Ok(()) }
        }
        Question::WhatIf(changes) => tell(Part::WhatIf(changes, &ask(base, changes, control))),
    }
}

/// Why, or why none, and what else.
fn about<E: Send>(
    base: &Base<'_>,
    lens: &Lens<'_>,
    (candidate, most): (CandidateId, usize),
    control: &dyn Control,
    tell: &mut dyn FnMut(Part<'_>) -> Result<(), E>,
) -> Result<(), E> {
    if let Some(found) = why_none(base, candidate, 3, control) {
        return tell(Part::WhyNone(candidate, &found));
    }
    // What would be chosen next makes every other question about this candidate quicker.
    let mut start = (most > 0).then(|| Start::new(base, candidate, By::Seat, &[], control));
    let near = start.as_ref().map_or_else(|| base.clone(), |start| start.near(base));
    if let Some(next) = start.as_mut().and_then(|start| start.first(base, control)).filter(|next| seen::alternative(lens, next)) {
        tell(Part::Next(candidate, &next))?;
    }
    // Both are asked at the same time; alternatives wait for their turn.
    let (found, told) = channel();
    let all = std::thread::scope(|scope| {
        let asked = scope.spawn(move || {
            // Nobody listens any more when the page could not be written.
            start.map(|start| alternatives::from(base, start, most, control, &mut |it| drop(found.send(it.clone()))))
        });
        if let Some(found) = why(&near, candidate, 3, control) {
            tell(Part::Why(candidate, &found))?;
        }
        if most > 0 {
            tell(Part::AlternativesHead(candidate))?;
            for (position, it) in (1..).zip(told.iter().filter(|it| seen::alternative(lens, it))) {
                tell(Part::Alternative(candidate, position, &it))?;
            }
        }
        Ok(asked.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    all.map_or(Ok(()), |all| tell(Part::Alternatives(&all)))
}
