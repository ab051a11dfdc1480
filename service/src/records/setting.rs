//! What people set while the service runs: a literal list, each with what is usual, its bounds and what it means.

use std::marker::PhantomData;

use loket_solver::matching::facts::words::{Phase, words};

words! {
    /// A setting that people change while the service runs.
    pub enum Name {
        /// Weeks that a name is kept after the last placement of its holder ended.
        KeptAfterPlacement = "bewaarweken-na-plaatsing",
        /// Weeks that the name of somebody who was never placed is kept after the waiting is over.
        KeptAfterWaiting = "bewaarweken-na-wachten",
        /// Weeks that the name and address of an account are kept after it ended.
        KeptAccounts = "bewaarweken-accounts",
        /// Weeks that sessions, used links and rounds past a provider are kept.
        KeptSignIns = "bewaarweken-aanmeldingen",
        /// Weeks that messages are kept after they were sent.
        KeptMessages = "bewaarweken-berichten",
        /// Whether whoever drafts a policy may approve it.
        OnePersonTeam = "eenpersoonsteam",
        /// Whether publication waits for answers that are open.
        PublicationWaits = "vaststelling-wacht-op-antwoorden",
        /// Days in which an answer is asked, when nobody says.
        ReplyDays = "antwoorddagen",
        /// Thousandths of the people with a first job at school who fall out, while the funnel cannot say.
        DropWork = "uitval-werkervaring",
        /// Thousandths of the people in the first year of training who fall out, while the funnel cannot say.
        DropTraining = "uitval-opleiding",
        /// Thousandths of the people in the second year of training who fall out, while the funnel cannot say.
        DropSecondYear = "uitval-opleiding-jaar-2",
        /// Thousandths of the people in their induction who fall out, while the funnel cannot say.
        DropInduction = "uitval-inductie",
    }
}

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A whole number.
    Number {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
        /// What it is until somebody sets it.
        usual: i64,
    },
    /// On or off.
    Switch {
        /// What it is until somebody sets it.
        usual: bool,
    },
}

/// A value as it is kept: a number, or 1 and 0 for on and off.
pub type Kept = i64;

impl Name {
    /// What it may be.
    pub const fn shape(self) -> Shape {
        match self {
            Self::KeptAfterPlacement | Self::KeptAfterWaiting => Shape::Number { least: 0, most: 520, usual: 4 },
            Self::KeptAccounts => Shape::Number { least: 0, most: 520, usual: 52 },
            Self::KeptSignIns | Self::KeptMessages => Shape::Number { least: 1, most: 520, usual: 13 },
            Self::OnePersonTeam | Self::PublicationWaits => Shape::Switch { usual: false },
            Self::ReplyDays => Shape::Number { least: 1, most: 90, usual: 10 },
            // What the programme's targets leave: 90 % through the preliminary track, 80 % a diploma after two years, 80 % there after five.
            Self::DropWork | Self::DropTraining | Self::DropSecondYear => Shape::Number { least: 0, most: 1_000, usual: 100 },
            Self::DropInduction => Shape::Number { least: 0, most: 1_000, usual: 40 },
        }
    }

    /// What it means, for whoever sets it.
    pub fn says(self) -> &'static str {
        match self {
            Self::KeptAfterPlacement => "Zoveel weken na het eind van iemands laatste plaatsing wordt de naam gewist",
            Self::KeptAfterWaiting => "Zoveel weken nadat iemand die nooit geplaatst is niet meer wacht, wordt de naam gewist",
            Self::KeptAccounts => "Zoveel weken na het eind van een account worden naam en adres gewist",
            Self::KeptSignIns => "Zoveel weken blijven sessies en gebruikte koppelingen bewaard",
            Self::KeptMessages => "Zoveel weken na het versturen blijft een bericht bewaard",
            Self::OnePersonTeam => "Wie een beleid opstelt, mag het ook goedkeuren; in het logboek en elk verslag staat dat het zo ging",
            Self::PublicationWaits => "Een lichting wordt pas vastgesteld als elk gevraagd antwoord er is",
            Self::ReplyDays => "Zoveel dagen heeft iemand om te antwoorden, als er geen dag bij de vraag staat",
            Self::DropWork => "Van de duizend mensen in de werkervaring vallen er zoveel uit, zolang de trechter het niet kan zeggen",
            Self::DropTraining => {
                "Van de duizend mensen in jaar 1 van de opleiding vallen er zoveel uit, zolang de trechter het niet kan zeggen"
            }
            Self::DropSecondYear => {
                "Van de duizend mensen in jaar 2 van de opleiding vallen er zoveel uit, zolang de trechter het niet kan zeggen"
            }
            Self::DropInduction => "Van de duizend mensen in de inductie vallen er zoveel uit, zolang de trechter het niet kan zeggen",
        }
    }

    /// What it is until somebody sets it.
    pub const fn usual(self) -> Kept {
        match self.shape() {
            Shape::Number { usual, .. } => usual,
            Shape::Switch { usual } => usual as Kept,
        }
    }

    /// Whether it may be this.
    pub const fn may_be(self, kept: Kept) -> bool {
        match self.shape() {
            Shape::Number { least, most, .. } => least <= kept && kept <= most,
            Shape::Switch { .. } => kept == 0 || kept == 1,
        }
    }
}

