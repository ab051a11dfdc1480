//! Bodies about accounts, tokens and signing in.

use loket_instances::strict::fields::At;
use loket_solver::matching::facts::words::Word;
use serde_json::Value;

use super::body;
use super::shapes::{Day, ID, List, Shape, Text, choice, nested};
use crate::access::Role;
use crate::records::account::Held;

body! {
    "Accountrol"
    /// Een rol, en voor wie
    HeldRole {
        /// Wat het account mag
        needs rol: Role = AccountRole,
        /// Het bestuur of de coach, bij die rollen
        may van: String = ID,
    }
}

impl From<HeldRole> for Held {
    fn from(body: HeldRole) -> Self {
        Self { role: body.rol, of: body.van.unwrap_or_default() }
    }
}

body! {
    "NieuwAccount"
    /// Wie er een account krijgt
    NewAccount example { "naam": "Hendrikje Voorbeeld", "adres": "hendrikje@voorbeeld.example", "rollen": [{ "rol": "intermediair" }] } {
        /// Van wie het account is
        needs naam: String = Text(200),
        /// Waar koppelingen heen gaan
        needs adres: String = Address,
        /// In welke rollen
        needs rollen: Vec<HeldRole> = List(nested::<HeldRole>(), 100),
    }
}

body! {
    "AccountVerbetering"
    /// Van wie een account is en waar berichten heen gaan
    CorrectedAccount example { "naam": "Hendrikje Voorbeeld", "adres": "hendrikje@voorbeeld.example" } {
        /// Van wie het account is
        needs naam: String = Text(200),
        /// Waar koppelingen heen gaan; alleen een script heeft er geen
        may adres: String = Address,
    }
}

body! {
    "NieuweRollen"
    /// De rollen die een account van nu af heeft
    NewRoles example { "rollen": [{ "rol": "bestuur", "van": "B1" }] } {
        /// In welke rollen
        needs rollen: Vec<HeldRole> = List(nested::<HeldRole>(), 100),
    }
}

body! {
    "ScriptAanvraag"
    /// Een account voor een script
    NewScript example { "naam": "nachtelijke levering", "rollen": [{ "rol": "intermediair" }] } {
        /// Hoe het script heet
        needs naam: String = Text(200),
        /// In welke rollen; de sleutel geldt voor de eerste
        needs rollen: Vec<HeldRole> = List(nested::<HeldRole>(), 100),
        /// De laatste dag van de sleutel; anders negentig dagen
        may tot: String = Day,
    }
}

body! {
    "SleutelAanvraag"
    /// Een sleutel voor een programma
    NewToken example { "naam": "nachtelijke import", "rol": "intermediair" } {
        /// Hoe de sleutel heet
        needs naam: String = Text(200),
        /// De rol waarin ermee gewerkt wordt
        needs rol: Role = AccountRole,
        /// De laatste dag; anders negentig dagen
        may tot: String = Day,
    }
}

body! {
    "Aanmelden"
    /// Waarmee iemand zich aanmeldt
    SignIn example { "adres": "hendrikje@voorbeeld.example", "wachtwoord": "een zin van een paar woorden" } {
        /// Het adres van het account
        needs adres: String = Text(320),
        /// Het wachtwoord
        needs wachtwoord: String = Text(1_024),
        /// De code van de tweede factor
        may code: String = Text(16),
        /// Of een herstelcode
        may herstelcode: String = Text(64),
        /// De rol om in te werken, als het account er meer heeft
        may rol: Role = AccountRole,
    }
}

body! {
    "VergetenWachtwoord"
    /// Wie een ander wachtwoord wil
    Forgotten example { "adres": "hendrikje@voorbeeld.example" } {
        /// Het adres van het account
        needs adres: String = Text(320),
    }
}

body! {
    "AnderWachtwoord"
    /// Het wachtwoord van nu, en een ander
    OtherPassword example { "oud": "een zin van een paar woorden", "nieuw": "zeven blauwe fietsen bij de brug" } {
        /// Het wachtwoord van nu
        needs oud: String = Text(1_024),
        /// Het wachtwoord dat het account krijgt
        needs nieuw: String = Text(1_024),
    }
}

body! {
    "GebruikteKoppeling"
    /// Een koppeling, en het wachtwoord dat het account krijgt
    UsedLink example { "koppeling": "zoals in het bericht", "wachtwoord": "een zin van een paar woorden" } {
        /// Wat er in het bericht staat
        needs koppeling: String = Text(128),
        /// Het nieuwe wachtwoord
        needs wachtwoord: String = Text(1_024),
        /// De rol om in te werken, als het account er meer heeft
        may rol: Role = AccountRole,
    }
}

body! {
    "Rolwissel"
    /// De rol om verder in te werken
    OtherRole example { "rol": "lezer" } {
        /// Een rol van dit account
        needs rol: Role = AccountRole,
    }
}

body! {
    "Factorcode"
    /// Een code van de nieuwe tweede factor
    FactorCode example { "code": "123456" } {
        /// Zes cijfers
        needs code: String = Text(16),
    }
}

/// A role that an account can hold.
#[derive(Clone, Copy, Debug)]
struct AccountRole;

impl Shape for AccountRole {
    type Value = Role;

    fn read(&self, at: &At<'_>) -> Option<Role> {
        at.one_of(&HELD).and_then(Role::parse)
    }

    fn schema(&self) -> Value {
        choice(&HELD)
    }
}

const HELD: [&str; 5] = ["beheerder", "intermediair", "bestuur", "coach", "lezer"];

/// An address for messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address;

impl Shape for Address {
    type Value = String;

    fn read(&self, at: &At<'_>) -> Option<String> {
        let text = at.bounded(320)?;
        let looks = text.split_once('@').is_some_and(|(who, place)| !who.is_empty() && place.contains('.') && !place.contains('@'));
        if looks && !text.chars().any(|it| it.is_whitespace() || it.is_control()) {
            return Some(text.to_owned());
        }
        at.refuse("adres", "dit is geen e-mailadres", "schrijf een adres als naam@organisatie.nl");
        None
    }

    fn schema(&self) -> Value {
        serde_json::json!({ "type": "string", "format": "email", "maxLength": 320 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_that_an_account_can_hold_can_be_named() {
        assert_eq!(HELD.to_vec(), Role::HELD.iter().map(|it| it.code()).collect::<Vec<_>>());
    }
}
