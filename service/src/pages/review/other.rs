//! Other places for a candidate, with who moves and what each costs; also those that a rule forbids.

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Bouw, Word};

use super::picked::{Others, Query};
use super::say::Say;
use crate::actions::review::one::Answered;
use crate::desk::decision::Spot;
use crate::desk::review::list::State;
use crate::records::explained::{Better, Effect, Explained, Impossible, Moved, Price};

/// A way that is not, or not yet, the proposal.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The school, or what comes of it.
    pub title: String,
    /// Minutes of travel.
    pub minutes: String,
    /// Bouw, which choice that is, and the coach.
    pub sub: String,
    /// How many others move.
    pub movers: String,
    /// Whether many do.
    pub many: bool,
    /// Who moves, each in a sentence.
    pub who: Vec<String>,
    /// What it costs.
    pub cost: String,
    /// The rule that forbids it; empty when none does.
    pub forbidden: String,
    /// The rules that a person may set aside, by code; none when the rule cannot be.
    pub despite: Vec<&'static str>,
    /// The place.
    pub spot: Option<Spot>,
    /// Where it is chosen although a rule forbids it.
    pub anyway: String,
}

/// Most places that a rule forbids.
const FORBIDDEN: usize = 2;
/// From so many others on, many move.
const MANY: usize = 10;

/// The orders to choose from.
#[derive(Clone, Debug, Default)]
pub struct OrderView {
    /// Where the form goes.
    pub home: String,
    /// What else was picked.
    pub hidden: Vec<(&'static str, String)>,
    /// Code and words of each.
    pub all: Vec<(&'static str, &'static str)>,
    /// The one that is chosen.
    pub chosen: &'static str,
}

/// The orders to choose from, on the page of a candidate.
pub fn orders(say: &Say<'_>, picked: &Query, home: String) -> OrderView {
    let m = say.m.review;
    let words = |it: Others| match it {
        Others::Movers => m.otherwise_movers(),
        Others::Price => m.otherwise_price(),
        Others::Travel => m.otherwise_travel(),
    };
    OrderView {
        home,
        hidden: picked.pairs().into_iter().filter(|(key, _)| *key != "anders").collect(),
        all: Others::ALL.iter().map(|it| (it.code(), words(*it))).collect(),
        chosen: picked.others.code(),
    }
}

/// The other places of an answer in this order, and then those that a rule forbids. An answer has them by price.
pub fn lines(say: &Say<'_>, candidate: &str, answer: Option<&Explained>, order: Others) -> Vec<Line> {
    let Some(answer) = answer else { return Vec::new() };
    let mut open: Vec<(i64, Line)> = Vec::new();
    for it in answer.others.iter().flat_map(|it| &it.list) {
        let Some(spot) = it.at.spot() else { continue };
        let by = match order {
            Others::Movers => i64::try_from(it.price.others(candidate).count()).unwrap_or(i64::MAX),
            Others::Price => 0,
            Others::Travel => travel(say, candidate, &spot).unwrap_or(i64::MAX),
        };
        open.push((by, line(say, candidate, spot, &it.price)));
    }
    open.sort_by_key(|it| it.0);
    let shut = answer.why.iter().flat_map(|it| &it.may_not).filter_map(|it| forbidden(say, candidate, it)).take(FORBIDDEN);
    open.into_iter().map(|(_, line)| line).chain(shut).collect()
}

/// Minutes from the candidate to a place.
fn travel(say: &Say<'_>, candidate: &str, spot: &Spot) -> Option<i64> {
    let sight = &say.on.sight;
    let (id, at) = (sight.candidate(candidate)?, sight.placement(spot)?);
    Some(sight.wave.travel.candidate(id, at.school(&sight.wave)).into())
}

fn placed(say: &Say<'_>, candidate: &str, spot: &Spot) -> Line {
    let (on, m) = (say.on, say.m.review);
    let sight = &on.sight;
    let id = sight.candidate(candidate);
    let at = sight.placement(spot);
    let minutes = id.zip(at).map(|(id, at)| sight.wave.travel.candidate(id, at.school(&sight.wave)));
    let bouw: Option<Bouw> = at.map(|it| sight.wave.seats[it.seat].bouw);
    let choice = id.zip(bouw).map(|(id, bouw)| m.bouw_choice(bouw.code(), say.rank(sight.rank(id, bouw)))).unwrap_or_default();
    let same = id.and_then(|id| sight.plan[id]).zip(at).is_some_and(|(now, then)| now.coach == then.coach);
    let coach = if same { m.same_coach().to_owned() } else { m.with_coach(on.names.coach(&spot.coach)) };
    Line {
        title: on.names.school(&spot.school).to_owned(),
        minutes: minutes.map(|it| m.minutes(it)).unwrap_or_default(),
        sub: format!("{choice} · {coach}"),
        spot: Some(spot.clone()),
        ..Line::default()
    }
}

fn line(say: &Say<'_>, candidate: &str, spot: Spot, price: &Effect) -> Line {
    let count = price.others(candidate).count();
    Line {
        movers: say.movers(count),
        many: count >= MANY,
        who: price.others(candidate).map(|it| moves(say, it)).collect(),
        cost: say.cost(price),
        ..placed(say, candidate, &spot)
    }
}

/// Somebody who is placed otherwise then, in a sentence.
pub fn moves(say: &Say<'_>, it: &Moved) -> String {
    let (on, m) = (say.on, say.m.review);
    let state = on.everybody.iter().find(|row| row.candidate == it.candidate).map_or(State::ToDo, |row| row.state);
    let name = on.names.candidate(&it.candidate);
    let state = say.state(state).word;
    match (&it.from, &it.to) {
        (None, to) => m.moves_in(name, state, say.at(to.as_ref())),
        (from, None) => m.moves_out(name, state, say.at(from.as_ref())),
        (from, to) => m.moves(name, state, say.at(from.as_ref()), say.at(to.as_ref())),
    }
}

fn forbidden(say: &Say<'_>, candidate: &str, it: &Better) -> Option<Line> {
    let spot = it.at.spot()?;
    let rules: Vec<String> = it.obstacles.iter().map(|it| say.rule(it.rule.0, it.has.zip(it.asks))).collect();
    Some(Line {
        movers: say.m.review.unknown().into(),
        forbidden: rules.join("; "),
        despite: despite(it.obstacles.iter().map(|it| it.rule.0)),
        ..placed(say, candidate, &spot)
    })
}

/// The codes of rules when each of them may be set aside; else none.
fn despite(rules: impl Iterator<Item = RuleCode> + Clone) -> Vec<&'static str> {
    if rules.clone().all(|it| it.rule().overrulable) { rules.map(RuleCode::code).collect() } else { Vec::new() }
}

