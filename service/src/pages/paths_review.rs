//! Addresses of review: a part of `paths`.

use super::paths::path;

/// The list of a wave to review, searched by name.
pub const REVIEW_SEEK: &str = "/lichtingen/{lichting}/zoeken";
/// Agreeing with a proposal.
pub const REVIEW_AGREE: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/akkoord";
/// Fixing it.
pub const REVIEW_FIX: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/vast";
/// Rejecting it.
pub const REVIEW_REJECT: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/afwijzen";
/// Choosing another place.
pub const REVIEW_CHOOSE: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/kies";
/// Choosing any place, also one that a rule forbids.
pub const REVIEW_PLACE: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/plaatsen";
/// Taking a decision back.
pub const REVIEW_WITHDRAW: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/intrekken";
/// A note about the candidate.
pub const REVIEW_NOTE: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/notities";
/// Asking why not at a school.
pub const REVIEW_ASK: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/vraag";
/// The question to a candidate whether a limit may be wider, as a message.
pub const REVIEW_MAIL: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/vraag.eml";
/// Asking why anew.
pub const REVIEW_AGAIN: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/uitleg";
/// Trying something for the candidate.
pub const REVIEW_TRY: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}/probeer";
/// Taking one's own last step back.
pub const REVIEW_UNDO: &str = "/lichtingen/{lichting}/ongedaan";
/// What is tried together.
pub const REVIEW_TRAY: &str = "/lichtingen/{lichting}/probeerbak";
/// Taking one out of that.
pub const REVIEW_TRAY_TAKE: &str = "/lichtingen/{lichting}/probeerbak/weg";
/// Throwing all of it away.
pub const REVIEW_TRAY_EMPTY: &str = "/lichtingen/{lichting}/probeerbak/leeg";
/// Keeping it.
pub const REVIEW_TRAY_KEEP: &str = "/lichtingen/{lichting}/probeerbak/bewaren";
/// Whom to look at before agreeing with a group.
pub const REVIEW_SAMPLE: &str = "/lichtingen/{lichting}/steekproef";

/// Where that list is searched.
pub fn review_seek(wave: &str) -> String {
    path(&["lichtingen", wave, "zoeken"])
}

/// Something that is done about one proposal.
pub fn review_deed(wave: &str, candidate: &str, deed: &str) -> String {
    path(&["lichtingen", wave, "beoordelen", candidate, deed])
}

/// Taking one's own last step back.
pub fn review_undo(wave: &str) -> String {
    path(&["lichtingen", wave, "ongedaan"])
}

/// What is tried together.
pub fn review_tray(wave: &str) -> String {
    path(&["lichtingen", wave, "probeerbak"])
}

/// Something that is done with that.
pub fn review_tray_deed(wave: &str, deed: &str) -> String {
    path(&["lichtingen", wave, "probeerbak", deed])
}

/// Whom to look at before agreeing with a group.
pub fn review_sample(wave: &str) -> String {
    path(&["lichtingen", wave, "steekproef"])
}

/// Those of a wave who have no place, decided about or not.
pub fn wave_unplaced(wave: &str) -> String {
    format!("{}?stand=alles&aandacht=geen-plaats", super::paths::wave_review(wave))
}
