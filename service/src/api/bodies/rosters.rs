//! Bodies of rosters: a roster file as it was sent, runs, decisions, and who falls out.

use axum::body::Bytes;
use loket_instances::scheduling::roster_file::RosterFile;
use loket_instances::strict;
use loket_instances::strict::fields::Fields;
use loket_instances::strict::json::{self, Node};
use loket_instances::strict::problem::Refusal;
use loket_instances::strict::report::broken;
use loket_instances::strict::spot::Spot;
use loket_solver::common::words::HalfDay;
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::codes::Kind;
use serde_json::{Value, json as value};

use super::shapes::{Day, Flag, ID, List, Nested, Number, OneWord, Shape, Text, choice, nested, one_word};
use super::{Body, Keyed, body, described, object};
use crate::desk::roster::filled::Wanted;
use crate::desk::roster::next::day_of;
use crate::desk::roster::sound::Sound;
use crate::records::roster::{Because, Named, Said};
use crate::serve::body::Size;

body! {
    "Roosterwens"
    /// Een rooster dat uit het register en uit vastgestelde plaatsingen wordt gevuld
    RosterWish holds in_order {
        /// Wat er gepland wordt: gesprekken, intervisie of bezoeken
        needs soort: Kind = one_word::<Kind>(),
        /// De naam
        needs naam: String = Text(200),
        /// De eerste dag
        needs van: String = Day,
        /// De laatste dag
        needs tot: String = Day,
        /// De school waar men bij elkaar komt; anders een eigen kantoor
        may locatie: String = ID,
        /// Hoeveel kamers er tegelijk zijn
        may kamers: i64 = Number(1, 60),
        /// Op welke dagdelen het daar kan; anders op alle
        may dagdelen: Vec<HalfDay> = List(one_word::<HalfDay>(), 10),
        /// Van gesprekken: of iemand van een bestuur in het panel zit
        may bestuur: bool = Flag,
        /// Van gesprekken: of een intermediair in het panel zit
        may intermediair: bool = Flag,
        /// Van intervisie: van welke lichting
        may lichting: String = ID,
        /// Van intervisie: hoe vaak een groep bij elkaar komt
        may keren: i64 = Number(1, 60),
        /// Van intervisie: om de hoeveel weken
        may weken: i64 = Number(1, 60),
    }
}

/// It ends after it begins, and peer groups are of a wave.
fn in_order(fields: &Fields<'_>) {
    let text =
        |key: &'static str| fields.get(key).and_then(|at| if let Node::Text(text) = at.node { Some((at, text.as_str())) } else { None });
    if let (Some((_, from)), Some((at, until))) = (text("van"), text("tot"))
        && until < from
    {
        at.refuse("grens", "tot ligt voor van", "kies een dag na van");
    }
    if text("soort").is_some_and(|(_, kind)| kind == Kind::PeerGroups.code()) && fields.get("lichting").is_none() {
        fields.need("lichting");
    }
}

impl RosterWish {
    /// What the roster must be; nothing when a day is none.
    pub fn wanted(self, id: String) -> Option<(Wanted, Option<String>)> {
        let number = |it: Option<i64>, usual: u32| it.and_then(|it| u32::try_from(it).ok()).unwrap_or(usual);
        let wave = self.lichting.filter(|_| self.soort == Kind::PeerGroups);
        let wanted = Wanted {
            id,
            name: self.naam,
            kind: self.soort,
            from: day_of(&self.van)?,
            until: day_of(&self.tot)?,
            location: self.locatie,
            rooms: number(self.kamers, 1),
            half_days: self.dagdelen.unwrap_or_default(),
            with_board: self.bestuur.unwrap_or_default(),
            with_intermediary: self.intermediair.unwrap_or_default(),
            meetings: number(self.keren, 6),
            rhythm: number(self.weken, 4),
        };
        Some((wanted, wave))
    }
}

/// A new roster.
#[derive(Clone, Debug)]
pub enum NewRoster {
    /// A roster file (`loket-rooster/1`), read with its own reader.
    File(Box<Sound>),
    /// A roster that is filled from the register.
    Wish(Box<RosterWish>),
}

/// Whether this is meant as a file, also one that lacks its `formaat`.
fn is_file(tree: &Node) -> bool {
    let Node::Object(entries) = tree else { return true };
    entries.iter().any(|(key, value)| ["formaat", "kalender", "personen"].contains(&key.as_str()) && *value != Node::Null)
}

impl Body for NewRoster {
    const SIZE: Size = Size::Whole;
    // To build a roster takes more than to read its bytes.
    const SMALL: usize = 0;

    fn parse(bytes: Bytes) -> Result<Self, Refusal> {
        let tree = json::parse_within(&bytes, Size::Whole.bounds()).map_err(|error| broken(&error))?;
        if !is_file(&tree) {
            return strict::read_at(&tree, Spot::default(), RosterWish::read).map(|wish| Self::Wish(Box::new(wish)));
        }
        let (file, notices) = RosterFile::of(&tree)?;
        drop(tree);
        let mut sound = Sound::of(file)?;
        sound.loaded.notices.splice(0..0, notices);
        Ok(Self::File(Box::new(sound)))
    }