/// What came of asking about a school; nothing while it is worked out.
pub fn asked(say: &Say<'_>, candidate: &str, school: &str, answer: Answered) -> Option<Line> {
    let m = say.m.review;
    let title = say.on.names.school(school).to_owned();
    let plain = |forbidden: String| Some(Line { title: title.clone(), forbidden, ..Line::default() });
    match answer {
        Answered::NotAsked | Answered::Coming(_) => None,
        Answered::Failed => plain(m.question_failed().into()),
        Answered::There(it, _) => match it.what_if {
            Some(Price::Effect(effect)) => match effect.goes(candidate).map(crate::records::explained::At::spot) {
                Some(Some(spot)) => Some(line(say, candidate, spot, &effect)),
                // The plan has it already.
                _ => plain(m.is_there_already().into()),
            },
            Some(Price::Impossible(it)) => Some(Line { title, ..cannot(say, candidate, &it) }),
            Some(Price::Stopped(_)) | None => plain(m.question_failed().into()),
        },
    }
}

fn cannot(say: &Say<'_>, candidate: &str, it: &Impossible) -> Line {
    let mut rules: Vec<RuleCode> = Vec::new();
    for rule in it.clashes.iter().filter(|it| it.candidate == candidate).flat_map(|it| &it.rules) {
        if !rules.contains(&rule.0) {
            rules.push(rule.0);
        }
    }
    if rules.is_empty() {
        return Line { forbidden: say.m.review.cannot().into(), ..Line::default() };
    }
    let words: Vec<String> = rules.iter().map(|it| say.rule(*it, None)).collect();
    Line { forbidden: words.join("; "), despite: despite(rules.into_iter()), ..Line::default() }
}

/// What follows when a candidate is kept from a place, in a sentence.
pub fn follows(say: &Say<'_>, candidate: &str, answer: &Answered) -> String {
    let m = say.m.review;
    let name = say.on.names.first(candidate);
    match answer {
        Answered::NotAsked | Answered::Coming(_) => m.being_worked_out().into(),
        Answered::Failed => m.question_failed().into(),
        Answered::There(it, _) => match &it.what_if {
            Some(Price::Effect(effect)) => {
                let own = effect.who.iter().find(|it| it.candidate == candidate);
                let others = say.movers(effect.others(candidate).count());
                match own.map(|it| it.to.as_ref()) {
                    Some(Some(to)) => m.goes_to(name, say.at(Some(to)), others),
                    Some(None) => m.goes_nowhere(name, others),
                    None => m.stays_put(name),
                }
            }
            Some(Price::Impossible(_)) => m.cannot().into(),
            Some(Price::Stopped(_)) | None => m.question_failed().into(),
        },
    }
}
