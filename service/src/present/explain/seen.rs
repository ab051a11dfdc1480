//! What an answer comes to for whoever asks: which of its rows may be seen, and how many there are of each kind.

use loket_solver::matching::ask::explain::alternatives::{Alternative, Alternatives};
use loket_solver::matching::ask::explain::fits::Fits;
use loket_solver::matching::ask::explain::why::Better;

use super::view::Lens;

/// Alternatives at seat groups that may be seen, in order.
pub(super) fn alternatives<'a>(lens: &Lens<'_>, all: &'a Alternatives) -> Vec<&'a Alternative> {
    all.found.iter().filter(|it| alternative(lens, it)).collect()
}

/// Whether this alternative is at a seat group that may be seen.
pub(super) fn alternative(lens: &Lens<'_>, it: &Alternative) -> bool {
    lens.sees_seat(it.placement.seat)
}

/// Better placements at seat groups that may be seen, in order.
pub(super) fn better<'a>(lens: &Lens<'_>, all: &'a [Better]) -> Vec<&'a Better> {
    all.iter().filter(|it| lens.sees_seat(it.placement.seat)).collect()
}

/// How those who were worked out for a spot divide.
pub(super) struct Divided {
    /// Can come here without any goal getting worse.
    pub(super) free: usize,
    /// Can come here, but a goal gets worse.
    pub(super) costly: usize,
}

/// How those who were worked out divide.
pub(super) fn divided(fits: &Fits) -> Divided {
    let free = fits.found.iter().filter(|fit| fit.asked.free()).count();
    Divided { free, costly: fits.found.len() - free }
}
