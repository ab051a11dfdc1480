//! Bodies of waves: a wave file as it was sent, or what a wave from the register must be.

use axum::body::Bytes;
use loket_instances::matching::row::{has_address, read_policy};
use loket_instances::matching::rows::PolicyRow;
use loket_instances::matching::wave_file as format;
use loket_instances::strict;
use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::json::{self, Node};
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::spot::Spot;
use loket_solver::matching::facts::words::Phase;
use serde_json::{Value, json};

use super::file::{policy, wave_file};
use super::policies::{EitherPolicy, WantedPolicy};
use super::shapes::{Day, Flag, ID, List, Shape, Text, one_word};
use super::{Body, Keyed, body, described};
use crate::desk::room::Period;
use crate::desk::sound::Sound;
use crate::serve::body::Size;

/// Most candidates in a wave, as in the format.
const MOST: usize = 100_000;
/// Longest period of a wave, years.
const YEARS: i64 = 10;

body! {
    "Lichtingwens"
    /// Een lichting die uit het register wordt gevuld
    Wish holds in_order {
        /// Het id; anders krijgt zij er een
        may id: String = OwnId,
        /// De naam
        needs naam: String = Text(200),
        /// De fase
        needs fase: Phase = one_word::<Phase>(),
        /// De eerste dag
        needs van: String = Day,
        /// De laatste dag, hoogstens tien jaar later
        needs tot: String = Day,
        /// Dagen die ver weg liggen zijn zo bedoeld
        may bevestigd: bool = Flag,
        /// Wie er meedoen; anders iedereen die wacht
        may kandidaten: Vec<String> = List(ID, MOST),
        /// Naam en nummer van een goedgekeurd beleid, of een beleid zoals in een lichtingbestand
        may beleid: WantedPolicy = EitherPolicy,
    }
}

impl Wish {
    /// From `van` until `tot`.
    pub fn period(&self) -> Option<Period> {
        Period::read(Some(&self.van), Some(&self.tot))
    }
}

/// A period ends after it begins, and not many years after.
pub(super) fn in_order(fields: &Fields<'_>) {
    let (Some(from), Some(until)) = (fields.get("van"), fields.get("tot")) else { return };
    let (Node::Text(first), Node::Text(last)) = (from.node, until.node) else { return };
    let Some(period) = Period::read(Some(first), Some(last)) else { return };
    let most = period.from.saturating_add(jiff::Span::new().years(YEARS));
    if period.until < period.from || period.until > most {
        until.refuse("grens", "tot ligt voor van, of meer dan tien jaar later", "kies een dag na van");
    }
}

/// The id of something that gets an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnId;

impl Shape for OwnId {
    type Value = String;

    fn read(&self, at: &At<'_>) -> Option<String> {
        let id = at.id()?;
        if !has_address(id) {
            at.refuse("id", format!("de id \"{id}\" kan niet in een adres staan"), "kies een andere id");
        }
        Some(id.to_owned())
    }

    fn schema(&self) -> Value {
        ID.schema()
    }
}

body! {
    "Vaststelwens"
    /// Leeg, of of ook voorstellen waarover niemand besloot vastgesteld mogen worden
    Publishing example { "bevestigd": true } {
        /// Ook wat niemand beoordeelde is zo bedoeld
        may bevestigd: bool = Flag,
    }
}

body! {
    "Verversing"
    /// Leeg, of of de lichting ook wordt aangevuld
    Refreshing {
        /// Ook scholen met vrije plekken en coaches met ruimte die nog niet in de lichting zitten
        may aanvullen: bool = Flag,
    }
}

/// A policy as in a wave file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy;

impl Shape for Policy {
    type Value = PolicyRow;

    fn read(&self, at: &At<'_>) -> Option<PolicyRow> {
        let read = read_policy(at.node.to_string().as_bytes());
        read.map_err(|mut refusal| {
            // Its reader says where it stands in a wave file, which is where it stands here.
            for problem in &mut refusal.problems {
                problem.pointer = problem.pointer.strip_prefix("/beleid").unwrap_or_default().to_owned();
            }
            at.refused(refusal);
        })
        .ok()
    }

    fn schema(&self) -> Value {
        policy()
    }
}

/// A new wave.
#[derive(Clone, Debug)]
pub enum NewWave {
    /// A wave file, read with its own reader.
    File(Box<Sound>),
    /// A wave that is filled from the register.
    Wish(Box<Wish>),
}

