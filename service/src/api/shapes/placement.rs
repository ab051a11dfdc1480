//! A published placement as an answer.

use serde::Serialize;
use utoipa::ToSchema;

use crate::records::placement::Placed;
use crate::store::clock::written;

/// A published placement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Plaatsing {
    /// Of which wave.
    pub lichting: String,
    /// Who.
    pub kandidaat: String,
    /// The candidate's name, when it is kept.
    pub naam: Option<String>,
    /// Where.
    pub school: String,
    /// On which seats.
    pub plek: String,
    /// Their bouw.
    pub bouw: String,
    /// With whom.
    pub coach: String,
    /// The coach's name, when it is kept.
    pub coach_naam: Option<String>,
    /// Coaching hours.
    pub uren: i64,
    /// First day.
    #[schema(format = Date)]
    pub van: String,
    /// Last day.
    #[schema(format = Date)]
    pub tot: String,
    /// Why it ended before its time, or was withdrawn before it began.
    pub einde_reden: Option<String>,
    /// When it was withdrawn before it began (UTC); it then uses nothing up.
    #[schema(format = DateTime)]
    pub vervallen_op: Option<String>,
}

impl From<Placed> for Plaatsing {
    fn from(it: Placed) -> Self {
        Self {
            lichting: it.wave,
            kandidaat: it.candidate,
            naam: None,
            school: it.school,
            plek: it.seat,
            bouw: it.bouw,
            coach: it.coach,
            coach_naam: None,
            uren: it.hours,
            van: it.period.from.to_string(),
            tot: it.period.until.to_string(),
            einde_reden: it.ended,
            vervallen_op: it.withdrawn.map(written),
        }
    }
}
