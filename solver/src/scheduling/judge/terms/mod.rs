//! Every term that a goal can weigh, one file each, in one literal list for each of the four problems, in the order of docs/scheduling.md.

pub mod aanbod;
pub mod aanwezig;
pub mod afspraak;
pub mod afspraak_moment;
pub mod afspraak_persoon;
pub mod belasting;
pub mod besturen;
pub mod botsing;
pub mod coachwens;
pub mod dagdelen;
pub mod gat;
pub mod gepland;
pub mod gids;
pub mod groepen;
pub mod grootte;
pub mod komdagen;
pub mod kosten;
pub mod landing;
pub mod leervraag;
pub mod mix_bestuur;
pub mod mix_bouw;
pub mod ongewijzigd;
pub mod ongewijzigd_moment;
pub mod ongewijzigd_persoon;
pub mod ongewijzigd_weken;
pub mod reistijd;
pub mod reistijd_tocht;
pub mod saldo;
pub mod scholen;
pub mod snel;
pub mod voorkeur;
pub mod wachttijd;
pub mod weekspreiding;

use crate::scheduling::facts::codes;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::{Block, Plan};
use crate::scheduling::facts::roster::Roster;

pub use crate::scheduling::facts::codes::TermCode;

/// A term under one code.
pub struct Term {
    /// Which term.
    pub code: TermCode,
    /// One Dutch sentence for people: what gives points.
    pub says: &'static str,
    /// What it is a sum over.
    pub kind: Kind,
}

/// What a term is a sum over.
pub enum Kind {
    /// Members of blocks.
    Member(fn(&Roster, &Block, UnitId) -> i64),
    /// Blocks.
    Block(fn(&Roster, &Block) -> i64),
    /// Neither: it is of the plan as a whole.
    Plan(fn(&Roster, &Plan) -> i64),
}

/// The terms of interviews, in the order of docs/scheduling.md.
pub const INTERVIEWS: &[Term] = &[
    gepland::TERM,
    voorkeur::TERM,
    wachttijd::TERM,
    belasting::TERM,
    ongewijzigd::TERM,
    ongewijzigd_moment::TERM,
    ongewijzigd_persoon::TERM,
    afspraak::TERM,
    afspraak_moment::TERM,
    afspraak_persoon::TERM,
    snel::TERM,
    coachwens::TERM,
    gids::TERM,
    dagdelen::TERM,
    komdagen::TERM,
    besturen::TERM,
];

/// The terms of peer groups, in the order of docs/scheduling.md.
pub const PEER_GROUPS: &[Term] = &[
    gepland::TERM,
    voorkeur::TERM,
    wachttijd::TERM,
    belasting::TERM,
    ongewijzigd::TERM,
    ongewijzigd_moment::TERM,
    ongewijzigd_persoon::TERM,
    afspraak::TERM,
    afspraak_moment::TERM,
    afspraak_persoon::TERM,
    botsing::TERM,
    aanwezig::TERM,
    reistijd::TERM,
    mix_bestuur::TERM,
    mix_bouw::TERM,
    grootte::TERM,
    groepen::TERM,
    kosten::TERM,
];

/// The terms of visits, in the order of docs/scheduling.md.
pub const VISITS: &[Term] = &[
    gepland::TERM,
    voorkeur::TERM,
    ongewijzigd::TERM,
    ongewijzigd_weken::TERM,
    ongewijzigd_persoon::TERM,
    afspraak::TERM,
    afspraak_moment::TERM,
    afspraak_persoon::TERM,
    dagdelen::TERM,
    reistijd_tocht::TERM,
    gat::TERM,
    landing::TERM,
    weekspreiding::TERM,
];

/// The terms of courses, in the order of docs/scheduling.md.
pub const COURSES: &[Term] = &[
    gepland::TERM,
    voorkeur::TERM,
    wachttijd::TERM,
    belasting::TERM,
    ongewijzigd::TERM,
    ongewijzigd_moment::TERM,
    ongewijzigd_persoon::TERM,
    afspraak::TERM,
    afspraak_moment::TERM,
    afspraak_persoon::TERM,
    aanwezig::TERM,
    mix_bestuur::TERM,
    kosten::TERM,
    leervraag::TERM,
    scholen::TERM,
    aanbod::TERM,
    saldo::TERM,
];

/// The terms of a problem.
pub fn terms(kind: codes::Kind) -> &'static [Term] {
    match kind {
        codes::Kind::Interviews => INTERVIEWS,
        codes::Kind::PeerGroups => PEER_GROUPS,
        codes::Kind::Visits => VISITS,
        codes::Kind::Courses => COURSES,
    }
}

impl Term {
    /// Its value in a plan.
    pub fn value(&self, roster: &Roster, plan: &Plan) -> i64 {
        match self.kind {
            Kind::Member(judge) => {
                plan.blocks.iter().flat_map(|block| block.members.iter().map(move |&unit| judge(roster, block, unit))).sum()
            }
            Kind::Block(judge) => plan.blocks.iter().map(|block| judge(roster, block)).sum(),
            Kind::Plan(judge) => judge(roster, plan),
        }
    }
}