impl Body for NewWave {
    const SIZE: Size = Size::Whole;
    // To build a wave takes more than to read its bytes.
    const SMALL: usize = 0;

    fn parse(bytes: Bytes) -> Result<Self, Refusal> {
        let tree = tree(bytes)?;
        if is_file(&tree) {
            return sound(tree).map(Self::File);
        }
        strict::read_at(&tree, Spot::default(), Wish::read).map(|wish| Self::Wish(Box::new(wish)))
    }

    fn schema() -> Value {
        json!({
            "oneOf": [wave_file(), <Wish as Body>::schema()],
            "description": "Een lichtingbestand (loket-lichting/1, met ?van= en ?tot=), of een wens: dan komen plekken, coaches en kandidaten uit \
                het register",
            "example": example(),
        })
    }
}

/// What stands in the bytes, which are let go.
fn tree(bytes: Bytes) -> Result<Node, Refusal> {
    json::parse_within(&bytes, Size::Whole.bounds()).map_err(|error| strict::report::broken(&error))
}

/// The wave of a file, whose tree is let go before the wave is built.
fn sound(tree: Node) -> Result<Box<Sound>, Refusal> {
    let file = format::WaveFile::of(&tree)?;
    drop(tree);
    Sound::of(file).map(Box::new)
}

/// Whether this is meant as a wave file, also one that lacks its `formaat`.
fn is_file(tree: &Node) -> bool {
    let Node::Object(entries) = tree else { return true };
    entries.iter().any(|(key, value)| ["formaat", "besturen", "scholen", "coaches"].contains(&key.as_str()) && *value != Node::Null)
}

/// A wave file as it was sent, read with its own reader.
#[derive(Clone, Debug)]
pub struct WaveFile(pub Box<Sound>);

impl Body for WaveFile {
    const SIZE: Size = Size::Whole;
    const SMALL: usize = 0;

    fn parse(bytes: Bytes) -> Result<Self, Refusal> {
        sound(tree(bytes)?).map(Self)
    }

    fn schema() -> Value {
        let mut schema = wave_file();
        schema["example"] = example();
        schema
    }
}

/// The smallest wave file with somebody to place.
fn example() -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": "najaar", "naam": "Najaarslichting", "fase": "opleiding",
        "besturen": [{ "id": "B1" }],
        "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.37, "lon": 4.89, "doelgroep": 40, "plekken": [{ "bouw": "onderbouw", "aantal": 1 }] }],
        "coaches": [{ "id": "K1", "lat": 52.372, "lon": 4.895, "maximum": 2, "uren": 120 }],
        "kandidaten": [{ "id": "Z1", "lat": 52.371, "lon": 4.885, "bouwen": ["onderbouw"] }],
    })
}

described!(NewWave);
described!(WaveFile);

#[cfg(test)]
mod tests {
    use super::*;

    /// What is not meant as a wave file, as it is read.
    fn wished(text: &str) -> Option<Result<NewWave, Refusal>> {
        let file = json::parse(text.as_bytes()).is_ok_and(|tree| is_file(&tree));
        (!file).then(|| NewWave::parse(Bytes::copy_from_slice(text.as_bytes())))
    }

    #[test]
    fn a_wave_file_is_told_from_a_wish() {
        let wish = r#"{"naam":"Najaar","fase":"opleiding","van":"2026-09-01","tot":"2027-07-31"}"#;
        assert!(matches!(wished(wish), Some(Ok(NewWave::Wish(_)))));
        for asked in ["{}", r#"{"kandidaten":["Z1"]}"#, r#"{"formaat":null}"#] {
            let refused = wished(asked).expect("a wish").expect_err("that lacks much");
            assert!(refused.problems.iter().any(|it| it.pointer == "/naam" && it.code == "ontbreekt"), "{asked}: {refused}");
        }
        for file in [r#"{"formaat":"loket-lichting/1"}"#, r#"{"id":"w","scholen":[]}"#, "[1,2]", "7"] {
            assert!(wished(file).is_none(), "{file}");
        }
        let file = NewWave::parse(Bytes::from(example().to_string())).expect("the example can be read");
        assert!(matches!(file, NewWave::File(sound) if sound.loaded.wave.candidates.len() == 1));
        for broken in ["geen json", ""] {
            let refused = wished(broken).expect("no file").expect_err("no JSON");
            assert_eq!(refused.problems[0].code, "json");
        }
    }
}
