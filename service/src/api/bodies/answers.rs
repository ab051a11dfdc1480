//! Bodies about the three answers: asking, reminding, answering, and what a no forbids.

use loket_instances::strict::fields::At;
use loket_solver::matching::facts::words::Word;
use serde_json::Value;

use super::body;
use super::shapes::{Day, Flag, ID, List, Shape, Text, choice, one_word};
use crate::desk::asking::{Given, How, NoReason, NoScope, Party, Reply};
use crate::records::answer::Revoked;
use crate::records::report::ReportReason;

body! {
    "Antwoordvraag"
    /// Leeg: alle plaatsen met akkoord, alle drie de partijen. Of aan wie, over wie, en voor wanneer
    AskedFor sized Row example { "kandidaten": ["Z1"], "partijen": ["kandidaat", "coach"] } {
        /// Over de plaats van deze kandidaten
        may kandidaten: Vec<String> = List(ID, 5_000),
        /// Aan deze partijen
        may partijen: Vec<Party> = List(one_word::<Party>(), 3),
        /// De laatste dag om te antwoorden; anders zoveel dagen als ingesteld, en bij een herinnering de dag die er al staat
        may voor: String = Day,
    }
}

body! {
    "Antwoordgeving"
    /// Ja, of nee met een reden. Hoe het antwoord kwam zegt alleen de intermediair
    Answered example { "antwoord": "nee", "reden": "anders", "hoe": "telefoon" } {
        /// Ja of nee
        needs antwoord: Reply = one_word::<Reply>(),
        /// Bij nee: waarom; elke partij heeft eigen redenen
        may reden: NoReason = one_word::<NoReason>(),
        /// Bij nee: hoe ver het reikt; anders zo ver als bij de reden hoort
        may reikwijdte: NoScope = one_word::<NoScope>(),
        /// Bij nee: de laatste dag dat het geldt
        may tot: String = Day,
        /// In eigen woorden; alleen de intermediair leest het
        may toelichting: String = Text(2_000),
        /// Hoe de intermediair het hoorde
        may hoe: How = Heard,
    }
}

impl From<Answered> for Given {
    fn from(body: Answered) -> Self {
        let Answered { antwoord, reden, reikwijdte, tot, toelichting, hoe } = body;
        Self { reply: Some(antwoord), reason: reden, scope: reikwijdte, until: tot, note: toelichting, how: hoe }
    }
}

/// How the intermediary may have heard an answer.
#[derive(Clone, Copy, Debug)]
struct Heard;

const HEARD: [&str; 3] = ["telefoon", "mail", "gesprek"];

impl Shape for Heard {
    type Value = How;

    fn read(&self, at: &At<'_>) -> Option<How> {
        at.one_of(&HEARD).and_then(How::parse)
    }

    fn schema(&self) -> Value {
        choice(&HEARD)
    }
}

body! {
    "Koppelinginzage"
    /// Wat er in het persoonlijke bericht staat
    LinkShown example { "koppeling": "antwoord-zoals-in-het-bericht" } {
        /// De koppeling
        needs koppeling: String = Text(128),
    }
}

body! {
    "Koppelingantwoord"
    /// Wat er in het persoonlijke bericht staat, en het antwoord
    LinkAnswered example { "koppeling": "antwoord-zoals-in-het-bericht", "antwoord": "ja" } {
        /// De koppeling
        needs koppeling: String = Text(128),
        /// Ja of nee
        needs antwoord: Reply = one_word::<Reply>(),
        /// Bij nee: waarom
        may reden: NoReason = one_word::<NoReason>(),
        /// In eigen woorden; alleen de intermediair leest het
        may toelichting: String = Text(2_000),
    }
}

impl LinkAnswered {
    /// The link, and what is said.
    pub fn apart(self) -> (String, Given) {
        let Self { koppeling, antwoord, reden, toelichting } = self;
        (koppeling, Given { reply: Some(antwoord), reason: reden, note: toelichting, ..Given::default() })
    }
}

body! {
    "Koppelinguitval"
    /// Wat er in het persoonlijke bericht staat, vanaf wanneer u uitvalt en waarom
    LinkDropout example { "koppeling": "plaats-zoals-in-het-bericht", "vanaf": "2026-12-01", "reden": "vertrek" } {
        /// De koppeling
        needs koppeling: String = Text(128),
        /// De eerste dag
        needs vanaf: String = Day,
        /// Waarom
        needs reden: ReportReason = one_word::<ReportReason>(),
        /// Een dag die ver weg ligt is zo bedoeld
        may bevestigd: bool = Flag,
    }
}

body! {
    "Verbodintrekking"
    /// Waarom een verbod niet meer geldt
    BanGone example { "reden": "overlegd" } {
        /// Waarom
        needs reden: Revoked = one_word::<Revoked>(),
    }
}
