//! A difference between two plans as it is drawn: figures, people in groups with why, the answers so far, and goals before and after.

use std::collections::BTreeMap;

use crate::actions::answers::Case;
use crate::desk::asking::{Party, Stance};
use crate::pages::frame::Frame;
use crate::pages::told::GoalRow;
use crate::pages::{paths, told};
use crate::present::dutch::{euros, number};
use crate::present::rerun::people::{Cause, Difference, Moved, Place};
use loket_solver::matching::facts::words::{Bouw, Word};

/// A figure with what it counts.
pub struct Figure {
    /// How many.
    pub count: String,
    /// Of what.
    pub says: String,
}

/// An answer so far.
pub struct Answer {
    /// Whose.
    pub party: &'static str,
    /// Kind and icon of how it is.
    pub kind: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// The same in a word.
    pub says: &'static str,
}

/// Somebody for whom something changes.
pub struct Person {
    /// By name.
    pub name: String,
    /// Where the review of this person is.
    pub place: String,
    /// What stays.
    pub stays: String,
    /// What it was.
    pub was: String,
    /// What it becomes.
    pub now: String,
    /// Why.
    pub why: Vec<String>,
    /// The three answers, of a plan that counts.
    pub answers: Vec<Answer>,
}

/// People for whom something changes in the same way.
pub struct Group {
    /// The icon.
    pub icon: &'static str,
    /// A class of it.
    pub kind: &'static str,
    /// What they have in common.
    pub says: String,
    /// Who.
    pub people: Vec<Person>,
}

/// A difference as it is drawn.
pub struct Shown {
    /// How many people it touches, and how.
    pub figures: Vec<Figure>,
    /// Whether everybody stays at the own school.
    pub own_school: bool,
    /// Whether only coaches change.
    pub coaches_only: bool,
    /// Whether answers are shown.
    pub answers: bool,
    /// People.
    pub groups: Vec<Group>,
    /// What stands above the goals before and after.
    pub heads: (String, String),
    /// Goals, and the money.
    pub goals: Vec<GoalRow>,
    /// Who has no place any more, by name.
    pub dropped: Vec<String>,
    /// How many had given all three answers.
    pub answered: usize,
}

impl Shown {
    /// The same of people who exchange: nobody must move, and nobody makes room.
    pub fn exchanged(mut self, frame: &Frame) -> Self {
        let d = frame.m.dropouts;
        let why = || vec![told::capital(d.cause_exchange())];
        let people: Vec<Person> = self.groups.drain(..).flat_map(|it| it.people).map(|it| Person { why: why(), ..it }).collect();
        let others = self.figures.pop();
        self.figures = vec![Figure { count: whole(people.len()), says: d.exchanges(people.len()).to_owned() }];
        self.figures.extend(others);
        let says = d.group_exchange(people.len());
        self.groups = vec![Group { icon: "wissel", kind: "info", says, people }];
        self
    }
}

fn bouw(bouw: Bouw) -> &'static str {
    bouw.code()
}

