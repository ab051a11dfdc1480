//! The three answers about a placement, as they are told.

use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::answers::Case;
use crate::desk::asking::{Party, Place, Stance};
use crate::listed::{Antwoordstand, Antwoordwijze, Bouw, Dagdeel, Neereden, Partij, Plaatsingstand};
use crate::records::answer::Answer;
use crate::store::clock::written;

/// Het antwoord van één partij over een plaats
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Partijantwoord {
    /// Wie
    #[schema(value_type = Partij)]
    pub partij: &'static str,
    /// Hoe ver het is
    #[schema(value_type = Antwoordstand)]
    pub stand: &'static str,
    /// Wanneer het gevraagd is (UTC)
    #[schema(format = DateTime)]
    pub gevraagd_op: Option<String>,
    /// De laatste dag om te antwoorden
    #[schema(format = Date)]
    pub voor: Option<String>,
    /// Hoe vaak er herinnerd is
    pub herinneringen: i64,
    /// Wanneer er voor het laatst herinnerd is (UTC)
    #[schema(format = DateTime)]
    pub herinnerd_op: Option<String>,
    /// Wanneer er geantwoord is (UTC)
    #[schema(format = DateTime)]
    pub antwoord_op: Option<String>,
    /// Bij nee: waarom; null als het gewist is
    #[schema(value_type = Option<Neereden>)]
    pub reden: Option<&'static str>,
    /// Bij nee: de laatste dag dat het geldt
    #[schema(format = Date)]
    pub tot: Option<String>,
    /// In eigen woorden
    pub toelichting: Option<String>,
    /// Hoe het antwoord kwam
    #[schema(value_type = Option<Antwoordwijze>)]
    pub hoe: Option<&'static str>,
    /// Wie het gaf of noteerde
    pub door: Option<String>,
    /// De versie, ook in de ETag; 0 als er nog niets gevraagd is
    pub versie: i64,
}

impl Partijantwoord {
    /// The answer of a party, with what was said in own words only for who may read that.
    pub fn of(party: Party, stance: Stance, answer: Option<&Answer>, words: bool) -> Self {
        Self {
            partij: party.code(),
            stand: stance.code(),
            gevraagd_op: answer.map(|it| written(it.asked)),
            voor: answer.map(|it| it.by.clone()),
            herinneringen: answer.map_or(0, |it| it.reminders),
            herinnerd_op: answer.and_then(|it| it.reminded).map(written),
            antwoord_op: answer.and_then(|it| it.at).map(written),
            reden: answer.and_then(|it| it.reason).map(Word::code),
            tot: answer.and_then(|it| it.until.clone()),
            toelichting: answer.and_then(|it| it.note.clone()).filter(|_| words),
            hoe: answer.and_then(|it| it.how).map(Word::code),
            door: answer.and_then(|it| it.who.clone()).filter(|_| words),
            versie: answer.map_or(0, |it| it.version),
        }
    }

    /// The same of one placement.
    pub fn in_case(party: Party, case: &Case, words: bool) -> Self {
        Self::of(party, case.stance(party), case.answer(party), words)
    }
}

/// Een plaats zoals erover gevraagd wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gevraagdeplaats {
    /// De school
    pub school: String,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// Het bestuur van de school
    pub bestuur: String,
    /// De naam van het bestuur
    pub bestuur_naam: Option<String>,
    /// De plekkengroep
    pub plek: String,
    /// Haar bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// De dagdelen waarop de kandidaat en de duo-collega er samen zijn
    #[schema(value_type = Vec<Dagdeel>)]
    pub dagdelen: Vec<String>,
    /// De coach
    pub coach: String,
    /// De naam van de coach
    pub coach_naam: Option<String>,
    /// Uren begeleiding
    pub uren: i64,
}

/// Half-days of a placement, one by one.
pub fn half_days(place: &Place) -> Vec<String> {
    place.half_days.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Een plaats met de drie antwoorden
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Antwoordregel {
    /// Wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// De plaats
    pub plaats: Gevraagdeplaats,
    /// Waar de plaatsing is in haar leven
    #[schema(value_type = Plaatsingstand)]
    pub stand: &'static str,
    /// De drie antwoorden: kandidaat, bestuur, coach
    pub antwoorden: Vec<Partijantwoord>,
}
