//! A school that does not meet the quality standard gets nobody: s.kwaliteit ≠ "voldoet_niet" (yes or no, by school).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::Quality;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Kwaliteit,
    says: "De school is niet afgekeurd voor het opleiden van zij-instromers.",
    overrulable: false,
    kind: Kind::Pair { write: Allow::School(write), judge, figures: None },
};

fn write(wave: &Wave, school: SchoolId) -> bool {
    wave.schools[school].quality != Quality::VoldoetNiet
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> bool {
    match wave.school_of(placement.seat).quality {
        Quality::Voldoet | Quality::Onbekend => true,
        Quality::VoldoetNiet => false,
    }
}
