//! What is true of a candidate's placement, or of having none, as a letter may say it: about the candidate alone.

use std::collections::{BTreeMap, HashMap};

use loket_instances::matching::outcome::ReasonLine;
use loket_instances::matching::read::Loaded;
use loket_instances::words::to_you::{helps, reason_to_you};
use loket_solver::matching::facts::codes::{ReasonCode, TermCode};
use loket_solver::matching::facts::ids::{CandidateId, CoachId, SeatId};
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{HalfDay, HalfDays, Word};
use loket_solver::matching::judge;
use loket_solver::matching::judge::fairness::choice;

use crate::records::explained::{Change, WhyNone};

/// Why a placement suits a candidate: true of the wave that was solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The candidate works at this school already.
    Stays,
    /// The candidate has this coach already.
    SameCoach,
    /// The bouw is the first or second choice (0 and 1).
    Choice(usize),
    /// Travel is within what holds for the candidate, both in minutes.
    Travel {
        /// How long it takes.
        minutes: u32,
        /// How long it may take.
        most: u32,
    },
    /// The coach has what the candidate wished for.
    Wish,
    /// The school works by a concept that the candidate likes.
    Concept,
}

/// How many of them a letter gives.
const MOST: usize = 2;

/// Where somebody is placed, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot<'a> {
    /// The school.
    pub school: &'a str,
    /// The seat group there.
    pub seat: &'a str,
    /// The coach.
    pub coach: &'a str,
}

/// The rows of a wave by their ids.
#[derive(Debug)]
pub struct Facts<'a> {
    wave: &'a Wave,
    candidates: HashMap<&'a str, CandidateId>,
    seats: HashMap<(&'a str, &'a str), SeatId>,
    coaches: HashMap<&'a str, CoachId>,
    boards: HashMap<&'a str, &'a str>,
}

impl<'a> Facts<'a> {
    /// Of a wave that was read.
    pub fn of(loaded: &'a Loaded) -> Self {
        let wave = &loaded.wave;
        Self {
            wave,
            candidates: wave.candidates.pairs().map(|(id, it)| (it.id.as_str(), id)).collect(),
            seats: wave.seats.pairs().map(|(id, it)| ((wave.schools[it.school].id.as_str(), it.id.as_str()), id)).collect(),
            coaches: wave.coaches.pairs().map(|(id, it)| (it.id.as_str(), id)).collect(),
            boards: wave.schools.iter().map(|it| (it.id.as_str(), wave.boards[it.board].id.as_str())).collect(),
        }
    }

    /// A placement in the wave; nothing when the wave does not have all of it.
    fn placement(&self, candidate: &str, at: Spot<'_>) -> Option<(CandidateId, Placement)> {
        let candidate = *self.candidates.get(candidate)?;
        Some((candidate, Placement { seat: *self.seats.get(&(at.school, at.seat))?, coach: *self.coaches.get(at.coach)? }))
    }

    /// The board of a school, by id.
    pub fn board(&self, school: &str) -> Option<&'a str> {
        self.boards.get(school).copied()
    }

    /// Minutes of travel to a school, where the wave has both.
    pub fn travel(&self, candidate: &str, at: Spot<'_>) -> Option<u32> {
        let (candidate, placement) = self.placement(candidate, at)?;
        Some(self.wave.travel.candidate(candidate, placement.school(self.wave)))
    }

    /// How long a candidate may travel, in minutes.
    pub fn most_travel(&self, candidate: &str) -> Option<u32> {
        self.candidates.get(candidate).map(|&id| self.wave.candidates[id].max_travel)
    }

    /// Half-days that the candidate and the duo colleague are both there, in the order of the week; who names none is there all week.
    pub fn half_days(&self, candidate: &str, at: Spot<'_>) -> Vec<HalfDay> {
        let Some((candidate, placement)) = self.placement(candidate, at) else { return Vec::new() };
        let there = |days: HalfDays, day: HalfDay| days.is_empty() || days.has(day);
        let (own, seat) = (self.wave.candidates[candidate].half_days, self.wave.seats[placement.seat].half_days);
        HalfDay::ALL.iter().copied().filter(|&day| there(own, day) && there(seat, day)).collect()
    }

    /// Why a placement suits a candidate, what says most first; at most two, and none where the wave does not have all of it.
    pub fn why(&self, candidate: &str, at: Spot<'_>) -> Vec<Why> {
        let Some((candidate, placement)) = self.placement(candidate, at) else { return Vec::new() };
        let (wave, person) = (self.wave, &self.wave.candidates[candidate]);
        let school = placement.school(wave);
        let minutes = wave.travel.candidate(candidate, school);
        let scored = |code| judge::points(wave, candidate, placement).iter().any(|&(term, points)| term == code && points > 0);
        let chosen = choice(wave, candidate, placement);
        let all = [
            (person.current_school == Some(school)).then_some(Why::Stays),
            (person.current_coach == Some(placement.coach)).then_some(Why::SameCoach),
            (chosen < 2).then_some(Why::Choice(chosen)),
            (minutes <= person.max_travel).then_some(Why::Travel { minutes, most: person.max_travel }),
            scored(TermCode::Coachwens).then_some(Why::Wish),
            scored(TermCode::Concept).then_some(Why::Concept),
        ];
        all.into_iter().flatten().take(MOST).collect()
    }
}

