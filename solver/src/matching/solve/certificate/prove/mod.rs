//! Proves bounds from certificates, stage by stage, from the wave alone: no model, no engine, no floats.
//!
//! Each stage looks at the plans that obey the rules and keep what earlier stages reached. Weak duality bounds their value from the
//! prices (docs/certificates.md). What a plan falls short of that bound is a sum of parts that are each at least 0, so a placement
//! whose part alone is more than bound − floor is in no plan that later stages may show; nor is staying unplaced, nor room left in
//! a row, where those are too dear. That makes the next stage's *face*.

mod aim;
mod bound;
mod limits;
mod look;
mod open;
mod room;
mod search;

use std::collections::BTreeSet;

use crate::common::tables::Table;
use crate::matching::facts::certificate::{Certificate, Rest, Row, Stage};
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;
use crate::matching::judge::Judge;
use crate::matching::judge::keep::Keepable;
use crate::matching::judge::rules::Breach;

use aim::Aim;
use limits::Limits;
use open::{Choice, Open};
use search::Searched;

/// What an outcome claims of one goal.
#[derive(Clone, Debug)]
pub struct Claim {
    /// `beste`: some plan has this.
    pub best: i64,
    /// `bovengrens`: no plan has more.
    pub bound: i64,
    /// The prices, when there are any.
    pub certificate: Option<Certificate>,
}

/// What an outcome claims.
#[derive(Clone, Debug)]
pub struct Claims<'a> {
    /// The plan shown.
    pub plan: &'a Plan,
    /// Least number of changes, when the policy limits changes.
    pub least_changes: Option<u32>,
    /// Every goal of the policy, in order.
    pub goals: &'a [Claim],
    /// How much of it is looked into.
    pub care: Care,
}

/// How much is looked into beside prices that are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Care {
    /// Steps that may be taken to look through what prices leave open of best values that are claimed; for all stages together.
    pub steps: u64,
    /// Whether goals without prices are looked at as well, as if every price were 0.
    pub bare: bool,
}

/// Why a certificate is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The wave has no such limit.
    UnknownRow(Row),
    /// Whole numbers of placements that fit the coach break it, or it has no valid form.
    InvalidFacet(Row),
    /// The price is below 0 and earlier stages do not show that the limit is always reached.
    WrongSign(Row),
    /// A row, coach or floor is priced twice.
    Twice,
    /// A floor is priced that is no earlier stage's, or below 0, or its divisor does not divide its points.
    WrongFloor(Stage),
    /// The unit does not divide all points.
    WrongUnit,
    /// A number is too large to count with, or a unit, scale or divisor is not positive.
    TooLarge,
    /// The certificate says that prices prove `claimed`; they prove no better than `proven`.
    ProvesLess {
        /// What the certificate says.
        claimed: i64,
        /// What its prices prove.
        proven: i64,
    },
    /// The outcome's bound rests on prices, which prove no better than `proven`.
    BoundTooLow {
        /// `bovengrens`.
        claimed: i64,
        /// What the prices prove.
        proven: i64,
    },
    /// The prices prove that no plan has `beste`.
    BelowBest {
        /// `beste`.
        best: i64,
        /// What the prices prove.
        proven: i64,
    },
    /// A plan that obeys the rules and keeps what earlier goals reached is worth more than `bovengrens`.
    Surpassed {
        /// `bovengrens`.
        claimed: i64,
        /// What that plan is worth.
        found: i64,
    },
    /// Neither the plan shown nor a witness obeys the rules, keeps what earlier goals reached and has `beste`.
    NotReached,
}

/// What is proven of one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proven {
    /// Which stage.
    pub stage: Stage,
    /// What the outcome says is the best value.
    pub best: i64,
    /// Whether a plan that has it was seen; always, where there is a certificate.
    pub reached: bool,
    /// The outcome's bound.
    pub claimed: i64,
    /// The bound that prices prove, in points.
    pub bound: i64,
    /// How the engine says it knows the rest.
    pub rest: Rest,
    /// Whether everything that the prices leave open above `claimed` was looked through here, and nothing was there.
    pub searched: bool,
}

