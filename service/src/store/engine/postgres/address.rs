//! Where a PostgreSQL database is, read from its address: shown without the password, and with TLS demanded unless it is on this machine.

use std::fmt;
use std::net::IpAddr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// Parameters behind the question mark that this program understands; another is a mistake, and its value may be a secret.
const KNOWN: &[&str] = &["host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey"];

/// The address of a database. It is shown without password and parameters.
#[derive(Clone)]
pub struct Address {
    pub(super) options: PgConnectOptions,
    typed: String,
}

impl Address {
    /// Whether a text means a database and not a file.
    pub fn means(text: &str) -> bool {
        text.starts_with("postgres://") || text.starts_with("postgresql://")
    }

    /// Reads an address; the error says what is wrong with it and quotes nothing of it.
    pub fn read(text: &str) -> Result<Self, String> {
        for pair in text.split_once('?').map_or("", |(_, rest)| rest).split('&').filter(|it| !it.is_empty()) {
            let name = pair.split('=').next().unwrap_or_default();
            if !KNOWN.contains(&name) {
                return Err(format!("achter het vraagteken mag alleen staan: {}", KNOWN.join(", ")));
            }
        }
        let wrong = "het adres van de database is niet te lezen; schrijf bijvoorbeeld postgres://gebruiker@naam:5432/loket en zet vreemde \
                     tekens in een wachtwoord met een procentteken";
        let options: PgConnectOptions = text.parse().map_err(|_| wrong.to_owned())?;
        let here = here(&options);
        // On this machine nobody else listens; anywhere else the other side must prove who it is, whatever was typed.
        let options = if here { options } else { options.ssl_mode(PgSslMode::VerifyFull) };
        if options.get_database().is_none_or(str::is_empty) {
            return Err("het adres van de database noemt geen database; zet die achter de laatste schuine streep".into());
        }
        Ok(Self { options: options.application_name("loket"), typed: text.to_owned() })
    }

    /// What was typed, for another process of this program.
    pub fn secret(&self) -> &str {
        &self.typed
    }
}

/// Whether this is a socket or an address of this machine itself.
fn here(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (user, database) = (self.options.get_username(), self.options.get_database().unwrap_or_default());
        match self.options.get_socket() {
            Some(socket) => write!(out, "postgres://{user}@{}/{database}", socket.display()),
            None => write!(out, "postgres://{user}@{}:{}/{database}", self.options.get_host(), self.options.get_port()),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Address {
        Address::read(text).unwrap()
    }

    #[test]
    fn an_address_is_never_shown_with_its_secrets() {
        for text in ["postgres://u:kanarie@db.stad.nl/loket", "postgresql://u@db.stad.nl/loket?password=kanarie"] {
            let address = read(text);
            assert_eq!(address.to_string(), "postgres://u@db.stad.nl:5432/loket");
            assert!(!format!("{address:?}").contains("kanarie"));
        }
        let wrong = [
            "postgres://u@db:x/kanarie",
            "postgres://u@h/loket?wachtwoord=kanarie",
            "postgres://u@h/loket?port=kanarie",
            "postgres://u:kanarie@h",
        ];
        assert!(wrong.map(|it| Address::read(it).unwrap_err()).iter().all(|it| !it.contains("kanarie")));
    }

    #[test]
    fn tls_is_demanded_of_every_other_machine_whatever_was_typed() {
        for text in ["postgres://u@db.stad.nl/l", "postgres://u@10.0.0.7/l?sslmode=disable", "postgres://u@db/l?sslmode=prefer"] {
            assert!(matches!(read(text).options.get_ssl_mode(), PgSslMode::VerifyFull), "{text}");
        }
        for text in ["postgres://u@localhost/l", "postgres://u@127.0.0.1/l", "postgres://u@[::1]/l", "postgres://u@%2Frun%2Fpg/l"] {
            assert!(!matches!(read(text).options.get_ssl_mode(), PgSslMode::VerifyFull), "{text}");
        }
    }
}
