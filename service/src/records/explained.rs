//! A kept answer to a question about a plan, read back as typed records: why this place or none, what else there is, and what that costs.

use std::collections::BTreeMap;

use loket_solver::matching::facts::codes::RuleCode;
use serde::Deserialize;

use crate::desk::decision::Spot;
use crate::store::Error;

/// A rule, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Rule(pub RuleCode);

impl TryFrom<String> for Rule {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        RuleCode::parse(&code).map(Self).ok_or_else(|| format!("{code} is geen regel"))
    }
}

/// An answer, with the parts that its question has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Explained {
    /// Why this place.
    #[serde(rename = "waarom")]
    pub why: Option<Why>,
    /// Why none.
    #[serde(rename = "waarom_geen")]
    pub none: Option<WhyNone>,
    /// What else there is.
    #[serde(rename = "alternatieven")]
    pub others: Option<Others>,
    /// What comes of what was supposed.
    #[serde(rename = "wat_als")]
    pub what_if: Option<Price>,
}

impl Explained {
    /// Reads an answer as it was kept.
    ///
    /// # Errors
    /// When what was kept is no answer.
    pub fn read(answer: &[u8]) -> Result<Self, Error> {
        Ok(serde_json::from_slice(answer)?)
    }
}

/// A place, as far as it is named by ids.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct At {
    /// The school.
    pub school: Option<String>,
    /// Its seat group.
    #[serde(rename = "plek")]
    pub seat: Option<String>,
    /// The coach.
    pub coach: Option<String>,
}

impl At {
    /// The placement, when all of it is named.
    pub fn spot(&self) -> Option<Spot> {
        Some(Spot { school: self.school.clone()?, seat: self.seat.clone()?, coach: self.coach.clone()? })
    }
}

/// What one goal gets or loses.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GoalPrice {
    /// Its name.
    #[serde(rename = "doel")]
    pub goal: String,
    /// The difference, when it is proven.
    #[serde(rename = "verschil")]
    pub exact: Option<i64>,
    /// Not less than this.
    #[serde(rename = "minstens")]
    pub least: Option<i64>,
    /// Not more than this.
    #[serde(rename = "hoogstens")]
    pub most: Option<i64>,
}

/// Somebody who is placed otherwise then.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Moved {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// Where now.
    #[serde(rename = "van")]
    pub from: Option<At>,
    /// Where then.
    #[serde(rename = "naar")]
    pub to: Option<At>,
}

/// What a change costs and brings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Effect {
    /// Per goal, in the order of the policy.
    #[serde(rename = "doelen")]
    pub goals: Vec<GoalPrice>,
    /// How many are placed otherwise.
    #[serde(rename = "verhuizingen")]
    pub moves: usize,
    /// Whether all of it is proven.
    #[serde(rename = "bewezen")]
    pub proven: bool,
    /// How many more are placed.
    #[serde(rename = "meer_geplaatst")]
    pub more_placed: i64,
    /// Who is placed otherwise.
    #[serde(rename = "wie", default)]
    pub who: Vec<Moved>,
}

impl Effect {
    /// Where this candidate goes.
    pub fn goes(&self, candidate: &str) -> Option<&At> {
        self.who.iter().find(|it| it.candidate == candidate)?.to.as_ref()
    }

    /// Who else is placed otherwise.
    pub fn others<'a>(&'a self, candidate: &'a str) -> impl Iterator<Item = &'a Moved> {
        self.who.iter().filter(move |it| it.candidate != candidate)
    }
}

/// What is fixed for somebody and cannot stay.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Clash {
    /// About whom.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// The rules that it meets.
    #[serde(rename = "regels")]
    pub rules: Vec<Rule>,
}

/// That it cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Impossible {
    /// Always so.
    #[serde(rename = "onmogelijk")]
    pub impossible: bool,
    /// What does not go together.
    #[serde(rename = "conflict", default)]
    pub clashes: Vec<Clash>,
}

/// That it was cut off before there was an answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Stopped {
    /// Always so.
    #[serde(rename = "gestopt")]
    pub stopped: bool,
}

