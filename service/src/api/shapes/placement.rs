//! A published placement as an answer.

use jiff::civil::Date;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use super::names::Names;
use crate::desk::life;
use crate::listed::{Bouw, Plaatsingstand};
use crate::records::placement::Placed;
use crate::records::privacy::Correction;
use crate::records::register::Kind;
use crate::store::clock::written;

/// Een vastgestelde plaatsing
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Plaatsing {
    /// Van welke lichting
    pub lichting: String,
    /// Wie
    pub kandidaat: String,
    /// De naam van de kandidaat, als die bewaard is
    pub naam: Option<String>,
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
    /// De naam van de coach, als die bewaard is
    pub coach_naam: Option<String>,
    /// Uren begeleiding
    pub uren: i64,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// Waarom zij eerder eindigde, of verviel voordat zij begon
    pub einde_reden: Option<String>,
    /// Waar zij is in haar leven
    #[schema(value_type = Plaatsingstand)]
    pub stand: &'static str,
    /// Wanneer zij verviel voordat zij begon (UTC); zij gebruikt dan niets
    #[schema(format = DateTime)]
    pub vervallen_op: Option<String>,
    /// Wat er later op verzoek verbeterd is: het plan is met de eerdere gegevens gemaakt
    pub opmerking: Option<String>,
}

impl Plaatsing {
    /// A placement on a day, with the names that whoever asks may see.
    pub fn of(it: Placed, names: &Names, today: Date) -> Self {
        Self {
            stand: life::published(it.period, it.withdrawn.is_some(), today).code(),
            naam: names.candidate(&it.candidate),
            school_naam: names.school(&it.school),
            coach_naam: names.coach(&it.coach),
            lichting: it.wave,
            kandidaat: it.candidate,
            school: it.school,
            plek: it.seat,
            bouw: it.bouw,
            coach: it.coach,
            uren: it.hours,
            van: it.period.from.to_string(),
            tot: it.period.until.to_string(),
            einde_reden: it.ended,
            vervallen_op: it.withdrawn.map(written),
            opmerking: None,
        }
    }

    /// The same with what was corrected after the wave was published.
    pub fn corrected(self, corrections: &[Correction]) -> Self {
        let own = |it: &&Correction| {
            it.who.kind == Kind::Candidate && it.who.id == self.kandidaat || it.who.kind == Kind::Coach && it.who.id == self.coach
        };
        let one =
            |it: &Correction| format!("Van deze {} is op {} op verzoek verbeterd: {}.", it.who.kind.word(), it.on, it.fields.join(", "));
        let told: Vec<String> = corrections.iter().filter(own).map(one).collect();
        let made = "Het plan is met de eerdere gegevens gemaakt.";
        let opmerking = (!told.is_empty()).then(|| format!("{} {made}", told.join(" ")));
        Self { opmerking, ..self }
    }
}
