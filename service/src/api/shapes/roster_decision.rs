//! What was decided about the meetings of a roster, as an answer.

use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use super::roster::Roosterkeuze;
use crate::listed::{Roosterafwijsreden, Roosterbesluitsoort};
use crate::records::roster::Decided;
use crate::store::clock::written;

/// Wat er over een afspraak besloten is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterbesluit {
    /// Over wie
    pub deelnemer: String,
    /// Van bezoeken: over welk bezoek; null is het geheel
    pub dagdeel: Option<String>,
    /// Wat
    #[schema(value_type = Roosterbesluitsoort)]
    pub besluit: String,
    /// Wat vast of verboden is
    pub gegevens: Roosterkeuze,
    /// Waarom het is afgewezen; null is geen afwijzing, of een van voordat er een reden gevraagd werd
    #[schema(value_type = Option<Roosterafwijsreden>)]
    pub reden: Option<String>,
    /// Wat erbij gezegd is; null is niets
    pub toelichting: Option<String>,
    /// Of het rooster dat gold dat al deed
    pub gevolgd: bool,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Wie besloot
    pub door: String,
    /// De versie, ook in de ETag: die vraagt If-Match bij een volgend besluit hierover
    pub versie: i64,
}

impl From<Decided> for Roosterbesluit {
    fn from(it: Decided) -> Self {
        Self {
            deelnemer: it.unit,
            dagdeel: it.moment,
            besluit: it.said.code().into(),
            gegevens: it.named.into(),
            reden: it.because.map(|it| it.code().into()),
            toelichting: it.note,
            gevolgd: it.followed,
            op: written(it.at),
            door: it.by,
            versie: it.step,
        }
    }
}

/// De besluiten over een rooster
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roosterbesluiten {
    /// Op volgorde van wie
    pub resultaten: Vec<Roosterbesluit>,
    /// Hoeveel dat er zijn
    pub totaal: usize,
}
