//! What a child process can be asked to do.

/// The kinds of work, as `soort` of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Solve a wave.
    Solve,
    /// Why this placement or none, and what else.
    Why,
    /// Who fits at a seat group or with a coach.
    Fits,
    /// What one more of something would bring.
    Scarcity,
    /// What if a choice is forced or forbidden.
    WhatIf,
    /// Every coach drops out in turn.
    Stress,
    /// How fair the plan is, in numbers.
    Report,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 7] = [Kind::Solve, Kind::Why, Kind::Fits, Kind::Scarcity, Kind::WhatIf, Kind::Stress, Kind::Report];

    /// Its name in requests, settings and logs.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Solve => "oplossen",
            Kind::Why => "waarom",
            Kind::Fits => "passen",
            Kind::Scarcity => "schaarste",
            Kind::WhatIf => "wat-als",
            Kind::Stress => "stress",
            Kind::Report => "verslag",
        }
    }

    /// The kind with this name.
    pub fn parse(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The parts that must come with it, and those that may.
    pub(super) fn parts(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Kind::Solve => (&["lichting"], &["start"]),
            _ => (&["lichting", "uitkomst"], &[]),
        }
    }
}
