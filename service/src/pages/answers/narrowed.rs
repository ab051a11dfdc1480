//! What the list of messages is narrowed by: a wave, a kind and whom they are for, in its address and as chips.

use loket_solver::matching::facts::words::Word;

use super::super::messages::Messages;
use super::super::paths;
use crate::records::mail::{MailKind, RecipientKind};
use crate::serve::body::Keys;
use crate::serve::problem::Problem;
use crate::store::outbox::Wanted;
use crate::store::sendings::Sought;

/// For what kinds of party a message is, as an intermediary sees them.
const PARTIES: [RecipientKind; 3] = [RecipientKind::Kandidaat, RecipientKind::Bestuur, RecipientKind::Coach];

/// What is asked for in an address.
#[derive(Clone, Debug, Default)]
pub(super) struct Narrowed {
    pub(super) wave: Option<String>,
    kind: Option<MailKind>,
    party: Option<RecipientKind>,
    /// Also what asks for nothing any more.
    pub(super) all: bool,
    pub(super) sheet: i64,
}

/// A filter as it is shown: its words, and the address with or without it.
pub(super) type Chip = (String, String);

/// What a kind of message is called.
pub(super) fn kind_named(m: Messages, kind: MailKind) -> &'static str {
    match kind {
        MailKind::PlekkenBevestigen => m.answers.kind_seats(),
        MailKind::Vraag => m.answers.kind_question(),
        MailKind::Herinnering => m.answers.kind_reminder(),
        MailKind::Gewijzigd => m.answers.kind_changed(),
        MailKind::Vastgesteld => m.answers.kind_published(),
        MailKind::Uitval => m.answers.kind_dropout(),
        MailKind::Agenda => m.answers.kind_agenda(),
        MailKind::Account => m.answers.kind_account(),
    }
}

/// What a kind of party is called.
pub(super) fn party_named(m: Messages, party: RecipientKind) -> &'static str {
    match party {
        RecipientKind::Account => m.answers.drafts_account(),
        RecipientKind::Kandidaat => m.said.candidate(),
        RecipientKind::Coach => m.said.coach(),
        RecipientKind::Bestuur => m.said.board(),
    }
}

impl Narrowed {
    /// What an address asks for. A word that there is not is no page.
    pub(super) fn read(keys: &mut Keys) -> Result<Self, Problem> {
        let kind = keys.text("soort").map(|it| MailKind::parse(&it).filter(|it| *it != MailKind::Account).ok_or_else(Problem::unknown));
        let party = keys.text("aan").map(|it| PARTIES.into_iter().find(|of| of.code() == it).ok_or_else(Problem::unknown));
        Ok(Self {
            wave: keys.text("lichting"),
            kind: kind.transpose()?,
            party: party.transpose()?,
            all: keys.text("alle").is_some(),
            sheet: keys.number("blad", 1, 1_000_000).unwrap_or(1),
        })
    }

    /// This address with what narrows it.
    pub(super) fn at(&self, place: &str) -> String {
        let sheet = self.sheet.to_string();
        let pairs = [
            ("lichting", self.wave.as_deref()),
            ("soort", self.kind.map(Word::code)),
            ("aan", self.party.map(Word::code)),
            ("alle", self.all.then_some("1")),
            ("blad", (self.sheet > 1).then_some(sheet.as_str())),
        ];
        let given: Vec<(&str, &str)> = pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        paths::with(place.to_owned(), &given)
    }

    /// The list, narrowed so, from its first page.
    fn list(&self) -> String {
        Self { sheet: 1, ..self.clone() }.at(paths::MESSAGES)
    }

    /// The list on another page.
    pub(super) fn page(&self, sheet: i64) -> String {
        Self { sheet, ..self.clone() }.at(paths::MESSAGES)
    }

    /// The list with or without what asks for nothing any more.
    pub(super) fn with_all(&self, all: bool) -> String {
        Self { all, ..self.clone() }.list()
    }

    /// What is looked for in the store.
    pub(super) fn sought(&self, drafts: bool) -> Sought {
        let wanted = Wanted { kind: self.kind, drafts, ..Wanted::default() };
        Sought { wanted, open: !self.all, reached: false, wave: self.wave.clone(), party: self.party }
    }

    /// The filters that are on; `wave` is what the wave is called.
    pub(super) fn on(&self, m: Messages, wave: &str) -> Vec<Chip> {
        let mut on = Vec::new();
        if self.wave.is_some() {
            on.push((wave.to_owned(), Self { wave: None, ..self.clone() }.list()));
        }
        if let Some(kind) = self.kind {
            on.push((kind_named(m, kind).to_owned(), Self { kind: None, ..self.clone() }.list()));
        }
        if let Some(party) = self.party {
            on.push((m.answers.drafts_for(party_named(m, party)), Self { party: None, ..self.clone() }.list()));
        }
        on
    }

    /// Waves that it can be narrowed by.
    pub(super) fn waves(&self, known: Vec<(String, String)>) -> Vec<Chip> {
        let others = known.into_iter().filter(|(id, _)| self.wave.as_ref() != Some(id));
        others.map(|(id, name)| (name, Self { wave: Some(id), ..self.clone() }.list())).collect()
    }

    /// Kinds that it can be narrowed by.
    pub(super) fn kinds(&self, m: Messages) -> Vec<Chip> {
        let others = MailKind::ALL.iter().filter(|it| **it != MailKind::Account && self.kind != Some(**it));
        others.map(|it| (kind_named(m, *it).to_owned(), Self { kind: Some(*it), ..self.clone() }.list())).collect()
    }

    /// Parties that it can be narrowed by.
    pub(super) fn parties(&self, m: Messages) -> Vec<Chip> {
        let others = PARTIES.into_iter().filter(|it| self.party != Some(*it));
        others.map(|it| (party_named(m, it).to_owned(), Self { party: Some(it), ..self.clone() }.list())).collect()
    }
}