/// Why somebody has no place, and what would help, in sentences to that person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoPlace {
    /// Why.
    pub reasons: Vec<String>,
    /// What would help that the person can change.
    pub helps: Helps,
}

/// What would help somebody who has no place, and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Helps {
    /// It was worked out that each of these alone would have been enough.
    Each(Vec<String>),
    /// It was not worked out whether these are enough.
    Perhaps(Vec<String>),
}

impl Helps {
    /// What it is, whether it was worked out or not.
    pub fn list(self) -> Vec<String> {
        match self {
            Self::Each(list) | Self::Perhaps(list) => list,
        }
    }
}

impl Default for Helps {
    fn default() -> Self {
        Self::Perhaps(Vec::new())
    }
}

/// What was worked out to help a candidate, whose limit of travel in minutes this is; nothing where nothing was confirmed. That nothing would have
/// helped is never said: the solver looks at the changes that open most, not at everything that somebody can change.
pub fn worked_out(why: &WhyNone, limit: u32, boards: &BTreeMap<String, String>) -> Option<Helps> {
    let sentence = |it: &Change| match it.kind.as_str() {
        "reistijd" => it.by.map(|by| {
            let most = i64::from(limit) + by;
            format!("Tot {most} minuten willen reizen. Nu is dat voor u {limit} minuten.")
        }),
        "bouw" => it.bouw.as_ref().map(|bouw| format!("Ook in de {bouw} willen werken.")),
        "schoolsoort" => it.school_kind.as_ref().map(|kind| format!("Ook op {} willen werken.", school_kind(kind))),
        "bestuur" => it.board.as_ref().map(|id| format!("Ook bij {} willen werken.", boards.get(id).unwrap_or(id))),
        // The rest is a coach's, a board's or the policy's to change.
        _ => None,
    };
    let confirmed = why.openings.iter().filter(|it| it.places == Some(true));
    let all: Vec<String> = confirmed.filter_map(|it| sentence(&it.change)).collect();
    (!all.is_empty()).then_some(Helps::Each(all))
}

/// A kind of school as people say it.
fn school_kind(code: &str) -> &str {
    match code {
        "bo" => "een gewone basisschool",
        "sbo" => "een school voor speciaal basisonderwijs",
        "so" => "een school voor speciaal onderwijs",
        other => other,
    }
}

/// The same of the reasons in an outcome. A code that this program does not know is left out: nothing is made up.
pub fn no_place(reasons: &[ReasonLine]) -> NoPlace {
    let known: Vec<(ReasonCode, &ReasonLine)> = reasons.iter().filter_map(|it| Some((ReasonCode::parse(&it.code)?, it))).collect();
    NoPlace {
        reasons: known.iter().map(|(code, _)| reason_to_you(*code).to_owned()).collect(),
        helps: Helps::Perhaps(known.iter().filter_map(|(code, line)| helps(*code, &line.data)).collect()),
    }
}

/// Half-days by their codes, with commas, as a placement is kept.
pub fn half_days(codes: &str) -> Vec<HalfDay> {
    codes.split(',').filter_map(HalfDay::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::explained::Explained;

    fn told(kind: &str, openings: &str) -> Option<Helps> {
        let answer = format!(r#"{{ "waarom_geen": {{ "soort": "{kind}", "openingen": {openings} }} }}"#);
        let none = Explained::read(answer.as_bytes()).expect("an answer").none.expect("why none");
        worked_out(&none, 40, &BTreeMap::from([("B1".to_owned(), "Stichting Vaart".to_owned())]))
    }

    #[test]
    fn a_letter_says_what_was_worked_out_and_no_more() {
        let opening = |what: &str, places: &str| format!(r#"{{ "wat": {{ {what} }}, "plekken": 3, "geeft_plaats": {places} }}"#);
        let travel = opening(r#""soort": "reistijd", "erbij": 5"#, "true");
        let board = opening(r#""soort": "bestuur", "bestuur": "B1""#, "true");
        let coach = opening(r#""soort": "coachreistijd", "erbij": 5, "coach": "K1""#, "true");
        let full = opening(r#""soort": "bouw", "bouw": "bovenbouw""#, "false");
        let open = opening(r#""soort": "bouw", "bouw": "bovenbouw""#, "null");
        let sure = told("regels", &format!("[{travel}, {board}, {coach}, {full}]"));
        let said = ["Tot 45 minuten willen reizen. Nu is dat voor u 40 minuten.", "Ook bij Stichting Vaart willen werken."];
        assert_eq!(sure, Some(Helps::Each(said.map(str::to_owned).to_vec())));
        assert_eq!(
            told("regels", &format!("[{full}, {coach}, {open}]")),
            None,
            "what is not confirmed, or is a coach's to change, is not told"
        );
        assert_eq!(told("grenzen", "[]"), None, "other wishes were not looked at");
    }
}
