//! Who comes in first when somebody falls out, as types: what is written and what the description of the API says of it are the same.

use loket_solver::matching::ask::waiting::Waiting;
use loket_solver::matching::facts::wave::Wave;
use serde::Serialize;
use utoipa::ToSchema;

/// Iemand die wacht
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Wachtende {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// Bij de uitval van hoeveel mensen er dan een plaats is
    pub plaats_bij_uitval_van: usize,
    /// Hoe vaak dat te verwachten is, in duizendsten
    pub verwacht_per_duizend: u64,
}

/// Wie er het eerst in aanmerking komt als er iemand uitvalt
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Wachtenden {
    /// De lichting
    pub lichting: String,
    /// SHA-256 van het bestand
    pub invoer_sha256: String,
    /// Hoeveel mensen er naar verwachting uitvallen, naar boven afgerond: zo lang is de lijst
    pub naar_verwachting_uitval: usize,
    /// Of elke uitval tot het eind is nagerekend
    pub volledig: bool,
    /// De lijst, de eerste bovenaan
    pub wachtlijst: Vec<Wachtende>,
}

/// The list of a plan.
pub fn waiting_list(wave: &Wave, sha256: &str, found: &Waiting) -> Wachtenden {
    let people = found.people.iter().take(found.length).map(|it| Wachtende {
        kandidaat: wave.candidates[it.candidate].id.clone(),
        naam: None,
        plaats_bij_uitval_van: it.dropouts,
        verwacht_per_duizend: it.expected,
    });
    Wachtenden {
        lichting: wave.id.clone(),
        invoer_sha256: sha256.to_owned(),
        naar_verwachting_uitval: found.length,
        volledig: found.complete,
        wachtlijst: people.collect(),
    }
}
