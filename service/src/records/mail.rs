//! Messages to people: what kind, to whom and about what. No address, text or secret stands in one.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// What a message is for.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum MailKind {
        /// A board is asked to confirm its seats.
        PlekkenBevestigen = "plekken-bevestigen",
        /// Somebody is asked to answer about a placement.
        Vraag = "vraag",
        /// Somebody has not answered yet.
        Herinnering = "herinnering",
        /// A placement changed.
        Gewijzigd = "gewijzigd",
        /// Placements were published.
        Vastgesteld = "vastgesteld",
        /// Somebody or something fell out.
        Uitval = "uitval",
        /// A meeting.
        Agenda = "agenda",
        /// The account: an invitation, or another password.
        Account = "account",
    }

    /// To what kind of recipient a message goes.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum RecipientKind {
        /// The holder of an account, at its address.
        Account = "account",
        /// A candidate, at the address in the register.
        Kandidaat = "kandidaat",
        /// A coach: at the address of the account with that role, otherwise at the one in the register.
        Coach = "coach",
        /// A board: everybody who holds the role for it.
        Bestuur = "bestuur",
    }

    /// How far a message is.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum MailState {
        /// Will be sent, or tried again.
        Wachtend = "wachtend",
        /// Waits for somebody to send it by hand.
        Concept = "concept",
        /// A mail server took it.
        Verstuurd = "verstuurd",
        /// It could not be sent, or came back.
        Mislukt = "mislukt",
        /// Somebody saw to it by hand.
        Afgehandeld = "afgehandeld",
    }
}

impl MailKind {
    /// Its subject: the same for everybody, without personal data.
    pub fn subject(self) -> &'static str {
        match self {
            Self::PlekkenBevestigen => "Wilt u uw plekken bevestigen?",
            Self::Vraag => "Een vraag over een plaatsing",
            Self::Herinnering => "Herinnering: wij wachten nog op uw antwoord",
            Self::Gewijzigd => "Er is iets gewijzigd in een plaatsing",
            Self::Vastgesteld => "De plaatsingen zijn vastgesteld",
            Self::Uitval => "Er is een melding over een plaatsing",
            Self::Agenda => "Een afspraak over een plaatsing",
            Self::Account => "Uw account bij Loket",
        }
    }
}

/// To whom a message goes, by id; the address is looked up when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recipient {
    /// What kind of recipient.
    pub kind: RecipientKind,
    /// Its id.
    pub id: String,
}

impl Recipient {
    /// The holder of an account.
    pub fn account(id: &str) -> Self {
        Self { kind: RecipientKind::Account, id: id.to_owned() }
    }

    /// A candidate.
    pub fn candidate(id: &str) -> Self {
        Self { kind: RecipientKind::Kandidaat, id: id.to_owned() }
    }

    /// A coach.
    pub fn coach(id: &str) -> Self {
        Self { kind: RecipientKind::Coach, id: id.to_owned() }
    }

    /// Everybody who holds the role for a board.
    pub fn board(id: &str) -> Self {
        Self { kind: RecipientKind::Bestuur, id: id.to_owned() }
    }
}

/// Where a message to somebody goes, and whether there is an address now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// To whom.
    pub to: Recipient,
    /// Whether there is an address.
    pub address: bool,
}

/// A message that belongs to a deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is for.
    pub kind: MailKind,
    /// To whom.
    pub to: Recipient,
    /// What it is about: a path below the address of the service, as `records::address::path` makes it, of pseudonyms; never a name or a
    /// secret.
    pub about: String,
}

impl Message {
    /// Whether it is about a meeting of a roster.
    pub fn meets(&self) -> bool {
        self.about.starts_with("/v1/roosters/")
    }

    /// Whether it says that a report was seen to.
    pub fn settles(&self) -> bool {
        self.about.starts_with("/v1/uitvalmeldingen/") && self.about.ends_with("/afhandeling")
    }

    /// Its subject: the same for everybody, without personal data.
    pub fn subject(&self) -> &'static str {
        match self.kind {
            MailKind::Uitval if self.settles() => "Uw melding is afgehandeld",
            MailKind::Vraag if self.meets() => "Een vraag over een afspraak",
            MailKind::Agenda if self.meets() => "Een afspraak voor u",
            kind => kind.subject(),
        }
    }
}

/// A message on a list, with who it is for and where it goes now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The message.
    pub mail: Mail,
    /// The name of whoever it is for, when it is known.
    pub name: Option<String>,
    /// Where it goes; nothing when nobody knows.
    pub address: Option<String>,
}

/// A message as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id, also that of the letter.
    pub id: String,
    /// The message.
    pub message: Message,
    /// The board for which an account gets it.
    pub board: Option<String>,
    /// How far it is.
    pub state: MailState,
    /// Why it was not sent, or came back: a code.
    pub reason: Option<String>,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried (UTC, milliseconds).
    pub next: i64,
    /// When it was made.
    pub made: i64,
    /// When a mail server took it.
    pub sent: Option<i64>,
    /// When it came back, failed for good, or was seen to by hand.
    pub ended: Option<i64>,
}
