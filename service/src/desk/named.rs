//! Who may be told whom a placement is about: decided here alone.

use super::asking::Party;

/// Whether a party may see the name of the candidate: the candidate itself always; a board and a coach from their own yes on, or once the
/// placement is published; a coach also when the candidate is theirs already.
pub fn candidate_named(party: Party, said_yes: bool, published: bool, theirs: bool) -> bool {
    match party {
        Party::Candidate => true,
        Party::Board => said_yes || published,
        Party::Coach => said_yes || published || theirs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_the_own_yes_or_publication_on_and_to_a_coach_who_has_the_candidate() {
        let told = |party| -> Vec<bool> {
            [(false, false, false), (true, false, false), (false, true, false), (false, false, true)]
                .map(|(yes, published, theirs)| candidate_named(party, yes, published, theirs))
                .to_vec()
        };
        assert_eq!(told(Party::Candidate), [true; 4]);
        assert_eq!(told(Party::Board), [false, true, true, false]);
        assert_eq!(told(Party::Coach), [false, true, true, true]);
    }
}
