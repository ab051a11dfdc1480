//! Tells in Dutch what is wrong with what was typed.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::exit::Exit;

/// Prints help or version to standard output (status 0), or the mistake to standard error (status 2).
pub fn tell(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Nothing is left to do when nobody reads the help.
            let _ = error.print();
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprintln!("{}", error.render());
            Exit::Refused
        }
        _ => {
            eprintln!("{}", sentence(error));
            if let Some(usage) = context(error, ContextKind::Usage) {
                eprintln!("\n{}", usage.replacen("Usage:", "Gebruik:", 1));
            }
            eprintln!("\nMeer uitleg: loket --help");
            Exit::Refused
        }
    }
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
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("De waarde \"{value}\" kan niet bij {argument}.")
        }
        ErrorKind::ArgumentConflict => format!(
            "{argument} kan niet samen met {}, of staat er dubbel.",
            context(error, ContextKind::PriorArg).unwrap_or_else(|| "een andere optie".into())
        ),
        ErrorKind::InvalidUtf8 => "Er staat een teken in dat geen UTF-8 is.".into(),
        _ => "Deze opdracht is niet te begrijpen.".into(),
    };
    if let Some(source) = std::error::Error::source(error) {
        text.push_str(&format!(" {source}"));
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

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}