    fn schema() -> Value {
        let rows = |says: &str| value!({ "type": "array", "description": says, "items": { "type": "object" } });
        let row = |says: &str| value!({ "type": "object", "description": says });
        let kinds: Vec<&str> = Kind::ALL.iter().map(|it| it.code()).collect();
        let keys = [
            ("formaat", true, "loket-rooster/1", choice(&["loket-rooster/1"])),
            ("id", true, "Het id", ID.schema()),
            ("naam", false, "De naam", Text(200).schema()),
            ("soort", true, "Wat voor rooster", choice(&kinds)),
            ("kalender", true, "De eerste en laatste dag, en wanneer er gesloten is", row("Zie docs/scheduling.md")),
            ("beleid", false, "Doelen en grenzen", row("Zie docs/scheduling.md")),
            ("besturen", false, "Besturen", rows("Besturen")),
            ("scholen", false, "Scholen", rows("Scholen")),
            ("locaties", false, "Waar men bij elkaar komt", rows("Locaties")),
            ("personen", true, "Wie begeleidt of in een panel zit", rows("Personen")),
            ("deelnemers", false, "Wie gepland wordt", rows("Deelnemers")),
            ("reeksen", false, "Dagdelen die bij elkaar horen", rows("Reeksen")),
            ("plaatsingen", false, "Wie bezocht wordt", rows("Plaatsingen")),
            ("aanbod", false, "Cursussen en ontwikkelteams", rows("Aanbod")),
            ("reistijden", false, "Reistijden in minuten", rows("Reistijden")),
            ("vast", false, "Wat vaststaat", rows("Wat vaststaat")),
            ("verboden", false, "Wat niet mag", rows("Wat niet mag")),
            ("vorig", false, "Het rooster van hiervoor", rows("Het rooster van hiervoor")),
            ("toelichting", false, "Vrije tekst", Text(10_000).schema()),
        ];
        let mut schema = object("Een roosterbestand (loket-rooster/1)", &keys);
        schema["title"] = "Roosterbestand".into();
        let example = value!({
            "formaat": "loket-rooster/1", "id": "intake", "naam": "Intake", "soort": "gesprekken",
            "kalender": { "van": "2027-01-11", "tot": "2027-01-22" }, "beleid": { "panel": { "coach": 1 } },
            "locaties": [{ "id": "L1", "naam": "Kantoor" }], "personen": [{ "id": "K1", "rollen": ["coach"] }], "deelnemers": [{ "id": "Z1" }],
        });
        value!({
            "oneOf": [schema, <RosterWish as Body>::schema()],
            "description": "Een roosterbestand (loket-rooster/1), of een wens: dan komen de mensen uit het register en uit vastgestelde plaatsingen",
            "example": example,
        })
    }
}

described!(NewRoster);

body! {
    "Roosterrekenwens"
    /// Leeg, of hoe lang er gerekend mag worden
    RosterRunWanted example { "rekentijd": 60 } {
        /// Seconden; anders zoveel als de dienst toelaat
        may rekentijd: i64 = Number(1, 86_400),
    }
}

body! {
    "Roosterkeus"
    /// Wat vast of verboden is; minstens één
    NamedPart {
        /// Op dit dagdeel, als 2026-09-07-o (ochtend) of 2026-09-07-m (middag)
        may dagdeel: String = Text(12),
        /// Op deze locatie
        may locatie: String = ID,
        /// In deze reeks
        may reeks: String = ID,
        /// In dit aanbod
        may aanbod: String = ID,
        /// Met deze persoon
        may persoon: String = ID,
    }
}

impl From<NamedPart> for Named {
    fn from(it: NamedPart) -> Self {
        Self { moment: it.dagdeel, location: it.locatie, series: it.reeks, offer: it.aanbod, person: it.persoon }
    }
}

const SAID: OneWord<Said> = one_word::<Said>();
const NAMED: Nested<NamedPart> = nested::<NamedPart>();

body! {
    "Roosterbesluitinvoer"
    /// Wat er over een afspraak besloten wordt; zonder gegevens gaat het over hoe het nu staat
    RosterDecision example { "besluit": "afgewezen", "reden": "moment-past-niet", "gegevens": { "dagdeel": "2027-01-12-m" } } {
        /// Akkoord, vast of afgewezen
        needs besluit: Said = SAID,
        /// Van bezoeken: over welk bezoek het gaat
        may dagdeel: String = Text(12),
        /// Wat vast of verboden is
        may gegevens: NamedPart = NAMED,
        /// Bij afgewezen: waarom
        may reden: Because = one_word::<Because>(),
        /// Bij afgewezen: wat u erbij wilt zeggen. Dit staat niet in het logboek
        may toelichting: String = Text(500),
    }
}

body! {
    "Roosteruitval"
    /// Wie er uitvalt
    FalloutWanted holds somebody example { "personen": ["K1"], "vanaf": "2027-01-12" } {
        /// Wie begeleidt of in een panel zit
        may personen: Vec<String> = List(ID, 100),
        /// Wie niet meer gepland hoeft te worden
        may deelnemers: Vec<String> = List(ID, 1_000),
        /// Vanaf deze dag; anders vanaf het begin
        may vanaf: String = Day,
    }
}

/// Somebody falls out.
fn somebody(fields: &Fields<'_>) {
    if fields.get("personen").is_none() && fields.get("deelnemers").is_none() {
        fields.need("personen");
    }
}

body! {
    "Roostervraaginvoer"
    /// Over wie de vraag gaat
    ElsewhereAsked example { "deelnemer": "Z1" } {
        /// Wie
        needs deelnemer: String = ID,
        /// Hoeveel andere plaatsen er hoogstens worden nagerekend; anders 12
        may hoogstens: i64 = Number(1, 200),
    }
}