fn whole(count: usize) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The difference; `cases` are the placements of the plan that counts with their answers, none of a plan that does not.
pub fn shown(frame: &Frame, wave: &str, found: &Difference, cases: Option<&[Case]>) -> Shown {
    let d = frame.m.dropouts;
    let (forced, chosen) = (found.forced().count(), found.chosen().count());
    let (fresh, dropped) = (found.fresh().count(), found.dropped());
    let only_coaches = |it: &Moved| it.causes.iter().any(|it| matches!(it, Cause::CoachGone(_)));
    let by_coach = forced > 0 && found.forced().all(only_coaches);
    let coaches_only = found.people.iter().all(|it| it.was.is_some() && it.now.is_some() && !it.elsewhere());
    let figure = |count: usize, says: String| Figure { count: whole(count), says };
    let mut figures = vec![
        figure(forced, if by_coach { d.must_coach(forced) } else { d.must(forced) }),
        figure(chosen, d.moves_along(chosen)),
        figure(dropped, d.loses(dropped)),
    ];
    if fresh > 0 {
        figures.push(figure(fresh, d.comes_in(fresh)));
    }
    figures.push(figure(found.same, d.notices_nothing(found.same)));
    let known: BTreeMap<&str, &Case> = cases.unwrap_or_default().iter().map(|it| (it.placing.candidate.as_str(), it)).collect();
    let people = |all: Vec<&Moved>| -> Vec<Person> { all.into_iter().map(|it| person(frame, wave, it, coaches_only, &known)).collect() };
    let mut groups = Vec::new();
    for (icon, kind, count, says, all) in [
        (
            "letop",
            "warn",
            forced,
            if by_coach { d.group_must_coach(forced) } else { d.group_must(forced) },
            found.forced().collect::<Vec<_>>(),
        ),
        ("wissel", "info", chosen, d.group_along(chosen), found.chosen().collect()),
        ("vink", "good", fresh, d.group_fresh(fresh), found.fresh().collect()),
    ] {
        if count > 0 {
            groups.push(Group { icon, kind, says, people: people(all) });
        }
    }
    if !found.gone.is_empty() {
        let gone = found.gone.iter().map(|it| Person {
            name: it.name.clone(),
            place: String::new(),
            stays: String::new(),
            was: it.was.as_ref().map_or_else(|| d.no_place().to_owned(), |it| place(frame, it)),
            now: String::new(),
            why: Vec::new(),
            answers: Vec::new(),
        });
        groups.push(Group { icon: "kruis", kind: "quiet", says: d.group_gone(found.gone.len()), people: gone.collect() });
    }
    let mut goals: Vec<GoalRow> = found.goals.iter().map(|it| told::goal_row(frame.m, it)).collect();
    let (was, now) = found.cost;
    let change = match now - was {
        0 => frame.m.told.equal().to_owned(),
        by if by < 0 => frame.m.told.less(euros(by.saturating_abs())),
        by => frame.m.told.more(euros(by)),
    };
    let kind = match now.cmp(&was) {
        std::cmp::Ordering::Greater => "warn",
        std::cmp::Ordering::Equal => "quiet",
        std::cmp::Ordering::Less => "good",
    };
    goals.push(GoalRow { name: d.money().to_owned(), was: euros(was), now: euros(now), change, kind });
    let moved = found.people.iter().filter(|it| it.was.is_some());
    let answered = |it: &&Moved| known.get(it.id.as_str()).is_some_and(|it| it.stances.iter().all(|it| *it == Stance::Yes));
    Shown {
        figures,
        own_school: !found.people.is_empty() && coaches_only,
        coaches_only,
        answers: cases.is_some_and(|all| all.iter().any(|it| it.stances.iter().any(|it| *it != Stance::NotAsked))),
        groups,
        heads: (d.now().to_owned(), d.then().to_owned()),
        goals,
        dropped: found.people.iter().filter(|it| it.was.is_some() && it.now.is_none()).map(|it| it.name.clone()).collect(),
        answered: moved.filter(answered).count(),
    }
}

fn place(frame: &Frame, at: &Place) -> String {
    let d = frame.m.dropouts;
    format!("{}, {}", d.place(&at.school_name, bouw(at.bouw)), d.with_coach(&at.coach_name))
}

fn person(frame: &Frame, wave: &str, moved: &Moved, coaches_only: bool, known: &BTreeMap<&str, &Case>) -> Person {
    let d = frame.m.dropouts;
    let stays = moved.was.as_ref().filter(|_| moved.now.is_some() && !moved.elsewhere());
    let told = |at: &Option<Place>| match at {
        None => d.no_place().to_owned(),
        Some(at) if stays.is_some() => {
            if coaches_only {
                at.coach_name.clone()
            } else {
                d.with_coach(&at.coach_name)
            }
        }
        Some(at) => place(frame, at),
    };
    let answers = known
        .get(moved.id.as_str())
        .filter(|_| moved.was.is_some())
        .map_or_else(Vec::new, |case| Party::ALL.iter().map(|&party| answer(frame, party, case.stance(party))).collect());
    Person {
        name: moved.name.clone(),
        place: paths::wave_reviewed(wave, &moved.id),
        stays: stays.map_or_else(String::new, |at| d.stays_at(&at.school_name, bouw(at.bouw))),
        was: told(&moved.was),
        now: told(&moved.now),
        why: moved.causes.iter().map(|it| told::capital(&told::cause(frame.m, it))).collect(),
        answers,
    }
}

fn answer(frame: &Frame, party: Party, stance: Stance) -> Answer {
    let d = frame.m.dropouts;
    let whose = match party {
        Party::Candidate => d.candidate_short(),
        Party::Board => d.board_short(),
        Party::Coach => d.coach_short(),
    };
    let (kind, icon, says) = match stance {
        Stance::NotAsked => ("quiet", "rondje", d.said_nothing()),
        Stance::Asked => ("quiet", "klok", d.said_asked()),
        Stance::Yes => ("good", "vink", d.said_yes()),
        Stance::No => ("bad", "kruis", d.said_no()),
        Stance::Late => ("bad", "letop", d.said_late()),
    };
    Answer { party: whose, kind, icon, says }
}
