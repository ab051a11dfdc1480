//! Outcome files of rosters (`loket-rooster-uitkomst/1`): as plain data, made of a solve's outcome, written and strictly read.

use loket_solver::common::words::Verdict;
use loket_solver::scheduling::facts::calendar::Moment;
use loket_solver::scheduling::facts::codes::Kind;
use serde_json::{Map, Value};

pub use crate::outcomes::lines::{GoalLine, NoticeLine, Technique, TechniqueLine};
use crate::scheduling::rows::ClaimRow;

/// The format's name with its version.
pub const FORMAT: &str = "loket-rooster-uitkomst/1";

/// A whole outcome file.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeFile {
    /// The problem, which the file does not name: it says what a lock's unit is called.
    pub kind: Kind,
    /// `rooster`: the roster's id.
    pub roster: String,
    /// `invoer_sha256`: hash of the roster file's bytes, hexadecimal.
    pub input_sha256: String,
    /// `status`.
    pub status: Verdict,
    /// `doelen`, in the order of the policy.
    pub goals: Vec<GoalLine>,
    /// `blokken`, by first moment, location, smallest staff id, offer.
    pub blocks: Vec<BlockLine>,
    /// `ongepland`, in the order of the roster's units.
    pub unplanned: Vec<UnplannedLine>,
    /// `punten_plan`: terms that are no sum over members or blocks.
    pub plan_points: Vec<(String, i64)>,
    /// `conflict`: locks that cannot stand together; only when the status is `onmogelijk`.
    pub conflict: Vec<ConflictLine>,
    /// `meldingen` of the roster file.
    pub notices: Vec<NoticeLine>,
    /// `kerncijfers`.
    pub figures: Map<String, Value>,
    /// `beleid`: the full policy in file format.
    pub policy: Value,
    /// `techniek`.
    pub technique: TechniqueLine,
}

/// One block. What the kind of roster does not have is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockLine {
    /// `dagdeel`.
    pub moment: Option<Moment>,
    /// `reeks`.
    pub series: Option<String>,
    /// `dagdelen` of the series.
    pub moments: Option<Vec<Moment>>,
    /// `locatie`.
    pub location: Option<String>,
    /// `aanbod`.
    pub offer: Option<String>,
    /// `vervolg_van`.
    pub follows: Option<String>,
    /// `bezetting`: role and person.
    pub staff: Vec<(String, String)>,
    /// `leden`; of a tour in driving order.
    pub members: Vec<MemberLine>,
    /// `punten`: terms that are sums over blocks.
    pub points: Vec<(String, i64)>,
}

/// One member of a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberLine {
    /// `id`.
    pub id: String,
    /// `tijd`.
    pub time: Option<String>,
    /// `afwezig`: moments of the block at which the member cannot be there.
    pub absent: Option<Vec<Moment>>,
    /// `punten`: terms that are sums over members.
    pub points: Vec<(String, i64)>,
}

/// One unit that is not, or not wholly, planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnplannedLine {
    /// `id`.
    pub id: String,
    /// `aantal`.
    pub missing: i64,
    /// `redenen`.
    pub reasons: Vec<ReasonLine>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonLine {
    /// `code`.
    pub code: String,
    /// `gegevens`: counts, or the role that is short.
    pub data: Map<String, Value>,
    /// `tekst`: the Dutch sentence.
    pub text: String,
}

/// One lock that cannot stand, as it is in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictLine {
    /// The lock.
    pub lock: ClaimRow,
    /// `regels`: codes of the rules that the lock meets.
    pub rules: Vec<String>,
}
