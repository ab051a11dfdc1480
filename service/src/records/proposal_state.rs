//! What became of a batch's proposal for one wave.

use loket_solver::matching::facts::words::Word;

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalState {
    /// Nobody decided yet.
    Open,
    /// Its plan counts.
    Accepted,
    /// Nothing changed.
    Declined,
}

impl Word for ProposalState {
    const ALL: &'static [Self] = &[Self::Open, Self::Accepted, Self::Declined];
    fn code(self) -> &'static str {
        match self {
            Self::Open => "voorstel",
            Self::Accepted => "aanvaard",
            Self::Declined => "afgewezen",
        }
    }
}
