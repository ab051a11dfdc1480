//! Tells in Dutch what is wrong with what was typed.

use std::net::AddrParseError;
use std::num::{IntErrorKind, ParseIntError};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use loket_instances::strict::spot::visible;

use crate::console;
use crate::exit::Exit;

/// Prints help or version to standard output (status 0), or the mistake to standard error (status 2).
pub fn tell(error: &clap::Error) -> Exit {
    match error.kind() {
        // Nothing is left to do when nobody reads the help.
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            console::announce(own_words(&error.render()));
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            console::page(own_words(&error.render()));
            Exit::Refused
        }
        _ => {
            console::page(mistake(error));
            Exit::Refused
        }
    }
}

/// What is wrong, how it is used, and where to read more.
fn mistake(error: &clap::Error) -> String {
    let mut page = format!("{}\n", visible(&sentence(error)));
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        page.push_str(&format!("\n{}\n", own_words(usage).trim_end()));
    }
    page.push_str("\nMeer uitleg: loket --help\n");
    page
}

/// The few words that clap writes itself.
fn own_words(text: &StyledStr) -> String {
    text.to_string().replacen("Usage:", "Gebruik:", 1).replace("[OPTIONS]", "[OPTIES]")
}

fn sentence(error: &clap::Error) -> String {
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    let mut text = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("De opdracht \"{}\" bestaat niet.", context(error, ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingSubcommand => "Er ontbreekt een opdracht.".into(),
        ErrorKind::UnknownArgument => format!("\"{argument}\" hoort hier niet."),
        ErrorKind::MissingRequiredArgument => format!("Dit ontbreekt: {argument}."),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("Bij {argument} ontbreekt een waarde.")
        }
        ErrorKind::ValueValidation if value.is_empty() => format!("Een lege waarde kan niet bij {argument}."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("De waarde \"{value}\" kan niet bij {argument}.")
        }
        ErrorKind::TooManyValues if value.is_empty() => format!("Bij {argument} hoort geen waarde."),
        ErrorKind::TooManyValues => format!("De waarde \"{value}\" is er een te veel bij {argument}."),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("Bij {argument} hoort een ander aantal waarden."),
        ErrorKind::NoEquals => format!("Schrijf een = achter {argument}."),
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            Some(other) if other == argument => format!("{argument} staat er dubbel."),
            Some(other) => format!("{argument} kan niet samen met {other}."),
            None => format!("{argument} kan niet samen met een andere optie."),
        },
        ErrorKind::InvalidUtf8 => "Er staat een teken in dat geen UTF-8 is.".into(),
        _ => "Deze opdracht is niet te begrijpen.".into(),
    };
    if let Some(source) = std::error::Error::source(error) {
        text.push_str(&format!(" {}", wrong(source)));
    }
    if let Some(choices) = context(error, ContextKind::ValidValue) {
        text.push_str(&format!(" Kies uit: {choices}."));
    }
    let hint = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| context(error, kind));
    if let Some(hint) = hint {
        text.push_str(&format!(" Bedoelde u {hint}?"));
    }
    text
}

/// What is wrong with a value, from whoever read it: our own readers say so in Dutch, those of Rust and clap do not.
fn wrong(source: &(dyn std::error::Error + 'static)) -> String {
    if let Some(number) = source.downcast_ref::<ParseIntError>() {
        return match number.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "Dat getal is te groot.",
            _ => "Vul een geheel getal in, van 0 of meer.",
        }
        .into();
    }
    if source.is::<AddrParseError>() {
        return "Vul een IP-adres in met een dubbele punt en een poort, bijvoorbeeld 127.0.0.1:8080.".into();
    }
    let text = source.to_string();
    match text.split_once(" is not in ").map(|(_, bounds)| bounds.split_once("..")) {
        // clap writes 0..=100, 0..100 and 0..
        Some(Some((least, most))) => match (most, most.strip_prefix('=')) {
            ("", _) => format!("Vul een geheel getal in van ten minste {least}."),
            (_, Some(most)) => format!("Vul een geheel getal in van ten minste {least} en hoogstens {most}."),
            (most, None) => format!("Vul een geheel getal in van ten minste {least} en minder dan {most}."),
        },
        _ => text,
    }
}

/// What clap knows of a mistake; nothing where that is empty.
fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}