/// What it costs, or why it cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Price {
    /// It costs this.
    Effect(Effect),
    /// It cannot be.
    Impossible(Impossible),
    /// It was cut off.
    Stopped(Stopped),
}

impl Price {
    /// What it costs, when it can be.
    pub fn effect(&self) -> Option<&Effect> {
        match self {
            Self::Effect(it) => Some(it),
            Self::Impossible(_) | Self::Stopped(_) => None,
        }
    }
}

/// A rule in the way of a place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Obstacle {
    /// The rule.
    #[serde(rename = "regel")]
    pub rule: Rule,
    /// What it is: minutes or half-days.
    #[serde(rename = "heeft")]
    pub has: Option<i64>,
    /// What the rule asks.
    #[serde(rename = "grens")]
    pub asks: Option<i64>,
}

/// A limit without room.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Full {
    /// The rule.
    #[serde(rename = "regel")]
    pub rule: Rule,
    /// How many others have the room.
    #[serde(rename = "bezet_door")]
    pub holders: usize,
}

/// A place that would be better for this candidate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Better {
    /// Where.
    #[serde(rename = "plaats")]
    pub at: At,
    /// Rules in the way.
    #[serde(rename = "regels")]
    pub obstacles: Vec<Obstacle>,
    /// Limits without room.
    #[serde(rename = "vol")]
    pub full: Vec<Full>,
    /// What it costs; nothing when that was not asked.
    #[serde(rename = "prijs")]
    pub price: Option<Price>,
}

/// Why this place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Why {
    /// Points by term.
    #[serde(rename = "punten")]
    pub points: BTreeMap<String, i64>,
    /// How many better places may be.
    #[serde(rename = "beter_mogelijk")]
    pub open: usize,
    /// How many better places may not be.
    #[serde(rename = "beter_verboden")]
    pub forbidden: usize,
    /// Better places that may be, with what is in the way.
    #[serde(rename = "mogelijk")]
    pub may: Vec<Better>,
    /// Better places that may not be, with the rule.
    #[serde(rename = "verboden")]
    pub may_not: Vec<Better>,
}

/// A rule with the seats where it is in the way.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RuleSeats {
    /// The rule.
    #[serde(rename = "code")]
    pub rule: Rule,
    /// At how many seats.
    #[serde(rename = "plekken")]
    pub seats: i64,
}

/// A change, by its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Change {
    /// What changes: reistijd, bouw, grens, …
    #[serde(rename = "soort")]
    pub kind: String,
    /// The rule whose limit grows.
    #[serde(rename = "regel")]
    pub rule: Option<Rule>,
    /// By how much.
    #[serde(rename = "erbij")]
    pub by: Option<i64>,
    /// Which school.
    pub school: Option<String>,
    /// Which bouw.
    pub bouw: Option<String>,
    /// Which kind of school.
    #[serde(rename = "schoolsoort")]
    pub school_kind: Option<String>,
    /// Which board.
    #[serde(rename = "bestuur")]
    pub board: Option<String>,
    /// Which coach.
    pub coach: Option<String>,
}

/// A change that opens something.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Opening {
    /// The change.
    #[serde(rename = "wat")]
    pub change: Change,
    /// How many seats fit then.
    #[serde(rename = "plekken")]
    pub seats: i64,
    /// Whether the candidate has a place then; nothing when that is not proven.
    #[serde(rename = "geeft_plaats")]
    pub places: Option<bool>,
    /// What it costs.
    #[serde(rename = "prijs")]
    pub price: Option<Price>,
}

/// A limit that must grow.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Growth {
    /// The change.
    #[serde(rename = "wat")]
    pub change: Change,
}

/// Limits that must grow together.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Smallest {
    /// Which, and by how much.
    #[serde(rename = "grenzen")]
    pub growth: Vec<Growth>,
    /// What the placement costs then.
    #[serde(rename = "prijs")]
    pub price: Option<Price>,
}

