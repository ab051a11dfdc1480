//! Words of the review pages: what is read is chosen here, by exhaustive match.

use jiff::civil::Date;
use loket_instances::words::reasons::{in_the_way, pair_rule};
use loket_solver::matching::facts::codes::{ReasonCode, RuleCode};
use loket_solver::matching::facts::words::{Bouw, Word};

use crate::actions::review::list::Listed;
use crate::desk::asking::{NoReason, Stance};
use crate::desk::decision::{Reason, Scope, Spot};
use crate::desk::named::apart;
use crate::desk::review::list::{Order, Section, Shown, State};
use crate::desk::review::sight::{Focus, Tag};
use crate::pages::days;
use crate::pages::messages::Messages;
use crate::present::dutch::{list, number};
use crate::records::decision::Decided;
use crate::records::explained::{At, Effect};
use crate::store::clock::Clock;

/// An icon with its kind of colour and a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Its class.
    pub kind: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Its word.
    pub word: String,
}

impl Sign {
    /// A sign.
    pub fn new(kind: &'static str, icon: &'static str, word: impl Into<String>) -> Self {
        Self { kind, icon, word: word.into() }
    }
}

/// The words of these pages.
pub type Words = crate::pages::messages::Review;

/// What words are chosen with.
#[derive(Clone, Copy, Debug)]
pub struct Say<'a> {
    /// The messages.
    pub m: Messages,
    /// The plan with its names.
    pub on: &'a Listed,
}

impl<'a> Say<'a> {
    /// Chooses words about this plan.
    pub fn new(m: Messages, on: &'a Listed) -> Self {
        Self { m, on }
    }

    /// Why a row is looked at.
    pub fn tag(&self, tag: &Tag) -> String {
        let m = self.m.review;
        match tag {
            Tag::LeavesSchool => m.tag_school().into(),
            Tag::Choice(rank) => m.tag_choice(rank),
            Tag::FitsLess => m.tag_fits().into(),
            Tag::OtherCoach => m.tag_coach().into(),
            Tag::NearLimit { minutes, limit } => m.tag_travel(minutes, limit),
            Tag::FewDays { shared } => m.tag_days(i64::from(*shared)),
            Tag::NoPlace(ReasonCode::Rule(RuleCode::Reistijd), Some(far)) if *far > 0 => m.tag_far(*far),
            Tag::NoPlace(ReasonCode::Rule(RuleCode::Plekken), _) => m.tag_full().into(),
            Tag::NoPlace(..) => m.tag_none().into(),
        }
    }

