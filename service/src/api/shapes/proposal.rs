//! The plan of a run for people: everybody with names, what is decided, why somebody has no place, and what the goals count.

use std::collections::{BTreeMap, BTreeSet};

use loket_instances::matching::outcome::{GoalLine, OutcomeFile, PlacementLine, UnplacedLine};
use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use super::names::Names;
use super::outcome::Uitkomstreden;
use crate::desk::decision::Said;
use crate::desk::life::Stage;
use crate::listed::{Besluit, Bouw, Plaatsingstand};
use crate::present::explain::terms::{self, Begrip};

/// Een voorgestelde plaats, met namen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Voorsteldetail {
    /// De school
    pub school: String,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// De plekkengroep
    pub plek: String,
    /// Haar bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// De coach
    pub coach: String,
    /// De naam van de coach
    pub coach_naam: Option<String>,
    /// Uren begeleiding
    pub uren: i64,
    /// Reistijd van de kandidaat, minuten
    pub reistijd: i64,
    /// Reistijd van de coach, minuten
    pub coachreistijd: i64,
}

/// Eén kandidaat in het plan van een berekening
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Voorstelregel {
    /// Wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// De plaats; null is geen
    pub plaats: Option<Voorsteldetail>,
    /// Waarom er geen plaats is; leeg voor wie er een heeft
    pub redenen: Vec<Uitkomstreden>,
    /// Wat er besloten is over het voorstel; null is nog niets
    #[schema(value_type = Option<Besluit>)]
    pub besluit: Option<&'static str>,
    /// Waar de plaatsing is in haar leven; null zonder plaats, en in een plan dat niet (meer) telt
    #[schema(value_type = Option<Plaatsingstand>)]
    pub stand: Option<&'static str>,
}

/// Een doel van het beleid, met wat het telt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Plandoel {
    /// De naam
    pub naam: String,
    /// De waarde in dit plan
    pub waarde: i64,
    /// Meer kan niet
    pub bovengrens: i64,
    /// Of bewezen is dat het niet beter kan
    pub bewezen: bool,
    /// Wat het doel telt, in een zin
    pub betekenis: String,
}

/// Het plan van een berekening, per kandidaat en met namen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Planbladzijde {
    /// De kandidaten, in de volgorde van de lichting: eerst wie geplaatst is
    pub resultaten: Vec<Voorstelregel>,
    /// Hoeveel kandidaten er zijn
    pub totaal: i64,
    /// Hoeveel er geplaatst zijn
    pub geplaatst: usize,
    /// Hoeveel er geen plaats hebben
    pub ongeplaatst: usize,
    /// De doelen, in de volgorde van het beleid
    pub doelen: Vec<Plandoel>,
    /// Wat de termen en regels betekenen
    pub begrippen: Vec<Begrip>,
}

/// What was decided about whom, and where each placement is in its life.
pub type Known<'a> = (&'a BTreeMap<String, Said>, &'a BTreeMap<String, Stage>);

impl Planbladzijde {
    /// So many rows of an outcome after so many others, with names, with what was decided about whom, and with where each placement is in its
    /// life.
    pub fn of(outcome: OutcomeFile, (skip, size): (i64, i64), names: &Names, (decided, stages): Known<'_>) -> Self {
        let (geplaatst, ongeplaatst) = (outcome.placements.len(), outcome.unplaced.len());
        let (doelen, begrippen) = (outcome.goals.iter().map(goal).collect(), words(&outcome));
        let placed = outcome.placements.into_iter().map(|line| row(line.candidate.clone(), Some(line), Vec::new(), names));
        let left = outcome
            .unplaced
            .into_iter()
            .map(|UnplacedLine { candidate, reasons }| row(candidate, None, reasons.into_iter().map(Uitkomstreden::from).collect(), names));
        let (skip, size) = (usize::try_from(skip).unwrap_or(usize::MAX), usize::try_from(size).unwrap_or(0));
        let mut resultaten: Vec<Voorstelregel> = placed.chain(left).skip(skip).take(size).collect();
        for row in &mut resultaten {
            row.besluit = decided.get(&row.kandidaat).map(|said| said.code());
            row.stand = stages.get(&row.kandidaat).filter(|_| row.plaats.is_some()).map(|stage| stage.code());
        }
        let totaal = i64::try_from(geplaatst + ongeplaatst).unwrap_or(i64::MAX);
        Self { resultaten, totaal, geplaatst, ongeplaatst, doelen, begrippen }
    }
}

fn row(kandidaat: String, line: Option<PlacementLine>, redenen: Vec<Uitkomstreden>, names: &Names) -> Voorstelregel {
    let plaats = line.map(|it| Voorsteldetail {
        school_naam: names.school(&it.school),
        coach_naam: names.coach(&it.coach),
        school: it.school,
        plek: it.seat,
        bouw: it.bouw,
        coach: it.coach,
        uren: it.hours,
        reistijd: it.travel,
        coachreistijd: it.coach_travel,
    });
    Voorstelregel { naam: names.candidate(&kandidaat), kandidaat, plaats, redenen, besluit: None, stand: None }
}

fn weights(line: &GoalLine) -> Vec<(TermCode, i64)> {
    line.weights.iter().filter_map(|(code, weight)| Some((TermCode::parse(code)?, *weight))).collect()
}

fn goal(line: &GoalLine) -> Plandoel {
    Plandoel {
        naam: line.name.clone(),
        waarde: line.value,
        bovengrens: line.bound,
        bewezen: line.proven,
        betekenis: terms::counts(&weights(line)),
    }
}

/// The terms that the goals count, and the rules that are a reason.
fn words(outcome: &OutcomeFile) -> Vec<Begrip> {
    let counted: BTreeSet<TermCode> = outcome.goals.iter().flat_map(weights).map(|(code, _)| code).collect();
    let reasons = outcome.unplaced.iter().flat_map(|it| &it.reasons);
    let named: BTreeSet<RuleCode> = reasons.filter_map(|it| RuleCode::parse(&it.code)).collect();
    counted.into_iter().map(terms::term).chain(named.into_iter().map(terms::rule)).collect()
}