/// A setting with the type of its value, for whoever acts by it: `session.setting(setting::REPLY_DAYS)` gives an `i64`.
#[derive(Clone, Copy, Debug)]
pub struct Setting<T> {
    /// Which one.
    pub name: Name,
    value: PhantomData<T>,
}

/// A value that a setting can have.
pub trait Settable: Copy {
    /// What is kept, as the value that it is.
    fn of(kept: Kept) -> Self;
}

impl Settable for i64 {
    fn of(kept: Kept) -> Self {
        kept
    }
}

impl Settable for bool {
    fn of(kept: Kept) -> Self {
        kept != 0
    }
}

/// One that is a number. Only for the list below, where the compiler sees to it that it is one.
const fn number(name: Name) -> Setting<i64> {
    assert!(matches!(name.shape(), Shape::Number { .. }));
    Setting { name, value: PhantomData }
}

/// One that is on or off.
const fn switch(name: Name) -> Setting<bool> {
    assert!(matches!(name.shape(), Shape::Switch { .. }));
    Setting { name, value: PhantomData }
}

/// Weeks that a name is kept after the last placement of its holder ended.
pub const KEPT_AFTER_PLACEMENT: Setting<i64> = number(Name::KeptAfterPlacement);
/// Weeks that the name of somebody who was never placed is kept after the waiting is over.
pub const KEPT_AFTER_WAITING: Setting<i64> = number(Name::KeptAfterWaiting);
/// Weeks that the name and address of an account are kept after it ended.
pub const KEPT_ACCOUNTS: Setting<i64> = number(Name::KeptAccounts);
/// Weeks that sessions, used links and rounds past a provider are kept.
pub const KEPT_SIGN_INS: Setting<i64> = number(Name::KeptSignIns);
/// Weeks that messages are kept after they were sent.
pub const KEPT_MESSAGES: Setting<i64> = number(Name::KeptMessages);
/// Whether whoever drafts a policy may approve it.
pub const ONE_PERSON_TEAM: Setting<bool> = switch(Name::OnePersonTeam);
/// Whether publication waits for answers that are open.
pub const PUBLICATION_WAITS: Setting<bool> = switch(Name::PublicationWaits);
/// Days in which an answer is asked, when nobody says.
pub const REPLY_DAYS: Setting<i64> = number(Name::ReplyDays);

/// How many of a thousand people of a phase fall out, while the funnel cannot say.
pub const fn dropping_out(phase: Phase) -> Setting<i64> {
    number(match phase {
        Phase::Werkervaring => Name::DropWork,
        Phase::Opleiding => Name::DropTraining,
        Phase::OpleidingJaar2 => Name::DropSecondYear,
        Phase::Inductie => Name::DropInduction,
    })
}

/// A setting as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which one.
    pub name: Name,
    /// What it is.
    pub kept: Kept,
    /// From 1, which is what is usual.
    pub version: i64,
    /// When it was set and by which account; nothing while it is what is usual.
    pub set: Option<(i64, String)>,
}

/// A value that a setting had or has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// What it was.
    pub kept: Kept,
    /// At which version.
    pub version: i64,
    /// When it was set (UTC, milliseconds).
    pub at: i64,
    /// By which account.
    pub who: String,
}

#[cfg(test)]
mod tests {
    use loket_solver::matching::facts::words::Word;

    use super::*;

    #[test]
    fn what_is_usual_may_be() {
        for name in Name::ALL {
            assert!(name.may_be(name.usual()), "{name:?}");
            let beyond = match name.shape() {
                Shape::Number { most, .. } => most + 1,
                Shape::Switch { .. } => 2,
            };
            assert!(!name.may_be(beyond) && !name.may_be(-1), "{name:?}");
        }
    }
}