    /// A kind of attention.
    pub fn focus(&self, focus: Focus) -> &'static str {
        let m = self.m.review;
        match focus {
            Focus::School => m.focus_school(),
            Focus::Choice => m.focus_choice(),
            Focus::Fits => m.focus_fits(),
            Focus::Coach => m.focus_coach(),
            Focus::Travel => m.focus_travel(),
            Focus::Days => m.focus_days(),
            Focus::NoPlace => m.focus_none(),
        }
    }

    /// Whose rows are shown.
    pub fn shown(&self, shown: Shown) -> &'static str {
        let m = self.m.review;
        match shown {
            Shown::ToDo => m.shown_to_do(),
            Shown::All => m.shown_all(),
            Shown::Done => m.shown_done(),
            Shown::Agreed => m.shown_agreed(),
            Shown::Fixed => m.shown_fixed(),
            Shown::Otherwise => m.shown_otherwise(),
            Shown::Rejected => m.shown_rejected(),
        }
    }

    /// An order.
    pub fn order(&self, order: Order) -> &'static str {
        let m = self.m.review;
        match order {
            Order::Attention => m.order_attention(),
            Order::Name => m.order_name(),
            Order::School => m.order_school(),
            Order::Travel => m.order_travel(),
            Order::Waiting => m.order_waiting(),
        }
    }

    /// A part of the list.
    pub fn section(&self, section: Section) -> &'static str {
        let m = self.m.review;
        match section {
            Section::Attention => m.section_attention(),
            Section::Ordinary => m.section_ordinary(),
            Section::NoPlace => m.section_none(),
        }
    }

    /// What was decided.
    pub fn state(&self, state: State) -> Sign {
        let m = self.m.review;
        match state {
            State::ToDo => Sign::new("quiet", "rondje", m.state_to_do()),
            State::Agreed => Sign::new("good", "vink", m.state_agreed()),
            State::Fixed => Sign::new("info", "slot", m.state_fixed()),
            State::Otherwise => Sign::new("info", "wissel", m.state_otherwise()),
            State::Rejected => Sign::new("bad", "kruis", m.state_rejected()),
        }
    }

    /// Bouwen in order of choice: "onder- of middenbouw".
    pub fn bouwen(&self, all: &[Bouw]) -> String {
        let words: Vec<String> = all.iter().map(|it| it.code().to_owned()).collect();
        list(&words).replace(" en ", &format!(" {} ", self.m.review.or()))
    }

    /// Which choice a bouw is.
    pub fn rank(&self, rank: Option<usize>) -> String {
        rank.map_or_else(|| self.m.review.not_chosen().into(), |rank| self.m.review.nth_choice(rank))
    }

    /// The bouw of a placement.
    pub fn bouw(&self, spot: &Spot) -> Option<Bouw> {
        self.on.sight.placement(spot).map(|it| self.on.sight.wave.seats[it.seat].bouw)
    }

    /// "De Ontdekker, bovenbouw".
    pub fn place(&self, spot: &Spot) -> String {
        let school = self.on.names.school(&spot.school);
        self.bouw(spot).map_or_else(|| school.to_owned(), |bouw| format!("{school}, {}", bouw.code()))
    }

    /// The same of a place that may be named in part, or that there is none.
    pub fn at(&self, at: Option<&At>) -> String {
        match at.map(At::spot) {
            None => self.m.review.no_place().into(),
            Some(Some(spot)) => self.place(&spot),
            Some(None) => at.and_then(|it| it.school.as_deref()).map_or_else(String::new, |id| self.on.names.school(id).to_owned()),
        }
    }

    /// What a change costs: every goal that changes.
    pub fn cost(&self, effect: &Effect) -> String {
        let m = self.m.review;
        let mut said: Vec<String> = Vec::new();
        for goal in &effect.goals {
            let unit = if said.is_empty() && goal.goal != "geplaatst" { format!(" {}", m.points()) } else { String::new() };
            match goal.exact {
                Some(0) => {}
                Some(more) if more > 0 => said.push(m.goal_more(number(more), unit, &goal.goal)),
                Some(less) => said.push(m.goal_less(number(-less), unit, &goal.goal)),
                None => {
                    let end = |it: Option<i64>| it.map_or_else(|| "?".to_owned(), number);
                    said.push(m.goal_between(&goal.goal, end(goal.least), end(goal.most)));
                }
            }
        }
        if said.is_empty() { m.costs_nothing().into() } else { said.join(", ") }
    }

    /// The schools of the wave by name, with the id where schools share one: nobody can tell them apart by that.
    pub fn schools(&self) -> Vec<(String, String)> {
        let names = self.on.sight.wave.schools.iter().map(|it| (it.id.clone(), self.on.names.school(&it.id).to_owned()));
        let mut schools: Vec<(String, String)> = apart(names.collect()).into_iter().collect();
        schools.sort_by(|one, other| one.1.cmp(&other.1));
        schools
    }

    /// How many others move.
    pub fn movers(&self, count: usize) -> String {
        match count {
            0 => self.m.review.nobody().into(),
            some => self.m.review.others(some),
        }
    }

    /// A rule in the way of one placement.
    pub fn rule(&self, rule: RuleCode, figures: Option<(i64, i64)>) -> String {
        let m = self.m.review;
        match (rule, figures) {
            (RuleCode::Reistijd, Some((has, asks))) => m.rule_travel(has, asks),
            (RuleCode::CoachReistijd, Some((has, asks))) => m.rule_coach_travel(has, asks),
            (RuleCode::Dagdelen, Some((has, asks))) => m.rule_days(has, asks),
            (rule, _) if rule.rule().overrulable => pair_rule(rule).into(),
            (rule, _) => in_the_way(rule),
        }
    }

    /// Why somebody rejects.
    pub fn reason(&self, reason: Reason) -> &'static str {
        let m = self.m.review;
        match reason {
            Reason::Travel => m.reason_travel(),
            Reason::Bouw => m.reason_bouw(),
            Reason::School => m.reason_school(),
            Reason::Coach => m.reason_coach(),
            Reason::Experience => m.reason_experience(),
            Reason::CandidateWish => m.reason_candidate(),
            Reason::SchoolWish => m.reason_school_wish(),
            Reason::Health => m.reason_health(),
            Reason::Other => m.reason_other(),
        }
    }

    /// How far a rejection reaches, of this placement.
    pub fn scope(&self, scope: Scope, spot: &Spot, board: &str) -> String {
        let (m, names) = (self.m.review, &self.on.names);
        match scope {
            Scope::Placement => m.scope_placement().into(),
            Scope::School => m.scope_school(names.school(&spot.school)),
            Scope::Coach => m.scope_coach(names.coach(&spot.coach)),
            Scope::Board => m.scope_board(names.board(board)),
        }
    }

    /// How far an answer is.
    pub fn stance(&self, stance: Stance, day: &str, reason: Option<NoReason>) -> Sign {
        let m = self.m.review;
        match stance {
            Stance::NotAsked => Sign::new("quiet", "rondje", m.answer_not_asked()),
            Stance::Asked => Sign::new("info", "klok", m.answer_asked(day)),
            Stance::Yes => Sign::new("good", "vink", m.answer_yes(day)),
            Stance::No => Sign::new("bad", "kruis", m.answer_no(reason.map_or_else(String::new, |it| it.code().replace('-', " ")))),
            Stance::Late => Sign::new("bad", "klok", m.answer_late(day)),
        }
    }

    /// A decision in a sentence, of whom it is about.
    pub fn decided(&self, candidate: &str, decided: Option<&Decided>) -> String {
        let (m, names) = (self.m.review, &self.on.names);
        let who = names.candidate(candidate);
        let Some(decided) = decided else { return m.said_nothing(who) };
        let place = decided.decision.spot().map(|it| self.place(it));
        match (&decided.decision, place) {
            (crate::desk::decision::Decision::Left, _) | (_, None) => m.said_left(who),
            (crate::desk::decision::Decision::Agreed(_), Some(_)) => m.said_agreed(who),
            (crate::desk::decision::Decision::Fixed(_), Some(place)) => m.said_fixed(who, place),
            (crate::desk::decision::Decision::Rejected { .. }, Some(place)) => m.said_rejected(who, place),
            (crate::desk::decision::Decision::Chosen { .. }, Some(place)) => m.said_chosen(who, place),
        }
    }

    /// A day as "24 nov", of a day or a moment.
    pub fn date(&self, day: Date) -> String {
        format!("{} {}", day.day(), days::month_short(self.m, day))
    }

    /// The same of a moment (UTC, milliseconds).
    pub fn moment(&self, at: i64, clock: &Clock) -> String {
        clock.day(at).map_or_else(String::new, |day| self.date(day))
    }

    /// The same of a text (yyyy-mm-dd).
    pub fn day(&self, text: &str) -> String {
        text.parse().map_or_else(|_| text.to_owned(), |day| self.date(day))
    }
}
