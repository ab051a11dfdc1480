//! Where the data are: a file, or a database server.

use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use loket_instances::strict::spot::visible;
use serde::{Deserialize, Deserializer};

use super::engine::postgres::Address;

/// Where the data are. It is shown without a password.
#[derive(Clone, Debug)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database.
    Server(Box<Address>),
    /// Meant as a database, and not to be read; why, without quoting it.
    Unread(String),
}

impl Place {
    /// The file; nothing for a database server.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Server(_) | Self::Unread(_) => None,
        }
    }

    /// Whether there is anything to open: of a server that shows when it is opened.
    pub fn is_there(&self) -> bool {
        self.file().is_none_or(Path::is_file)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => out.write_str(&visible(&path.to_string_lossy())),
            Self::Server(address) => out.write_str(&visible(&address.to_string())),
            Self::Unread(_) => out.write_str("de database"),
        }
    }
}

impl From<&OsStr> for Place {
    fn from(typed: &OsStr) -> Self {
        match typed.to_str() {
            Some(text) if Address::means(text) => Address::read(text).map_or_else(Self::Unread, |address| Self::Server(Box::new(address))),
            _ => Self::File(typed.into()),
        }
    }
}

impl From<OsString> for Place {
    fn from(typed: OsString) -> Self {
        typed.as_os_str().into()
    }
}

impl From<&str> for Place {
    fn from(typed: &str) -> Self {
        OsStr::new(typed).into()
    }
}

impl From<&Path> for Place {
    fn from(path: &Path) -> Self {
        Self::File(path.to_path_buf())
    }
}

impl From<&PathBuf> for Place {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&Self> for Place {
    fn from(place: &Self) -> Self {
        place.clone()
    }
}

impl FromStr for Place {
    type Err = Infallible;

    fn from_str(typed: &str) -> Result<Self, Infallible> {
        Ok(typed.into())
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(read: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(read)?.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_file_unless_it_begins_as_an_address_and_shows_no_password() {
        assert!(matches!(Place::from("loket.sqlite"), Place::File(_)));
        assert!(matches!(Place::from("/srv/postgres/loket"), Place::File(_)));
        let server = Place::from("postgres://u:kanarie@h/loket");
        assert_eq!((server.to_string(), server.file()), ("postgres://u@h:5432/loket".to_owned(), None));
        let wrong = Place::from("postgres://u:kanarie@h");
        assert!(matches!(&wrong, Place::Unread(why) if !why.contains("kanarie")));
        assert!(!format!("{server:?}{wrong:?}{wrong}").contains("kanarie"));
    }
}