impl Proven {
    /// Whether the prices prove the outcome's whole bound.
    pub fn whole(&self) -> bool {
        self.bound <= self.claimed
    }

    /// Whether the best value is there and the outcome's whole bound was proven here, by prices or by looking through what they leave
    /// open.
    pub fn checked(&self) -> bool {
        self.reached && (self.whole() || self.searched)
    }
}

/// What is proven, stage by stage, up to the first objection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Stages with a certificate that stands.
    pub proven: Vec<Proven>,
    /// The first thing that does not stand; nothing after it was looked at.
    pub objection: Option<(Stage, Objection)>,
}

/// Candidates times seat groups times coaches up to which goals are looked at without prices.
const MOST_BARE: usize = 30_000_000;

/// Checks every certificate of an outcome; without any there is nothing to prove.
pub fn prove(wave: &Wave, claims: &Claims<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    // Without any price a wave with too many placements is not gone through for what little that proves.
    let pairs = wave.candidates.len().saturating_mul(wave.seats.len()).saturating_mul(wave.coaches.len());
    let bare = claims.care.bare && pairs < MOST_BARE;
    let none = claims.goals.iter().all(|claim| claim.certificate.is_none()) && !bare;
    if none || claims.goals.len() != wave.policy.goals.len() {
        return verdict;
    }
    let judge = Judge::new(wave);
    let keepable: Table<CandidateId, Keepable> =
        wave.candidates.ids().map(|candidate| judge.keepable(candidate)).collect::<Vec<_>>().into();
    let open = Open::new(wave);
    let mut prover = Prover::new(wave, &keepable, &open);
    let free = Certificate::free();
    let mut steps = claims.care.steps;
    for (stage, claim, floor) in stages(wave, claims, &keepable) {
        let witness = claim.certificate.as_ref().and_then(|it| it.witness.as_ref());
        let seen = std::iter::once(claims.plan).chain(witness);
        let reached = seen.into_iter().any(|plan| judge.obeys(plan, claims.least_changes) && prover.reaches(plan, stage, claim.best));
        if !reached && (claim.certificate.is_some() || !claims.care.bare) {
            verdict.objection = Some((stage, Objection::NotReached));
            return verdict;
        }
        if let Some(certificate) = claim.certificate.as_ref().or(claims.care.bare.then_some(&free)) {
            let counts = |plan: &Plan| judge.obeys(plan, claims.least_changes);
            match prover.stage(stage, certificate, &claim, floor, (&counts, &mut steps)) {
                Ok(proven) => verdict.proven.push(Proven { reached, ..proven }),
                Err(objection) => {
                    verdict.objection = Some((stage, objection));
                    return verdict;
                }
            }
        }
        prover.floors.push((stage, floor));
    }
    verdict
}

/// Whether these locked people cannot all be placed, by looking through everything with at most so many steps; `None` when that is not
/// enough to know.
pub fn conflicts(wave: &Wave, people: &[CandidateId], mut steps: u64) -> Option<bool> {
    let judge = Judge::new(wave);
    let keepable: Table<CandidateId, Keepable> =
        wave.candidates.ids().map(|candidate| judge.keepable(candidate)).collect::<Vec<_>>().into();
    let open = Open::new(wave);
    // That others who are locked are left out is no breach here.
    let others = |breach: &Breach| breach.rule == RuleCode::Vast && breach.candidate.is_none_or(|candidate| !people.contains(&candidate));
    let obeys = |plan: &Plan| judge.breaches(plan, None).iter().all(others);
    match Prover::new(wave, &keepable, &open).together(people, (&obeys, &mut steps)) {
        Ok(Searched::Nothing) => Some(true),
        Ok(Searched::Found(_)) => Some(false),
        Ok(Searched::TooMuch) | Err(_) => None,
    }
}

