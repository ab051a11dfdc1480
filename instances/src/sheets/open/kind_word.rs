//! A kind of school as its word, for rows that go from one process to another.

use loket_solver::matching::facts::words::{SchoolKind, Word};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[expect(clippy::ref_option, reason = "serde hands it over so")]
pub(super) fn serialize<S: Serializer>(kind: &Option<SchoolKind>, to: S) -> Result<S::Ok, S::Error> {
    kind.map(Word::code).serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SchoolKind>, D::Error> {
    let word = Option::<String>::deserialize(from)?;
    word.map(|it| SchoolKind::parse(&it).ok_or_else(|| D::Error::custom("no kind of school"))).transpose()
}
