//! Bodies of invitations to a roster: whom to ask, and what somebody says.

use loket_solver::common::words::HalfDay;
use loket_solver::matching::facts::words::Word;

use super::body;
use super::shapes::{Day, Flag, ID, List, Nested, OneWord, Text, nested, one_word};
use crate::actions::rosters::invited::asking::Wish;
use crate::actions::rosters::invited::saying::Said;
use crate::records::invitation::{Availability, Away, Half};

body! {
    "Roosteruitnodigingswens"
    /// Wie er gevraagd wordt: anders iedereen die nog niets zei
    InvitationWish example { "voor": "2027-01-08" } {
        /// Deze mensen uit het rooster
        may personen: Vec<String> = List(ID, 2_000),
        /// De laatste dag om te antwoorden; anders na het aantal dagen van de instelling
        may voor: String = Day,
    }
}

impl From<InvitationWish> for Wish {
    fn from(it: InvitationWish) -> Self {
        Self { people: it.personen.unwrap_or_default(), by: it.voor }
    }
}

body! {
    "Roosterafwezigheid"
    /// Wanneer iemand niet kan
    AwayRow {
        /// De eerste dag
        needs van: String = Day,
        /// De laatste dag
        needs tot: String = Day,
        /// Alleen de ochtenden (o) of middagen (m); anders hele dagen
        may dagdeel: Half = HALF,
    }
}

const HALF: OneWord<Half> = one_word::<Half>();

body! {
    "Roosterbeschikbaarheid"
    /// Wanneer iemand kan, in de plaats van wat er stond
    AvailabilityRow {
        /// De dagdelen van de week; anders die van het rooster
        may dagdelen: Vec<HalfDay> = List(one_word::<HalfDay>(), 10),
        /// En dan niet
        may afwezig: Vec<AwayRow> = List(nested::<AwayRow>(), 366),
    }
}

body! {
    "Roosterafspraakantwoord"
    /// Of iemand naar een afspraak komt
    ReplyRow {
        /// Het dagdeel van de afspraak, als 2026-09-07-o (ochtend) of 2026-09-07-m (middag)
        needs dagdeel: String = Text(12),
        /// Of diegene komt
        needs komt: bool = Flag,
    }
}

const AVAILABILITY: Nested<AvailabilityRow> = nested::<AvailabilityRow>();

body! {
    "Roosteruitnodigingsantwoord"
    /// Wanneer iemand kan, en naar welke afspraken diegene komt; wat er niet in staat, blijft zoals het was
    InvitationAnswer example { "beschikbaar": { "dagdelen": ["ma-o", "di-m"], "afwezig": [{ "van": "2027-01-11", "tot": "2027-01-15" }] } } {
        /// Wanneer iemand kan
        may beschikbaar: AvailabilityRow = AVAILABILITY,
        /// Naar welke afspraken diegene komt
        may afspraken: Vec<ReplyRow> = List(nested::<ReplyRow>(), 400),
        /// In eigen woorden; alleen de intermediair leest het
        may toelichting: String = Text(2_000),
    }
}

fn said(availability: Option<AvailabilityRow>, replies: Option<Vec<ReplyRow>>, note: Option<String>) -> Said {
    let away = |it: AwayRow| Away { from: it.van, until: it.tot, half: it.dagdeel };
    let given = |it: AvailabilityRow| Availability {
        half_days: it.dagdelen.map(|all| all.iter().map(|it| it.code().to_owned()).collect()),
        away: it.afwezig.unwrap_or_default().into_iter().map(away).collect(),
    };
    Said {
        availability: availability.map(given),
        replies: replies.unwrap_or_default().into_iter().map(|it| (it.dagdeel, it.komt)).collect(),
        note,
    }
}

impl From<InvitationAnswer> for Said {
    fn from(it: InvitationAnswer) -> Self {
        said(it.beschikbaar, it.afspraken, it.toelichting)
    }
}

body! {
    "Roosterkoppelinginzage"
    /// Wat er in het persoonlijke bericht staat
    PassShown example { "koppeling": "afspraak-zoals-in-het-bericht" } {
        /// De koppeling
        needs koppeling: String = Text(128),
    }
}

body! {
    "Roosterkoppelingantwoord"
    /// Wat er in het persoonlijke bericht staat, en het antwoord
    PassAnswered example { "koppeling": "afspraak-zoals-in-het-bericht", "afspraken": [{ "dagdeel": "2027-01-12-m", "komt": true }] } {
        /// De koppeling
        needs koppeling: String = Text(128),
        /// Wanneer u kunt
        may beschikbaar: AvailabilityRow = AVAILABILITY,
        /// Naar welke afspraken u komt
        may afspraken: Vec<ReplyRow> = List(nested::<ReplyRow>(), 400),
        /// In eigen woorden; alleen de intermediair leest het
        may toelichting: String = Text(2_000),
    }
}

impl PassAnswered {
    /// The link, and what is said.
    pub fn apart(self) -> (String, Said) {
        (self.koppeling, said(self.beschikbaar, self.afspraken, self.toelichting))
    }
}