/// Every stage with what is claimed of it and what later stages must keep.
fn stages(wave: &Wave, claims: &Claims<'_>, keepable: &Table<CandidateId, Keepable>) -> Vec<(Stage, Claim, i64)> {
    let mut stages = Vec::new();
    if let (Some(most), Some(least)) = (wave.policy.max_changes, claims.least_changes) {
        let entries = keepable.iter().filter(|&&kept| kept != Keepable::Nothing).count();
        let best = i64::try_from(entries).unwrap_or(i64::MAX) - i64::from(least);
        let before = claims.goals.first().and_then(|claim| claim.certificate.as_ref()?.before.as_deref());
        stages.push((Stage::Changes, Claim { best, bound: best, certificate: before.cloned() }, best - i64::from(most)));
    }
    for (number, (goal, claim)) in wave.policy.goals.iter().zip(claims.goals).enumerate() {
        stages.push((Stage::Goal(number), claim.clone(), goal.floor(claim.best)));
    }
    stages
}

/// The plans still in play, and what is needed to bound their value.
struct Prover<'a> {
    wave: &'a Wave,
    keepable: &'a Table<CandidateId, Keepable>,
    limits: Limits<'a>,
    /// Placements that some plan in play may choose.
    choices: Table<CandidateId, Vec<Choice>>,
    kinds: usize,
    /// Candidates that every plan in play places.
    must: Table<CandidateId, bool>,
    /// Limits that every plan in play reaches.
    tight: BTreeSet<Row>,
    /// What every plan in play keeps of earlier stages.
    floors: Vec<(Stage, i64)>,
    /// Most placements with each coach.
    most: Table<CoachId, usize>,
}

impl<'a> Prover<'a> {
    fn new(wave: &'a Wave, keepable: &'a Table<CandidateId, Keepable>, open: &'a Open) -> Self {
        let mut limits = Limits::new(wave, open);
        Self {
            wave,
            keepable,
            most: wave.coaches.ids().map(|coach| limits.most_placements(coach)).collect::<Vec<_>>().into(),
            limits,
            choices: open.choices.clone(),
            kinds: open.classes.len(),
            must: wave.candidates.iter().map(|candidate| candidate.lock.is_some()).collect::<Vec<_>>().into(),
            tight: BTreeSet::new(),
            floors: Vec::new(),
        }
    }

    fn aim(&self, stage: Stage) -> Option<Aim<'a>> {
        Aim::new(self.wave, self.keepable, stage)
    }

    /// Whether a plan keeps what earlier stages reached and has at least this value at a stage.
    fn reaches(&self, plan: &Plan, stage: Stage, best: i64) -> bool {
        let all = self.floors.iter().copied().chain([(stage, best)]);
        all.into_iter().all(|(stage, least)| self.aim(stage).is_some_and(|aim| aim.value(plan) >= least))
    }

    /// Checks one certificate and, when it stands, leaves only plans in play that have at least `floor`. What the prices leave open of a
    /// best value is looked through with the steps that are left, among plans that obey the rules.
    fn stage(
        &mut self,
        stage: Stage,
        certificate: &Certificate,
        claim: &Claim,
        floor: i64,
        (obeys, steps): (&dyn Fn(&Plan) -> bool, &mut u64),
    ) -> Result<Proven, Objection> {
        let bound = self.bound(stage, certificate)?;
        let proven = bound.points(certificate)?;
        if proven > certificate.bound {
            return Err(Objection::ProvesLess { claimed: certificate.bound, proven });
        }
        if proven > claim.bound && certificate.rest == Rest::Prices {
            return Err(Objection::BoundTooLow { claimed: claim.bound, proven });
        }
        if proven < claim.best {
            return Err(Objection::BelowBest { best: claim.best, proven });
        }
        let mut searched = false;
        if proven > claim.bound && claim.bound == claim.best && *steps > 0 {
            match self.look(stage, certificate, &bound, claim.bound, (obeys, steps))? {
                Searched::Nothing => searched = true,
                Searched::Found(plan) => {
                    let found = self.aim(stage).map_or(i64::MAX, |aim| aim.value(&plan));
                    return Err(Objection::Surpassed { claimed: claim.bound, found });
                }
                Searched::TooMuch => {}
            }
        }
        self.keep(certificate, &bound, floor);
        Ok(Proven { stage, best: claim.best, claimed: claim.bound, bound: proven, rest: certificate.rest, searched, reached: false })
    }
}
