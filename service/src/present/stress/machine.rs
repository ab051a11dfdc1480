//! A stress test for machines, as types: what is written and what the description of the API says of it are the same.

use loket_solver::matching::ask::rerun::dropout::Gone;
use loket_solver::matching::ask::stress::Spot;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use super::Looked;
use crate::listed::Uitkomststatus;
use crate::present::names::spot as spot_of;
use crate::present::rerun::machine::{Cijfer, Plaats, spot as spot_json};

/// Iemand die bij deze uitval een andere plaats krijgt
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verplaatst {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// De plaats nu
    pub was: Plaats,
    /// De plaats dan; null is geen
    pub nu: Option<Plaats>,
}

/// Wie de meesten kan overnemen
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Invaller {
    /// De coach
    pub coach: String,
    /// De naam van de coach
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub coach_naam: Option<String>,
    /// Hoeveel deze coach overneemt
    pub neemt_over: usize,
    /// Hoeveel deze coach zou kunnen overnemen
    pub zou_kunnen: usize,
}

/// Wat er gebeurt als één coach of school uitvalt
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Uitvalgevolg {
    /// coach of school
    pub soort: &'static str,
    /// Welke
    pub id: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// Hoe het opnieuw plannen afliep
    #[schema(value_type = Uitkomststatus)]
    pub status: &'static str,
    /// Wie er was geplaatst, met de plaats dan
    pub mensen: Vec<Verplaatst>,
    /// Wie zonder plaats overblijven
    pub blijven_over: Vec<String>,
    /// Hun namen, in dezelfde volgorde; de id waar geen naam bekend is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub blijven_over_namen: Option<Vec<String>>,
    /// Voor wie iets verandert dat kon blijven
    pub gewijzigd: Vec<String>,
    /// Hun namen, in dezelfde volgorde; de id waar geen naam bekend is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub gewijzigd_namen: Option<Vec<String>>,
    /// Wie de meesten overneemt; null is niemand
    pub invaller: Option<Invaller>,
    /// De doelen eerst en dan
    pub doelen: Vec<Cijfer>,
}

/// Wat er gebeurt bij elke uitval, de ergste eerst
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proef {
    /// De lichting
    pub lichting: String,
    /// Welke uitval het ergst is; ontbreekt als er geen uitval is nagerekend
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zwakste: Option<String>,
    /// Of alles is nagerekend
    pub volledig: bool,
    /// Per uitval
    pub uitval: Vec<Uitvalgevolg>,
}

/// Everything that was found.
pub fn value(looked: &Looked<'_>) -> Proef {
    let weakest = looked.stress.weakest.and_then(|at| looked.stress.spots.get(at)).map(|it| looked.id(it.gone).to_owned());
    Proef {
        lichting: looked.loaded.wave.id.clone(),
        zwakste: weakest,
        volledig: looked.stress.complete,
        uitval: looked.stress.spots.iter().map(|it| spot(looked, it)).collect(),
    }
}

fn spot(looked: &Looked<'_>, spot: &Spot) -> Uitvalgevolg {
    let (wave, names) = (&looked.loaded.wave, &looked.loaded.names);
    let ids = |people: &[CandidateId]| people.iter().map(|&it| wave.candidates[it].id.clone()).collect::<Vec<_>>();
    let placement = |it: Placement| spot_json(&spot_of(looked.loaded, it));
    let people = spot.people.iter().map(|&(it, from, to)| Verplaatst {
        kandidaat: wave.candidates[it].id.clone(),
        naam: names.candidates.get(&wave.candidates[it].id).cloned(),
        was: placement(from),
        nu: to.map(placement),
    });
    let goals = looked.stress.goals.iter().zip(&spot.goals).map(|(goal, &(was, nu))| Cijfer { naam: goal.name.clone(), was, nu });
    let id = looked.id(spot.gone);
    let (soort, naam) = match spot.gone {
        Gone::Coach(_) => ("coach", names.coaches.get(id)),
        Gone::School(_) => ("school", names.schools.get(id)),
    };
    Uitvalgevolg {
        soort,
        id: id.into(),
        naam: naam.cloned(),
        status: spot.verdict.code(),
        mensen: people.collect(),
        blijven_over: ids(&spot.left),
        blijven_over_namen: None,
        gewijzigd: ids(&spot.changed),
        gewijzigd_namen: None,
        invaller: spot.stand_by.map(|it| Invaller {
            coach: wave.coaches[it.coach].id.clone(),
            coach_naam: names.coaches.get(&wave.coaches[it.coach].id).cloned(),
            neemt_over: it.takes,
            zou_kunnen: it.could,
        }),
        doelen: goals.collect(),
    }
}