/// In one word why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoneKind {
    /// Pair rules forbid everything.
    Regels,
    /// Shared limits are full.
    Grenzen,
    /// They are, and more room costs a goal.
    GrenzenEnDoel,
    /// A goal pays for it.
    Doel,
    /// There is nothing to choose.
    Niets,
    /// It is not proven.
    NietBewezen,
    /// The plan itself is not proven.
    PlanNietBewezen,
    /// It was stopped before it was known.
    Afgebroken,
}

/// Why no place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct WhyNone {
    /// In one word.
    #[serde(rename = "soort")]
    pub kind: NoneKind,
    /// The seats that it is about.
    #[serde(rename = "plekken")]
    pub seats: Option<i64>,
    /// Rules in the way.
    #[serde(rename = "regels", default)]
    pub rules: Vec<RuleSeats>,
    /// What would help.
    #[serde(rename = "openingen", default)]
    pub openings: Vec<Opening>,
    /// Whether it is proven, where that is said.
    #[serde(rename = "bewezen")]
    pub proven: Option<bool>,
    /// Limits that must grow; each row is enough.
    #[serde(rename = "redenen", default)]
    pub reasons: Vec<Smallest>,
    /// Limits that must grow.
    #[serde(rename = "grenzen", default)]
    pub growth: Vec<Growth>,
    /// What a place costs then.
    #[serde(rename = "prijs")]
    pub price: Option<Price>,
}

/// Another place, with what it costs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Other {
    /// Where.
    #[serde(rename = "plaats")]
    pub at: At,
    /// What it costs.
    #[serde(rename = "prijs")]
    pub price: Effect,
}

/// Other places, the cheapest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Others {
    /// The places.
    #[serde(rename = "alternatieven")]
    pub list: Vec<Other>,
    /// Whether these are all other places.
    #[serde(rename = "alle")]
    pub all: bool,
    /// Whether it was cut off.
    #[serde(rename = "gestopt")]
    pub stopped: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_with_what_it_costs_and_anything_else_is_refused() {
        let kept = r#"{"waarom":{"kandidaat":"Z1","plaats":{"tekst":"x"},"punten":{"bouw":60},"eigen":[0,1],"beter_mogelijk":1,"beter_verboden":0,
            "mogelijk":[{"plaats":{"tekst":"x","school":"S1","plek":"p","coach":"K1"},"punten":{},"eigen":[],"regels":[],
            "vol":[{"regel":"plekken","tekst":"x","tekort":1,"bezet_door":2,"wie":["Z2"]}],"prijs":{"gestopt":true}}],"verboden":[],"gestopt":false},
            "alternatieven":{"alternatieven":[{"plaats":{"tekst":"x","school":"S2","plek":"q","coach":"K1"},"prijs":{"doelen":[
            {"doel":"passing","verschil":-5,"minstens":-5,"hoogstens":-5,"bewezen":true}],"verhuizingen":1,"minste_verhuizingen":1,"bewezen":true,
            "meer_geplaatst":0,"wie":[{"kandidaat":"Z1","van":null,"naar":{"tekst":"x","school":"S2","plek":"q","coach":"K1"}}]}}],
            "alle":true,"gestopt":false,"volgorde_bewezen":true},"uitleg":[],"begrippen":[]}"#;
        let read = Explained::read(kept.as_bytes()).expect("an answer");
        let why = read.why.expect("why");
        assert_eq!(why.may.first().map(|it| it.full.first().map(|full| full.rule)), Some(Some(Rule(RuleCode::Plekken))));
        assert!(matches!(why.may.first().and_then(|it| it.price.as_ref()), Some(Price::Stopped(_))));
        let others = read.others.expect("others");
        let first = others.list.first().expect("one");
        let spot = Spot { school: "S2".into(), seat: "q".into(), coach: "K1".into() };
        assert_eq!(first.price.goes("Z1").and_then(At::spot), Some(spot));
        assert_eq!(first.price.others("Z1").count(), 0);
        assert!(Explained::read(br#"{"waarom":7}"#).is_err());
        assert!(Explained::read(br#"{"waarom_geen":{"soort":"zomaar"}}"#).is_err());
    }
}
