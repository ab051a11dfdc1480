//! Phases as a page says them, in its language.

use super::messages::Messages;
use loket_solver::matching::facts::words::{Phase, Word};

/// A phase in words, by its code.
pub fn phase(m: Messages, code: &str) -> &'static str {
    match Phase::parse(code) {
        Some(Phase::Werkervaring) => m.kit.phase_work(),
        Some(Phase::Opleiding) => m.kit.phase_training(),
        Some(Phase::OpleidingJaar2) => m.kit.phase_second(),
        Some(Phase::Inductie) => m.kit.phase_induction(),
        None => "",
    }
}
