//! What carrying candidates over came to, as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use super::names::Names;
use crate::listed::Blijfreden;
use crate::records::carry::{Carried, StayReason};

/// Iemand die overging
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Overgegaan {
    /// De kandidaat
    pub kandidaat: String,
    /// De naam, als die bewaard is
    pub naam: Option<String>,
    /// Hoeveel rondes de kandidaat wachtte, die van de lichting die achterblijft meegeteld
    pub wachtrondes: i64,
}

/// Iemand die niet overging
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gebleven {
    /// De kandidaat
    pub kandidaat: String,
    /// De naam, als die bewaard is
    pub naam: Option<String>,
    /// Waarom
    #[schema(value_type = Blijfreden)]
    pub reden: StayReason,
    /// De lichting waar de kandidaat eerder heen ging; null is geen
    pub naar: Option<String>,
}

/// Wie er overging naar de volgende lichting, en wie niet
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Overdracht {
    /// De lichting waar zij vandaan komen
    pub van: String,
    /// De lichting waar zij heen gingen; null als niemand ging
    pub naar: Option<String>,
    /// Wie overging
    pub over: Vec<Overgegaan>,
    /// Wie niet overging, en waarom
    pub niet: Vec<Gebleven>,
}

impl Overdracht {
    /// With the names that somebody may see.
    pub fn of(wave: String, carried: Carried, names: &Names) -> Self {
        let went = carried.went.into_iter();
        let stayed = carried.stayed.into_iter();
        Self {
            van: wave,
            naar: carried.to,
            over: went
                .map(|it| Overgegaan { naam: names.candidate(&it.candidate), kandidaat: it.candidate, wachtrondes: it.waited })
                .collect(),
            niet: stayed
                .map(|it| Gebleven { naam: names.candidate(&it.candidate), kandidaat: it.candidate, reden: it.reason, naar: it.to })
                .collect(),
        }
    }
}
