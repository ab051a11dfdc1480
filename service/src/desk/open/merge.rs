//! One value of a school: what the register has, what the last files said, and what the new ones say.

use serde_json::Value;

use crate::records::open::Field;

/// What becomes of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// Nothing: the register has it, or the file says what the last one said.
    Same,
    /// It becomes what the file says.
    Changes,
    /// The file says something new, and somebody changed it in the register since the last import: it stays.
    Kept,
}

/// Holds three values against each other. `last` is what the last files said; nothing when they said nothing.
pub(super) fn settle<V: PartialEq>(last: Option<&V>, register: Option<&V>, new: &V) -> Settled {
    match last {
        _ if register == Some(new) => Settled::Same,
        Some(last) if last == new => Settled::Same,
        Some(last) if register.is_some_and(|it| it != last) => Settled::Kept,
        _ => Settled::Changes,
    }
}

/// A field that changes, or that stays although the file says otherwise.
pub(super) fn field(name: &str, was: impl Into<Value>, now: impl Into<Value>, settled: Settled) -> Field {
    Field { name: name.into(), was: was.into(), now: now.into(), kept: settled == Settled::Kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_mended_stays_and_what_nobody_touched_follows() {
        assert_eq!(settle(None, None, &1), Settled::Changes);
        assert_eq!(settle(None, Some(&2), &1), Settled::Changes);
        assert_eq!(settle(None, Some(&1), &1), Settled::Same);
        assert_eq!(settle(Some(&1), Some(&1), &2), Settled::Changes);
        assert_eq!(settle(Some(&1), Some(&3), &1), Settled::Same, "the file says nothing new");
        assert_eq!(settle(Some(&1), Some(&3), &2), Settled::Kept);
        assert_eq!(settle(Some(&1), Some(&2), &2), Settled::Same);
        assert_eq!(settle(Some(&1), None, &2), Settled::Changes);
    }
}
