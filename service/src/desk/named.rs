//! Names: who may be told whom a placement is about, decided here alone, and how those who share one are told apart.

use std::collections::BTreeMap;

use super::asking::Party;
use crate::access::Role;

/// What was said about a placement, as far as naming people depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// It was published.
    pub published: bool,
    /// The board said yes to it as it stands.
    pub board: bool,
    /// The coach said yes to it as it stands.
    pub coach: bool,
}

/// Whether the candidate and the coach of a placement may be named to somebody in this role, whose placement it is: a board or a coach from
/// their own yes or from publication on, an intermediary always, an administrator and a reader never.
pub fn names_for(placement: Told, role: Role) -> bool {
    match role {
        Role::Intermediair | Role::Systeem => true,
        Role::Bestuur => candidate_named(Party::Board, placement.board, placement.published, false),
        Role::Coach => candidate_named(Party::Coach, placement.coach, placement.published, false),
        Role::Beheerder | Role::Lezer | Role::Link => false,
    }
}

/// Whether a party may see the name of the candidate: the candidate itself always; a board and a coach from their own yes on, or once the
/// placement is published; a coach also when the candidate is theirs already.
pub fn candidate_named(party: Party, said_yes: bool, published: bool, theirs: bool) -> bool {
    match party {
        Party::Candidate => true,
        Party::Board => said_yes || published,
        Party::Coach => said_yes || published || theirs,
    }
}

/// Names by id, where those that share one have their id behind it: nobody can tell them apart by the name.
pub fn apart(names: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names.values() {
        *counts.entry(name.clone()).or_default() += 1;
    }
    let shared = |name: &String| counts.get(name).is_some_and(|it| *it > 1);
    names.into_iter().map(|(id, name)| if shared(&name) { (id.clone(), format!("{name} ({id})")) } else { (id, name) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_shares_a_name_has_an_id_behind_it() {
        let names = [("S1", "De Ark"), ("S2", "De Ark"), ("S3", "De Zwaluw")].map(|(id, name)| (id.to_owned(), name.to_owned()));
        let told: Vec<String> = apart(names.into()).into_values().collect();
        assert_eq!(told, ["De Ark (S1)", "De Ark (S2)", "De Zwaluw"]);
    }

    #[test]
    fn a_party_is_told_names_by_its_own_yes_and_not_by_anothers() {
        let [nobody, board, coach, published] = [
            Told::default(),
            Told { board: true, ..Told::default() },
            Told { coach: true, ..Told::default() },
            Told { published: true, ..Told::default() },
        ];
        let named = |role| [nobody, board, coach, published].map(|it| names_for(it, role));
        assert_eq!(named(Role::Intermediair), [true; 4]);
        assert_eq!(named(Role::Bestuur), [false, true, false, true]);
        assert_eq!(named(Role::Coach), [false, false, true, true]);
        for role in [Role::Beheerder, Role::Lezer] {
            assert_eq!(named(role), [false; 4], "{role:?}");
        }
    }

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
